import type { Engine } from './engine.ts';

export interface Compression {
  readonly encodedBytes: number;
  readonly compressedBytes: number;
}

/** What a codec made of the encoded pages of each file, by the files' own footers; `paths` are absolute. */
export async function compressionOf(
  engine: Engine,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Compression>> {
  if (paths.length === 0) return new Map();
  const rows = await engine.rows(
    `SELECT file_name, sum(total_uncompressed_size)::BIGINT, sum(total_compressed_size)::BIGINT
     FROM parquet_metadata($1) GROUP BY file_name`,
    [paths],
  );
  return new Map(
    rows.map(([path, encoded, compressed]) => [
      String(path),
      { encodedBytes: Number(encoded), compressedBytes: Number(compressed) },
    ]),
  );
}
