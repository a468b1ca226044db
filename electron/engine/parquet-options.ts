import { compressionProfile, type Compression } from '#shared/domain/compression';
import { quoteText } from './sql.ts';

/** Rows in a group: few enough that a month of one symbol is a few groups, and the rest of a file need not be read. */
export const rowGroupRows = 32_768;

/** How values become bytes before they are compressed. Which is smallest depends on the values. */
export const encodings = {
  /** Deltas of whole numbers, and lists of the values of columns that have few for their rows: best for some symbols. */
  lists: 'PARQUET_VERSION V2',
  /** The same with longer lists for few rows: best for a month of one symbol. */
  'long-lists': 'PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 4096',
  /** The same without lists, bytes of prices apart: best where prices move little or have many decimals. */
  split: 'PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1',
  /** Values as they are, left to the compression: best for many symbols whose prices in cents recur. */
  plain: 'PARQUET_VERSION V1, DICTIONARY_SIZE_LIMIT 1',
} as const;

export type Encoding = keyof typeof encodings;

/** What is used where nobody chose. */
export const usualCompression: Compression = compressionProfile('high-volume');

/** DuckDB takes a level for zstd only; its gzip is level 6. */
function codecSql({ codec, level }: Compression): string {
  return codec === 'zstd'
    ? `COMPRESSION zstd, COMPRESSION_LEVEL ${level}`
    : `COMPRESSION ${{ lz4: 'lz4_raw', gzip: 'gzip' }[codec]}`;
}

/**
 * How everything but parts is written. Without a file of DuckDB's own beside it, whose name nobody would know when the
 * process is ended in the middle: what is written to is no part of the store yet.
 */
export function parquetOptions(
  metadata: Readonly<Record<string, string>>,
  encoding: Encoding = 'lists',
  compression: Compression = usualCompression,
): string {
  const pairs = Object.entries(metadata).map(([key, value]) => `${quoteText(key)}: ${quoteText(value)}`);
  // DuckDB does not parse an empty list.
  const footer = pairs.length === 0 ? '' : `, KV_METADATA {${pairs.join(', ')}}`;
  return `FORMAT parquet, USE_TMP_FILE false, ${codecSql(compression)}, ${encodings[encoding]}, ROW_GROUP_SIZE ${rowGroupRows}${footer}`;
}
