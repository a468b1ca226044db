import { barColumns, barsBetween, lowerBound, type Bars } from '#shared/domain/candle';
import type { Compression } from '#shared/domain/compression';
import type { FileShape } from '#shared/domain/file-shape';
import { bucketAt, type CalendarId } from '#shared/domain/session-calendar';
import type { Stretch } from '#shared/domain/stretches';
import type { Timeframe } from '#shared/domain/timeframe';
import { resampleBars } from '#shared/math/resample';
import { candles } from '#schemas/datasets/candles';
import { rollups } from '#schemas/datasets/rollups';
import { rm } from 'node:fs/promises';
import type { Engine } from './engine.ts';
import { readBack, summarize, verifyWritten, type WrittenSpan } from './row-summary.ts';
import { shapedSource } from './shaped-source.ts';
import { isoSql, quoteName, quoteText, scratchName } from './sql.ts';
import { writeSorted } from './write-sorted.ts';

/** What to make of some files of one timeframe. */
export interface RollUpSource {
  readonly calendar: CalendarId;
  readonly timeframe: Timeframe;
  /** What is made of it. */
  readonly outputs: readonly Timeframe[];
  /** Absolute, in the order in which later rows win. */
  readonly paths: readonly string[];
  readonly shapes: readonly (readonly [string, FileShape])[];
  readonly symbols: readonly RollUpSymbol[];
}

export interface RollUpSymbol {
  readonly symbol: string;
  /** Whole trading days, apart from one another. Bars outside of them are taken from the previous file. */
  readonly stale: readonly Stretch[];
  /** About how many rows that is, to read no more at once than memory holds. */
  readonly rows: number;
}

export interface RollUpOutput {
  readonly timeframe: Timeframe;
  /** Absolute. */
  readonly path: string;
  /** The file whose bars are taken over where nothing has changed; null when all are made anew. */
  readonly previous: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly compression?: Compression;
}

export interface RollUpRequest {
  /** Bars that open in it are written. */
  readonly period: Stretch;
  readonly sources: readonly RollUpSource[];
  readonly outputs: readonly RollUpOutput[];
}

export interface RolledUpFile {
  readonly timeframe: Timeframe;
  readonly rows: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly spans: readonly WrittenSpan[];
}

const rowsAtOnce = 2_000_000;

/**
 * Makes longer bars of the rows of some files, and one file of each timeframe with them. All of one period are made of
 * one reading. A file that would have no rows is not written and not in the result.
 */
export async function rollUpFiles(engine: Engine, request: RollUpRequest): Promise<readonly RolledUpFile[]> {
  const tables = await createTables(engine, request);
  try {
    let firstNumber = 0;
    for (const source of request.sources) {
      await rollUpSource(engine, request, source, firstNumber, tables);
      firstNumber += source.symbols.length;
    }
    const files: RolledUpFile[] = [];
    for (const output of request.outputs) {
      const file = await writeOutput(engine, output, tables);
      if (file !== null) files.push(file);
    }
    return files;
  } catch (error) {
    for (const { path } of request.outputs) await rm(path, { force: true });
    throw error;
  } finally {
    for (const table of [tables.series, tables.stale, ...tables.made.values()]) {
      await engine.run(`DROP TABLE IF EXISTS ${table}`);
    }
  }
}

interface Tables {
  /** Number, symbol, timeframe made of, and timeframe made: one row for each. */
  readonly series: string;
  readonly stale: string;
  /** Bars made, by timeframe. */
  readonly made: ReadonlyMap<Timeframe, string>;
}

async function createTables(engine: Engine, { sources, outputs }: RollUpRequest): Promise<Tables> {
  const tables: Tables = {
    series: scratchName(),
    stale: scratchName(),
    made: new Map(outputs.map(({ timeframe }) => [timeframe, scratchName()])),
  };
  await engine.run(
    `CREATE TEMP TABLE ${tables.series} (number BIGINT, symbol VARCHAR, made_from VARCHAR, timeframe VARCHAR)`,
  );
  await engine.run(
    `CREATE TEMP TABLE ${tables.stale} (number BIGINT, symbol VARCHAR, since BIGINT, until BIGINT)`,
  );
  const numbered = sources.flatMap((source) => source.symbols.map((each) => ({ ...each, source })));
  await engine.fill(
    tables.series,
    ['BIGINT', 'VARCHAR', 'VARCHAR', 'VARCHAR'],
    numbered.flatMap(({ symbol, source }, number) =>
      source.outputs.map((timeframe) => [number, symbol, source.timeframe, timeframe]),
    ),
  );
  await engine.fill(
    tables.stale,
    ['BIGINT', 'VARCHAR', 'BIGINT', 'BIGINT'],
    numbered.flatMap(({ symbol, stale }, number) =>
      stale.map(({ from, until }) => [number, symbol, from, until]),
    ),
  );
  for (const table of tables.made.values()) {
    const columns = ['number', ...barColumns].map((name) => `${quoteName(name)} DOUBLE`);
    await engine.run(`CREATE TEMP TABLE ${table} (${columns.join(', ')})`);
  }
  return tables;
}

async function rollUpSource(
  engine: Engine,
  { period }: RollUpRequest,
  { calendar, outputs, paths, shapes, symbols }: RollUpSource,
  firstNumber: number,
  { stale, made }: Tables,
): Promise<void> {
  if (paths.length === 0) return;
  const listSql = (list: readonly string[]) => `[${list.map(quoteText).join(', ')}]`;
  const source = shapedSource({
    dataset: candles,
    paths,
    shapes: new Map(shapes),
    columns: ['symbol', ...barColumns],
    listSql,
  });
  const columns = barColumns.map((name) => `files.${name}::DOUBLE`).join(', ');
  for (const [first, end] of batches(symbols)) {
    const stretches = symbols.slice(first, end).flatMap((symbol) => symbol.stale);
    if (stretches.length === 0) continue;
    // The bounds are said twice so that files and row groups outside of them are not read.
    const read = await engine.numbers(
      `SELECT stale.number::DOUBLE, ${columns} FROM (${source}) AS files
       JOIN ${stale} AS stale
         ON files.symbol = stale.symbol AND files.ts >= stale.since AND files.ts < stale.until
       WHERE stale.number >= $1 AND stale.number < $2 AND files.ts >= $3 AND files.ts < $4
       ORDER BY stale.number, files.ts, file_index, file_row_number`,
      [
        firstNumber + first,
        firstNumber + end,
        Math.min(...stretches.map(({ from }) => from)),
        Math.max(...stretches.map(({ until }) => until)),
      ],
    );
    const series = seriesOf(read);
    for (const timeframe of outputs) {
      const table = made.get(timeframe);
      if (table === undefined) continue;
      const bucket = (ts: number) => bucketAt(calendar, timeframe, ts);
      const rolled = series.map(({ number, bars }) => ({
        number,
        bars: openingIn(resampleBars(bars, bucket), period),
      }));
      await engine.fillNumbers(table, columnsOf(rolled));
    }
  }
}

/** Symbols [first, end) that are read together. */
function batches(symbols: readonly RollUpSymbol[]): [number, number][] {
  const found: [number, number][] = [];
  let rows = Infinity;
  symbols.forEach((symbol, index) => {
    rows += symbol.rows;
    const last = found.at(-1);
    if (last !== undefined && rows <= rowsAtOnce) last[1] = index + 1;
    else {
      found.push([index, index + 1]);
      rows = symbol.rows;
    }
  });
  return found;
}

interface NumberedBars {
  readonly number: number;
  readonly bars: Bars;
}

/** Cuts rows sorted by series and ts into series, each ts once: of two rows the later write, which comes last. */
function seriesOf(read: readonly Float64Array[]): NumberedBars[] {
  const [numbers = empty, ts = empty] = read;
  const series: NumberedBars[] = [];
  let kept = 0;
  let first = 0;
  for (let index = 0; index < numbers.length; index += 1) {
    const isLast = numbers[index] !== numbers[index + 1];
    if (isLast || ts[index] !== ts[index + 1]) {
      for (const column of read) column[kept] = column[index] ?? Number.NaN;
      kept += 1;
    }
    if (!isLast) continue;
    const columns = read.slice(1).map((column) => column.subarray(first, kept));
    series.push({ number: numbers[kept - 1] ?? 0, bars: barsOf(columns) });
    first = kept;
  }
  return series;
}

function barsOf([ts, open, high, low, close, volume]: readonly Float64Array[]): Bars {
  return {
    ts: ts ?? empty,
    open: open ?? empty,
    high: high ?? empty,
    low: low ?? empty,
    close: close ?? empty,
    volume: volume ?? empty,
  };
}

function openingIn(bars: Bars, { from, until }: Stretch): Bars {
  return barsBetween(bars, lowerBound(bars.ts, from), lowerBound(bars.ts, until));
}

function columnsOf(series: readonly NumberedBars[]): Float64Array[] {
  const count = series.reduce((sum, { bars }) => sum + bars.ts.length, 0);
  const columns = ['number', ...barColumns].map(() => new Float64Array(count));
  let offset = 0;
  for (const { number, bars } of series) {
    const end = offset + bars.ts.length;
    columns[0]?.fill(number, offset, end);
    barColumns.forEach((name, index) => columns[index + 1]?.set(bars[name], offset));
    offset = end;
  }
  return columns;
}

async function writeOutput(
  engine: Engine,
  output: RollUpOutput,
  tables: Tables,
): Promise<RolledUpFile | null> {
  const source = outputSql(output, tables);
  const expected = await summarize(engine, rollups, source);
  if (expected.rows === 0) return null;
  const { path, metadata, compression } = output;
  await writeSorted(engine, {
    ...{ dataset: rollups, source, spans: expected.spans, output: path, metadata, compression },
  });
  const written = await readBack(engine, rollups, path);
  verifyWritten(written, expected);
  return {
    timeframe: output.timeframe,
    rows: expected.rows,
    sizeBytes: written.sizeBytes,
    sha256: written.sha256,
    spans: written.spans,
  };
}

/** The bars that were made, and those of the previous file that still hold. */
function outputSql({ timeframe, previous }: RollUpOutput, { series, stale, made }: Tables): string {
  const own = `(SELECT * FROM ${series} WHERE timeframe = ${quoteText(timeframe)})`;
  const prices = ['open', 'high', 'low', 'close', 'volume'].map(quoteName);
  const fresh = `
    SELECT own.symbol, own.timeframe, bars.ts::BIGINT AS ts, ${isoSql('bars.ts::BIGINT')} AS ts_iso,
      ${prices.map((name) => `bars.${name}`).join(', ')}, own.made_from, ${rollups.version}::BIGINT AS schema_version
    FROM ${made.get(timeframe) ?? ''} AS bars JOIN ${own} AS own ON own.number = bars.number::BIGINT`;
  if (previous === null) return fresh;
  const names = Object.keys(rollups.columns).map((name) => `files.${quoteName(name)}`);
  return `${fresh} UNION ALL
    SELECT ${names.join(', ')}
    FROM read_parquet([${quoteText(previous)}]) AS files JOIN ${own} AS own ON own.symbol = files.symbol
    WHERE NOT EXISTS (
      SELECT 1 FROM ${stale} AS stale
      WHERE stale.number = own.number AND files.ts >= stale.since AND files.ts < stale.until)`;
}

const empty = new Float64Array(0);
