import { quoteText } from './sql.ts';

/**
 * How everything but parts is written: 7.9 bytes a row of candles at full speed when sorted by symbol and time, with
 * row groups small enough that a month of one symbol is a few of them.
 */
export function parquetOptions(metadata: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(metadata).map(([key, value]) => `${quoteText(key)}: ${quoteText(value)}`);
  // DuckDB does not parse an empty list.
  const footer = pairs.length === 0 ? '' : `, KV_METADATA {${pairs.join(', ')}}`;
  return `FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, PARQUET_VERSION V2, ROW_GROUP_SIZE 32768${footer}`;
}
