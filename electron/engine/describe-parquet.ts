import type { FileColumn, ParquetDetails } from '#shared/domain/storage';
import { stat } from 'node:fs/promises';
import type { Engine } from './engine.ts';
import { quoteText } from './sql.ts';

type Cell = string | number | boolean | null;

interface Chunk {
  readonly group: number;
  readonly groupRows: number;
  readonly column: string;
  readonly codec: string;
  readonly encodings: string;
  readonly encodedBytes: number;
  readonly compressedBytes: number;
  readonly nulls: number | null;
  readonly min: string | null;
  readonly max: string | null;
}

/** The longest text of a value that is told; of an object's payload the beginning is enough to know it by. */
const mostValueLength = 200;

/** Reads what a Parquet file says of itself, and its first rows as text. Throws DuckDB's words where it is none. */
export async function describeParquet(
  engine: Engine,
  path: string,
  headRows: number,
): Promise<ParquetDetails> {
  const [summary = []] = await engine.rows('SELECT created_by, num_rows FROM parquet_file_metadata($1)', [
    [path],
  ]);
  const types = await engine.rows(
    'SELECT name, duckdb_type FROM parquet_schema($1) WHERE num_children IS NULL ORDER BY column_id',
    [[path]],
  );
  const chunks = (
    await engine.rows(
      `SELECT row_group_id, row_group_num_rows, path_in_schema, compression, encodings::VARCHAR,
         total_uncompressed_size, total_compressed_size, stats_null_count,
         left(stats_min_value, ${mostValueLength}), left(stats_max_value, ${mostValueLength})
       FROM parquet_metadata($1) ORDER BY row_group_id, column_id`,
      [[path]],
    )
  ).map(chunkOf);
  const metadata = await engine.rows(
    'SELECT key::VARCHAR, value::VARCHAR FROM parquet_kv_metadata($1) ORDER BY 1',
    [[path]],
  );
  const typeOf = new Map(types.map(([name, type]) => [String(name), String(type ?? 'NESTED')]));
  const names = [...new Set(chunks.map(({ column }) => column))];
  return {
    sizeBytes: (await stat(path)).size,
    rows: Number(summary[1] ?? 0),
    writtenBy: String(summary[0] ?? ''),
    codecs: distinct(chunks.map(({ codec }) => codec)),
    encodedBytes: sum(chunks, ({ encodedBytes }) => encodedBytes),
    compressedBytes: sum(chunks, ({ compressedBytes }) => compressedBytes),
    rowGroups: [...new Set(chunks.map(({ group }) => group))].map((group) => {
      const own = chunks.filter((chunk) => chunk.group === group);
      return {
        rows: own[0]?.groupRows ?? 0,
        encodedBytes: sum(own, ({ encodedBytes }) => encodedBytes),
        compressedBytes: sum(own, ({ compressedBytes }) => compressedBytes),
      };
    }),
    columns: names.map((name) =>
      columnOf(
        name,
        typeOf.get(name) ?? 'NESTED',
        chunks.filter(({ column }) => column === name),
      ),
    ),
    metadata: metadata.map(([key, value]) => [String(key), String(value)]),
    head: headRows === 0 ? [] : await headOf(engine, path, headRows),
  };
}

async function headOf(engine: Engine, path: string, rows: number) {
  const found = await engine.rows(
    `SELECT left(COLUMNS(*)::VARCHAR, ${mostValueLength}) FROM read_parquet([${quoteText(path)}]) LIMIT ${rows}`,
    [],
  );
  return found.map((row) => row.map((cell) => (cell === null ? null : String(cell))));
}

function chunkOf(cells: readonly Cell[]): Chunk {
  const [group, groupRows, column, codec, encodings, encoded, compressed, nulls, min, max] = cells;
  return {
    group: Number(group),
    groupRows: Number(groupRows),
    column: String(column).replaceAll(', ', '.'),
    codec: String(codec),
    encodings: String(encodings ?? ''),
    encodedBytes: Number(encoded),
    compressedBytes: Number(compressed),
    nulls: nulls === null ? null : Number(nulls),
    min: min === null ? null : String(min),
    max: max === null ? null : String(max),
  };
}

function columnOf(name: string, type: string, chunks: readonly Chunk[]): FileColumn {
  return {
    name,
    type,
    codecs: distinct(chunks.map(({ codec }) => codec)),
    encodings: distinct(
      chunks.flatMap(({ encodings }) => encodings.split(/,\s*/)).filter((each) => each !== ''),
    ),
    encodedBytes: sum(chunks, ({ encodedBytes }) => encodedBytes),
    compressedBytes: sum(chunks, ({ compressedBytes }) => compressedBytes),
    nulls: chunks.some(({ nulls }) => nulls === null) ? null : sum(chunks, ({ nulls }) => nulls ?? 0),
    min: extreme(
      chunks.map(({ min }) => min),
      (a, b) => a < b,
    ),
    max: extreme(
      chunks.map(({ max }) => max),
      (a, b) => a > b,
    ),
  };
}

/** The one that comes before all others; null when a group of rows does not say. Numbers are compared as such. */
function extreme(
  values: readonly (string | null)[],
  isBefore: <T extends string | number>(a: T, b: T) => boolean,
): string | null {
  const known = values.filter((value) => value !== null);
  if (known.length < values.length) return null;
  const areNumbers = known.every((value) => value !== '' && Number.isFinite(Number(value)));
  return known.reduce<string | null>((best, value) => {
    if (best === null) return value;
    const comesBefore = areNumbers ? isBefore(Number(value), Number(best)) : isBefore(value, best);
    return comesBefore ? value : best;
  }, null);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

function sum<T>(items: readonly T[], read: (item: T) => number): number {
  return items.reduce((total, item) => total + read(item), 0);
}
