import type { Dataset } from '#schemas/define-dataset';
import type { Compression } from '#shared/domain/compression';
import type { KeyConflict } from '#shared/domain/compaction';
import type { FileShape } from '#shared/domain/file-shape';
import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { columnType } from './column-type.ts';
import type { Engine } from './engine.ts';
import { fixedColumns, noFixedColumns } from './fixed-columns.ts';
import {
  keySql,
  readBack,
  RowsDiffer,
  summarize,
  sumRecorded,
  verifyRows,
  verifyWritten,
  type RecordedRows,
  type RowSummary,
  type WrittenSpan,
} from './row-summary.ts';
import { shapedSource } from './shaped-source.ts';
import { quoteName, quoteText, scratchName } from './sql.ts';
import { writeSorted } from './write-sorted.ts';

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
  /** What was found in each of the inputs when it was written; absent where that is not known of all. */
  readonly recorded?: readonly RecordedRows[];
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

export interface MergeResult {
  readonly rowsIn: number;
  /** Rows of the inputs that a replacement left out. */
  readonly replacedRows: number;
  readonly rowsOut: number;
  /** Rows that gave way to a later one of the same key; `conflicts` of those keys had different values. */
  readonly duplicates: number;
  readonly conflicts: number;
  readonly conflictKeys: readonly KeyConflict[];
  readonly spans: readonly WrittenSpan[];
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Of the rows written; what `recorded` takes when the file is merged further. */
  readonly rowDigest: string;
}

const listedConflicts = 100;

/**
 * Merges files of one dataset into one, sorted, with one row a key (the later write), and checks what came out by
 * reading it back: rows, keys, bounds and a digest over all values against those of the inputs. Throws `RowsDiffer`
 * when it is not what the inputs add up to, or they are not what was recorded of them; the output is removed then.
 *
 * Most merges have no key twice, so they are first done without looking for any; the check finds out. Inputs whose rows
 * were recorded are read by the merge alone, and compared with the record by the check of what came out.
 */
export async function mergeFiles(
  engine: Engine,
  dataset: Dataset,
  request: MergeRequest,
): Promise<MergeResult> {
  const { output, metadata, inputs, compression } = request;
  await createSlots(engine, request.globalX);
  const gathered = scratchName();
  const recorded = recordedSummary(dataset, request);
  try {
    const source = await gatherSmall(engine, sourceSql(dataset, request), inputs, gathered);
    const whole = recorded ?? (await summarize(engine, dataset, source));
    const fixed = recorded === null ? noFixedColumns : await fixedColumns(engine, dataset, inputs);
    await writeSorted(engine, { dataset, source, spans: whole.spans, output, metadata, compression, fixed });
    let kept = whole;
    let written = await readBack(engine, dataset, output);
    verifyRows(written, whole);
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
      sizeBytes: written.sizeBytes,
      sha256: written.sha256,
      rowDigest: written.digest,
    };
  } catch (error) {
    await rm(output, { force: true });
    if (error instanceof RowsDiffer && recorded !== null) await throwChanged(engine, dataset, request);
    throw error;
  } finally {
    await engine.run(`DROP TABLE IF EXISTS ${gathered}`);
  }
}

/** What all inputs add up to by what was recorded of each; null where that is not so, or rows are changed on the way. */
function recordedSummary(
  dataset: Dataset,
  { recorded, globalX, replaced, shapes }: MergeRequest,
): RowSummary | null {
  const isAsStored = globalX.length === 0 && replaced === undefined && shapes === undefined;
  return recorded !== undefined && isAsStored ? sumRecorded(dataset, recorded) : null;
}

/** Names the first input that no longer holds what was recorded of it; returns when all do. */
async function throwChanged(engine: Engine, dataset: Dataset, request: MergeRequest): Promise<void> {
  for (const [place, path] of request.inputs.entries()) {
    const expected = sumRecorded(dataset, request.recorded?.slice(place, place + 1) ?? []);
    if (expected === null) return;
    const source = sourceSql(dataset, { ...request, inputs: [path] });
    const found = await summarize(engine, dataset, source);
    try {
      verifyRows(found, expected);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new RowsDiffer(`${path} does not hold the rows that were written to it: ${what}`, {
        cause: error,
      });
    }
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
