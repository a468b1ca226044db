import type { Dataset } from '#schemas/define-dataset';
import type { FileShape } from '#shared/domain/file-shape';
import type { UnreadableFile } from '#shared/domain/viewport';
import { columnType } from './column-type.ts';
import type { Engine } from './engine.ts';
import type { WrittenSpan } from './row-summary.ts';
import { readFiles } from './read-files.ts';
import { shapedSource } from './shaped-source.ts';
import { priceBoundsSql } from './price-bounds.ts';
import { quoteName } from './sql.ts';

/** What a Parquet file says of itself, without its rows having been looked at. */
export interface FileFooter {
  /** Name and DuckDB type of each column, in the order of the file; `NESTED` for one that holds others. */
  readonly columns: readonly (readonly [string, string])[];
  /** What our writers put there: keys that begin with `tapedeck.`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What is in a file of a dataset's own columns. */
export interface FileContent {
  readonly rows: number;
  readonly spans: readonly WrittenSpan[];
  /** Spellings aside. */
  readonly timeframes: readonly string[];
  /** Rows that come before the row in front of them, by the dataset's order. */
  readonly unsorted: number;
  /** Rows whose key an earlier row has. */
  readonly repeats: number;
  /** Columns that must hold a value and do not, everywhere. Looked for in a deep inspection only. */
  readonly emptyColumns: readonly string[];
  /** Columns whose statistics in the footer leave out values that are there. Looked for in a deep inspection only. */
  readonly liars: readonly string[];
}

export interface Inspected<T> {
  readonly found: ReadonlyMap<string, T>;
  readonly unreadable: readonly UnreadableFile[];
}

/** Reads footers; `paths` are relative to `root`. */
export async function readFooters(
  engine: Engine,
  root: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Inspected<FileFooter>> {
  const query = async (files: readonly string[]) => {
    const fields = await engine.rows(
      `SELECT file_name, name, duckdb_type, coalesce(num_children, 0) FROM parquet_schema($1)
       ORDER BY file_name, column_id`,
      [files],
      signal,
    );
    const metadata = await engine.rows(
      `SELECT file_name, key::VARCHAR, value::VARCHAR FROM parquet_kv_metadata($1)
       WHERE starts_with(key::VARCHAR, 'tapedeck.')`,
      [files],
      signal,
    );
    const found = new Map(
      files.map((file) => {
        const columns: [string, string][] = [];
        const metadata: Record<string, string> = {};
        return [file, { columns, metadata }] as const;
      }),
    );
    for (const [file, name, type] of topLevel(fields)) {
      found.get(String(file))?.columns.push([String(name), type === null ? 'NESTED' : String(type)]);
    }
    for (const [file, key, value] of metadata) {
      const footer = found.get(String(file));
      if (footer !== undefined) footer.metadata[String(key)] = String(value);
    }
    return [...found] as const;
  };
  const { value, unreadable } = await readFiles(root, paths, query, []);
  return { found: new Map(value.map(([file, footer]) => [file.slice(root.length + 1), footer])), unreadable };
}

/** A schema lists each field in front of what is inside it; the first of a file stands for the whole. */
function topLevel(fields: readonly Cells[]): Cells[] {
  const found: Cells[] = [];
  let inside = 0;
  let current: Cells[number] | undefined;
  for (const field of fields) {
    const [file, , , children] = field;
    if (file !== current) {
      current = file;
      inside = 0;
    } else if (inside > 0) inside += Number(children) - 1;
    else {
      found.push(field);
      inside = Number(children);
    }
  }
  return found;
}

export interface Inspection {
  readonly dataset: Dataset;
  /** Of files whose columns are not ours; all of them have it. */
  readonly shape?: FileShape | undefined;
  readonly isDeep: boolean;
}

/** Reads the rows of files of one shape. */
export async function readContents(
  engine: Engine,
  root: string,
  paths: readonly string[],
  { dataset, shape, isDeep }: Inspection,
  signal?: AbortSignal,
): Promise<Inspected<FileContent>> {
  const query = async (files: readonly string[]) => {
    const contents = files.map(() => emptyContent());
    const source = sourceSql(dataset, shape, files);
    for (const [index, ...span] of await engine.rows(spansSql(dataset, source, isDeep), [files], signal)) {
      addSpan(contents[Number(index)], span, requiredColumns(dataset));
    }
    for (const [index, unsorted, repeats] of await engine.rows(orderSql(dataset, source), [files], signal)) {
      Object.assign(contents[Number(index)] ?? {}, { unsorted: Number(unsorted), repeats: Number(repeats) });
    }
    if (isDeep) await findRepeats(engine, dataset, source, files, contents, signal);
    // A filter on a column that is converted does not use its statistics.
    if (isDeep && shape === undefined) await findLiars(engine, dataset, files, contents, signal);
    return files.map((file, index) => [file, contents[index] ?? emptyContent()] as const);
  };
  const { value, unreadable } = await readFiles(root, paths, query, []);
  return {
    found: new Map(value.map(([file, content]) => [file.slice(root.length + 1), content])),
    unreadable,
  };
}

interface Gathered {
  rows: number;
  readonly spans: WrittenSpan[];
  readonly timeframes: string[];
  unsorted: number;
  repeats: number;
  readonly emptyColumns: string[];
  readonly liars: string[];
}

function emptyContent(): Gathered {
  return { rows: 0, spans: [], timeframes: [], unsorted: 0, repeats: 0, emptyColumns: [], liars: [] };
}

function requiredColumns(dataset: Dataset): string[] {
  return Object.entries(dataset.columns).flatMap(([name, { nullable }]) => (nullable ? [] : [name]));
}

/** Rows of the files in our columns, with the place of their file in the list. */
function sourceSql(dataset: Dataset, shape: FileShape | undefined, files: readonly string[]): string {
  if (shape === undefined) return 'read_parquet($1)';
  const shapes = new Map(files.map((file) => [file, shape]));
  const columns = Object.keys(dataset.columns);
  return `(${shapedSource({ dataset, paths: files, shapes, columns, listSql: () => '$1' })})`;
}

function spansSql(dataset: Dataset, source: string, isDeep: boolean): string {
  const instant = quoteName(dataset.instant);
  const [low, high] = priceBoundsSql(dataset);
  const empty = requiredColumns(dataset).map((name) => `count(*) - count(${quoteName(name)})`);
  return `SELECT file_index, symbol, count(*), min(${instant}), max(${instant}), ${low}, ${high},
      string_agg(DISTINCT lower(timeframe), ' ')${isDeep ? `, ${empty.join(', ')}` : ''}
    FROM ${source} GROUP BY file_index, symbol ORDER BY file_index, symbol`;
}

type Cells = readonly (string | number | boolean | null)[];

function addSpan(content: Gathered | undefined, cells: Cells, required: readonly string[]): void {
  const [symbol, rows, first, last, low, high, timeframes, ...empty] = cells;
  if (content === undefined) return;
  content.rows += Number(rows);
  content.spans.push({
    symbol: String(symbol),
    rows: Number(rows),
    first: Number(first),
    last: Number(last),
    low: typeof low === 'number' ? low : null,
    high: typeof high === 'number' ? high : null,
  });
  for (const timeframe of String(timeframes).split(' ')) {
    if (!content.timeframes.includes(timeframe)) content.timeframes.push(timeframe);
  }
  required.forEach((name, index) => {
    if (Number(empty[index] ?? 0) > 0 && !content.emptyColumns.includes(name))
      content.emptyColumns.push(name);
  });
}

/** Compares each row with the one in front of it, in the order of the file. */
function orderSql(dataset: Dataset, source: string): string {
  const order = dataset.sortedBy.map(quoteName);
  const before = order.map((_, index) => `before_${index}`);
  const isSameKey = dataset.sortedBy
    .map((name, index) => (dataset.key.includes(name) ? `${order[index]} = ${before[index]}` : 'true'))
    .join(' AND ');
  const lagged = order.map((column, index) => `lag(${column}) OVER () AS ${before[index]}`);
  return `SELECT file_index,
      count(*) FILTER (WHERE (${order.join(', ')}) < (${before.join(', ')})),
      count(*) FILTER (WHERE ${isSameKey})
    FROM (SELECT file_index, lag(file_index) OVER () AS before_file, ${order.join(', ')}, ${lagged.join(', ')}
          FROM ${source})
    WHERE file_index = before_file GROUP BY file_index`;
}

async function findRepeats(
  engine: Engine,
  dataset: Dataset,
  source: string,
  files: readonly string[],
  contents: readonly Gathered[],
  signal?: AbortSignal,
): Promise<void> {
  const key = dataset.key.map((name) =>
    dataset.columns[name]?.kind === 'timeframe' ? `lower(${quoteName(name)})` : quoteName(name),
  );
  const repeats = await engine.rows(
    `SELECT file_index, sum(n - 1) FROM (
       SELECT file_index, count(*) AS n FROM ${source} GROUP BY file_index, ${key.join(', ')} HAVING n > 1)
     GROUP BY file_index`,
    [files],
    signal,
  );
  for (const [index, count] of repeats)
    Object.assign(contents[Number(index)] ?? {}, { repeats: Number(count) });
}

async function findLiars(
  engine: Engine,
  dataset: Dataset,
  files: readonly string[],
  contents: readonly Gathered[],
  signal?: AbortSignal,
): Promise<void> {
  for (const [name, column] of Object.entries(dataset.columns)) {
    // Text is compared in another order by some writers, which then leave its statistics out; numbers mean the same.
    if (columnType(column) === 'VARCHAR') continue;
    const liars = await engine.rows(liarsSql(name, columnType(column)), [files, name], signal);
    for (const [index] of liars) contents[Number(index)]?.liars.push(name);
  }
}

/** Files whose footer claims narrower bounds of a column than its values have: filters would skip rows that match. */
function liarsSql(name: string, type: string): string {
  const column = quoteName(name);
  return `WITH listed AS (SELECT unnest($1::VARCHAR[]) AS file, generate_subscripts($1::VARCHAR[], 1) - 1 AS file_index),
    claimed AS (
      SELECT file_name AS file, min(TRY_CAST(stats_min_value AS ${type})) AS low,
        max(TRY_CAST(stats_max_value AS ${type})) AS high,
        bool_and(stats_min_value IS NOT NULL AND stats_max_value IS NOT NULL) AS is_whole
      FROM parquet_metadata($1) WHERE path_in_schema = $2 GROUP BY file_name),
    held AS (SELECT file_index, min(${column}) AS low, max(${column}) AS high FROM read_parquet($1) GROUP BY file_index)
    SELECT file_index FROM held JOIN listed USING (file_index) JOIN claimed USING (file)
    WHERE is_whole AND (held.low < claimed.low OR held.high > claimed.high)`;
}
