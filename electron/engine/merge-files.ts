import type { Dataset } from '#schemas/define-dataset';
import type { Compression } from '#shared/domain/compression';
import type { KeyConflict } from '#shared/domain/compaction';
import type { FileShape } from '#shared/domain/file-shape';
import { statSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { columnType } from './column-type.ts';
import type { Engine } from './engine.ts';
import { sha256Of } from './sha256-of.ts';
import { shapedSource } from './shaped-source.ts';
import { quoteName, quoteText, scratchName } from './sql.ts';
import { writeSorted, type SymbolRows } from './write-sorted.ts';

export interface MergeRequest {
  /** Absolute paths, in the order in which later rows win. */
  readonly inputs: readonly string[];
  readonly output: string;
  /** Goes into the footer: what the file is and what it was made from. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly compression?: Compression;
  /** Running index of 15m bars, by symbol and open; empty where the dataset or timeframe has none. */
  readonly globalX: readonly GlobalXSlots[];
  /** Rows that take the place of what the inputs hold. */
  readonly replaced?: Replaced;
  /** How to read those inputs that another program wrote, by their paths. */
  readonly shapes?: Readonly<Record<string, FileShape>>;
}

/** All rows of `symbols` in the range are left out of the inputs, and those of the file at `by` come in. */
export interface Replaced {
  readonly by: string;
  readonly symbols: readonly string[];
  readonly from: number;
  readonly until: number;
  /** The folder of parts that the range is. */
  readonly partition: string;
}

/** Opens of one symbol in order; the first has index `firstIndex`. */
export interface GlobalXSlots {
  readonly symbol: string;
  readonly firstIndex: number;
  readonly opens: readonly number[];
}

export interface MergedSpan extends SymbolRows {
  readonly low: number | null;
  readonly high: number | null;
}

export interface MergeResult {
  readonly rowsIn: number;
  /** Rows of the inputs that a replacement left out. */
  readonly replacedRows: number;
  readonly rowsOut: number;
  /** Rows that gave way to a later one of the same key; `conflicts` of those keys had different values. */
  readonly duplicates: number;
  readonly conflicts: number;
  readonly conflictKeys: readonly KeyConflict[];
  readonly spans: readonly MergedSpan[];
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** The merged file is not what its inputs add up to; it was removed. */
export class MergeUnverified extends Error {}

const listedConflicts = 100;

/**
 * Merges files of one dataset into one, sorted, with one row a key (the later write), and checks what came out by
 * reading it back: rows, keys, bounds and a digest over all values against those of the inputs.
 *
 * Most merges have no key twice, so they are first done without looking for any; the check finds out.
 */
export async function mergeFiles(
  engine: Engine,
  dataset: Dataset,
  request: MergeRequest,
): Promise<MergeResult> {
  const { output, metadata, compression } = request;
  await createSlots(engine, request.globalX);
  const gathered = scratchName();
  try {
    const source = await gatherSmall(engine, sourceSql(dataset, request), request.inputs, gathered);
    const whole = await summarize(engine, dataset, source);
    await writeSorted(engine, { dataset, source, spans: whole.spans, output, metadata, compression });
    let kept = whole;
    let written = await readBack(engine, dataset, output);
    if (written.repeats > 0) {
      const latest = latestSql(dataset, source);
      kept = await summarize(engine, dataset, latest);
      await writeSorted(engine, {
        ...{ dataset, source: latest, spans: kept.spans, output, metadata, compression },
      });
      written = await readBack(engine, dataset, output);
    }
    verifyWritten(written, kept);
    const duplicates = whole.rows - kept.rows;
    const { count, keys } = duplicates === 0 ? noConflicts : await findConflicts(engine, dataset, source);
    return {
      rowsIn: whole.rows,
      replacedRows: await countReplaced(engine, dataset, request),
      rowsOut: kept.rows,
      duplicates,
      conflicts: count,
      conflictKeys: keys,
      spans: written.spans,
      sizeBytes: (await stat(output)).size,
      sha256: await sha256Of(output),
    };
  } catch (error) {
    await rm(output, { force: true });
    throw error;
  } finally {
    await engine.run(`DROP TABLE IF EXISTS ${gathered}`);
  }
}

/** Above so many files, and below that many bytes in all, opening them costs more than their rows. */
const fewFiles = 32;
const mostGatheredBytes = 134_217_728;

/**
 * Rows of many small files are read once, into a table: each pass over the files would cost as much again. Their order
 * does not matter, because every row knows its place, and keeping it takes three times as long.
 */
async function gatherSmall(
  engine: Engine,
  source: string,
  inputs: readonly string[],
  table: string,
): Promise<string> {
  if (inputs.length <= fewFiles) return source;
  // A process of its own: nobody waits for it, and ten thousand promises take longer than the files.
  if (inputs.reduce((sum, path) => sum + statSync(path).size, 0) > mostGatheredBytes) return source;
  await engine.run('SET preserve_insertion_order = false');
  try {
    await engine.run(`CREATE TEMP TABLE ${table} AS ${source}`);
  } finally {
    await engine.run('RESET preserve_insertion_order');
  }
  return `SELECT * FROM ${table}`;
}

const noConflicts = { count: 0, keys: [] };

function fileList(paths: readonly string[]): string {
  return `[${paths.map(quoteText).join(', ')}]`;
}

/** The rows of all inputs in the dataset's columns and types. */
function sourceSql(dataset: Dataset, request: MergeRequest): string {
  const { inputs, globalX, replaced } = request;
  const columns = Object.entries(dataset.columns).map(([name, column]) => {
    const quoted = quoteName(name);
    const value = name === 'global_x' && globalX.length > 0 ? 'slots.global_x' : `files.${quoted}`;
    return `CAST(${value} AS ${columnType(column)}) AS ${quoted}`;
  });
  const stamped =
    globalX.length > 0 ? `LEFT JOIN slots ON slots.symbol = files.symbol AND slots.ts = files.ts` : '';
  return `SELECT ${columns.join(', ')}, file_index AS input_index, file_row_number AS input_row
    FROM ${filesSql(dataset, request, replaced === undefined ? inputs : [...inputs, replaced.by])} AS files ${stamped}
    ${replaced === undefined ? '' : `WHERE file_index = ${inputs.length} OR NOT (${isReplaced(dataset, replaced)})`}`;
}

function filesSql(dataset: Dataset, { shapes = {} }: MergeRequest, paths: readonly string[]): string {
  const foreign = new Map(Object.entries(shapes));
  if (foreign.size === 0) return `read_parquet(${fileList(paths)})`;
  const columns = Object.keys(dataset.columns);
  return `(${shapedSource({ dataset, paths, shapes: foreign, columns, listSql: fileList })})`;
}

function isReplaced(dataset: Dataset, { symbols, from, until }: Replaced): string {
  const instant = `files.${quoteName(dataset.instant)}`;
  return `files.symbol IN (${symbols.map(quoteText).join(', ')}) AND ${instant} >= ${from} AND ${instant} < ${until}`;
}

async function countReplaced(engine: Engine, dataset: Dataset, request: MergeRequest): Promise<number> {
  const { inputs, replaced } = request;
  if (replaced === undefined || inputs.length === 0) return 0;
  const [row = []] = await engine.rows(
    `SELECT count(*) FROM ${filesSql(dataset, request, inputs)} AS files
     WHERE ${isReplaced(dataset, replaced)}`,
    [],
  );
  return Number(row[0]);
}

function latestSql(dataset: Dataset, source: string): string {
  const key = keySql(dataset).join(', ');
  return `SELECT * FROM (${source})
    QUALIFY row_number() OVER (PARTITION BY ${key} ORDER BY input_index DESC, input_row DESC) = 1`;
}

export interface Summary {
  readonly rows: number;
  readonly first: number;
  readonly last: number;
  /** Sum over rows of a hash of the row: the same rows in any order have the same. Compared within one merge only. */
  readonly digest: string;
  /** In the order of symbols. */
  readonly spans: readonly SymbolRows[];
}

/** What a query has, in the dataset's columns. */
export async function summarize(engine: Engine, dataset: Dataset, source: string): Promise<Summary> {
  const rows = await engine.rows(
    `${spansSql(dataset, [])} FROM (${source}) GROUP BY symbol ORDER BY symbol`,
    [],
  );
  return { ...totalOf(rows), spans: rows.map(symbolRowsOf) };
}

/** What is in a file that was just written. */
export interface Written extends Summary {
  /** Rows with the key of another one. */
  readonly repeats: number;
  readonly spans: readonly MergedSpan[];
}

/** Reads a sorted file from end to end. */
export async function readBack(engine: Engine, dataset: Dataset, path: string): Promise<Written> {
  const lows = dataset.priceLow.map((name) => `min(${quoteName(name)})`).join(', ');
  const highs = dataset.priceHigh.map((name) => `max(${quoteName(name)})`).join(', ');
  const rows = await engine.rows(
    `${spansSql(dataset, [`least(${lows})`, `greatest(${highs})`])}
     FROM read_parquet(${fileList([path])}) GROUP BY symbol ORDER BY symbol`,
    [],
  );
  const spans = rows.map((row) => ({
    ...symbolRowsOf(row),
    low: typeof row[5] === 'number' ? row[5] : null,
    high: typeof row[6] === 'number' ? row[6] : null,
  }));
  const repeats = spans.length === 0 ? 0 : await countRepeats(engine, dataset, path);
  return { ...totalOf(rows), repeats, spans };
}

function spansSql(dataset: Dataset, more: readonly string[]): string {
  const instant = quoteName(dataset.instant);
  const values = Object.keys(dataset.columns).map(quoteName).join(', ');
  const digest = `CAST(sum(hash(${values})) AS VARCHAR)`;
  return `SELECT ${['symbol', 'count(*)', `min(${instant})`, `max(${instant})`, digest, ...more].join(', ')}`;
}

function symbolRowsOf([symbol, count, first, last]: readonly unknown[]): SymbolRows {
  return { symbol: String(symbol), rows: Number(count), first: Number(first), last: Number(last) };
}

function totalOf(rows: readonly (readonly unknown[])[]): Omit<Summary, 'spans'> {
  if (rows.length === 0) return { rows: 0, first: 0, last: 0, digest: 'null' };
  const spans = rows.map(symbolRowsOf);
  return {
    rows: spans.reduce((sum, span) => sum + span.rows, 0),
    first: Math.min(...spans.map(({ first }) => first)),
    last: Math.max(...spans.map(({ last }) => last)),
    digest: String(rows.reduce((sum, row) => sum + BigInt(String(row[4])), 0n)),
  };
}

/** Throws unless what was written is what was to be written, each key once. */
export function verifyWritten(written: Written, expected: Summary): void {
  for (const field of ['rows', 'first', 'last', 'digest'] as const) {
    if (written[field] !== expected[field]) {
      throw new MergeUnverified(`${field} is ${written[field]} instead of ${expected[field]}`);
    }
  }
  if (written.repeats > 0) throw new MergeUnverified('it holds a key twice');
}

/** How many rows have the key of another one. */
async function countRepeats(engine: Engine, dataset: Dataset, path: string): Promise<number> {
  const file = `read_parquet(${fileList([path])})`;
  const key = keySql(dataset);
  // Rows of one key are neighbours when the order has no column that the key lacks: then one look back is enough.
  const areNeighbours = dataset.sortedBy.every((name) => dataset.key.includes(name));
  const isRepeat = key.map((column) => `${column} = lag(${column}) OVER ()`).join(' AND ');
  const repeats = areNeighbours
    ? `SELECT (${isRepeat}) AS is_repeat FROM ${file}`
    : `SELECT true AS is_repeat FROM ${file} GROUP BY ${key.join(', ')} HAVING count(*) > 1`;
  const [row = []] = await engine.rows(`SELECT count(*) FROM (${repeats}) WHERE is_repeat`, []);
  return Number(row[0]);
}

async function findConflicts(engine: Engine, dataset: Dataset, source: string) {
  const key = keySql(dataset);
  const values = Object.keys(dataset.columns)
    .filter((name) => !dataset.key.includes(name) && name !== 'global_x')
    .map(quoteName);
  const sql = `SELECT concat_ws(' ', ${key.join(', ')}) AS key, count(*) AS n FROM (${source})
    GROUP BY ${key.join(', ')} HAVING count(DISTINCT hash(${values.join(', ')})) > 1`;
  const [total = []] = await engine.rows(`SELECT count(*) FROM (${sql})`, []);
  const listed = await engine.rows(`${sql} ORDER BY 1 LIMIT ${listedConflicts}`, []);
  return {
    count: Number(total[0]),
    keys: listed.map(([name, rows]) => ({ key: String(name), rows: Number(rows) })),
  };
}

/** Makes the table of running indexes that rows are joined with. */
export async function createSlots(engine: Engine, globalX: readonly GlobalXSlots[]): Promise<void> {
  if (globalX.length === 0) return;
  await engine.run('CREATE OR REPLACE TEMP TABLE slots (symbol VARCHAR, ts BIGINT, global_x BIGINT)');
  for (const { symbol, firstIndex, opens } of globalX) {
    await engine.run(
      `INSERT INTO slots SELECT $1, unnest($2::VARCHAR[])::BIGINT, $3 + generate_subscripts($2, 1) - 1`,
      [symbol, opens.map(String), firstIndex],
    );
  }
}

/** `timeframe` is one throughout a file but for its spelling. */
function keySql(dataset: Dataset): string[] {
  return dataset.key.map((name) =>
    dataset.columns[name]?.kind === 'timeframe' ? `lower(${quoteName(name)})` : quoteName(name),
  );
}
