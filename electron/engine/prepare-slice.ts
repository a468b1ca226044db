import { barColumns, type Bars } from '#shared/domain/candle';
import { bucketAt, sessionsIn, type CalendarId, type Hours } from '#shared/domain/session-calendar';
import type { Stretch } from '#shared/domain/stretches';
import type { Timeframe } from '#shared/domain/timeframe';
import { epochMs } from '#shared/units';
import { groupBy } from '#shared/group-by';
import { resampleBars } from '#shared/math/resample';
import { candles } from '#schemas/datasets/candles';
import { columnTypes } from './column-type.ts';
import type { Engine } from './engine.ts';
import { datasetOf, type ExportSlice, type SliceFile, type SliceSource } from './export-slice.ts';
import { shapedSource } from './shaped-source.ts';
import { isoSql, literal, quoteName, quoteText, scratchName } from './sql.ts';

/** One stretch of a prepared slice: of one symbol or of all. */
export interface SlicePiece extends Stretch {
  readonly symbol: string | null;
}

/** A slice whose rows can be asked for. */
export interface PreparedSlice {
  /** SQL for the rows of a piece in all columns of the dataset, without an order. */
  readonly rowsSql: (piece: SlicePiece) => string;
  /** Whether those rows come sorted by symbol and instant already. */
  readonly isSorted: (piece: SlicePiece) => boolean;
  readonly close: () => Promise<void>;
}

/**
 * Makes the rows of a slice ready to be asked for, piece by piece. Files that hold every key once are read where they
 * are; rows that compete for a key, objects that are reduced to their states, and bars that are made longer are put
 * into tables first.
 */
export async function prepareSlice(engine: Engine, slice: ExportSlice): Promise<PreparedSlice> {
  const tables: string[] = [];
  const close = async () => {
    for (const table of tables) await engine.run(`DROP TABLE IF EXISTS ${table}`);
  };
  const table = () => {
    const name = scratchName();
    tables.push(name);
    return name;
  };
  try {
    const spans = slice.session === 'all' ? null : await createSpans(engine, slice, slice.session, table());
    const parts: Part[] = [];
    for (const source of slice.sources) parts.push(...(await partsOf(engine, slice, source, spans, table)));
    return preparedOf(slice, spans, parts, close);
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

/** Rows in files, of which a piece needs a few, or in a table. */
type Part =
  | { readonly kind: 'files'; readonly source: SliceSource }
  | {
      readonly kind: 'table';
      readonly table: string;
      readonly symbols: readonly string[];
      readonly isFinal: boolean;
    };

async function partsOf(
  engine: Engine,
  slice: ExportSlice,
  source: SliceSource,
  spans: string | null,
  table: () => string,
): Promise<readonly Part[]> {
  const { symbols, plain, mixed, pending, resample } = source;
  const loose =
    mixed.length + pending.length === 0 ? null : await gatherMixed(engine, slice, source, table());
  if (slice.isReduced) return [await reduceToStates(engine, slice, source, loose, table())];
  const parts: Part[] = [];
  if (loose !== null) parts.push({ kind: 'table', table: loose, symbols, isFinal: false });
  if (plain.length > 0) parts.push({ kind: 'files', source });
  if (resample === null) return parts;
  const rows = preparedOf(slice, spans, parts, () => Promise.resolve());
  return [await makeLonger(engine, slice, source, resample, rows, table())];
}

function preparedOf(
  slice: ExportSlice,
  spans: string | null,
  parts: readonly Part[],
  close: () => Promise<void>,
): PreparedSlice {
  const partsOfPiece = ({ symbol }: SlicePiece) =>
    parts.filter((part) => {
      const symbols = part.kind === 'files' ? part.source.symbols : part.symbols;
      return symbol === null || symbols.includes(symbol);
    });
  return {
    rowsSql(piece) {
      const selects = partsOfPiece(piece).flatMap((part) => selectOf(slice, part, piece, spans) ?? []);
      return selects.length === 0 ? emptySql(slice) : selects.join(' UNION ALL ');
    },
    isSorted(piece) {
      const [part, another] = partsOfPiece(piece);
      if (part?.kind !== 'files' || another !== undefined || spans !== null) return false;
      const files = filesOf(part.source, piece);
      // Files of one symbol follow one another in time, those of several do not.
      return files.length <= 1 || piece.symbol !== null || part.source.symbols.length === 1;
    },
    close,
  };
}

function selectOf(slice: ExportSlice, part: Part, piece: SlicePiece, spans: string | null): string | null {
  const names = Object.keys(datasetOf(slice).columns).map((name) => `rows.${quoteName(name)}`);
  const columns = names.join(', ');
  const wanted = whereSql(slice, part, piece);
  if (part.kind === 'table' && part.isFinal)
    return `SELECT ${columns} FROM ${part.table} AS rows WHERE ${wanted}`;
  const source =
    part.kind === 'table' ? part.table : filesSql(slice, part.source, filesOf(part.source, piece));
  if (source === null) return null;
  if (spans === null) return `SELECT ${columns} FROM ${source} AS rows WHERE ${wanted}`;
  return `SELECT ${columns} FROM (SELECT * FROM ${source} AS rows WHERE ${wanted}) AS rows
    ASOF JOIN ${spans} AS spans ON rows.symbol = spans.symbol AND rows.ts >= spans.since
    WHERE rows.ts < spans.until`;
}

function whereSql(slice: ExportSlice, part: Part, { symbol, from, until }: SlicePiece): string {
  const symbols = symbol === null ? (part.kind === 'files' ? part.source.symbols : part.symbols) : [symbol];
  const instant = instantOf(slice);
  const [first = ''] = symbols;
  const bySymbol =
    symbols.length === 1
      ? `rows.symbol = ${quoteText(first)}`
      : `rows.symbol IN (${symbols.map(quoteText).join(', ')})`;
  // States are chosen by where they reach, when they are made.
  if (slice.isReduced && from === slice.from && until === slice.until) return bySymbol;
  return `${bySymbol} AND rows.${instant} >= ${from} AND rows.${instant} < ${until}`;
}

/** The instant by which rows are placed in time and in files. */
export function instantOf({ dataset, isReduced }: Pick<ExportSlice, 'dataset' | 'isReduced'>): string {
  if (dataset === 'candles') return 'ts';
  return isReduced ? 't_start' : 'event_ts';
}

function filesOf({ plain }: SliceSource, { from, until }: SlicePiece): readonly SliceFile[] {
  return plain
    .filter(({ first, last }) => first < until && last >= from)
    .toSorted((a, b) => a.first - b.first);
}

function filesSql(slice: ExportSlice, { shapes }: SliceSource, files: readonly SliceFile[]): string | null {
  if (files.length === 0) return null;
  const dataset = datasetOf(slice);
  return `(${shapedSource({
    dataset,
    paths: files.map(({ path }) => path),
    shapes: new Map(shapes),
    columns: Object.keys(dataset.columns),
    listSql: fileList,
  })})`;
}

function fileList(paths: readonly string[]): string {
  return `[${paths.map(quoteText).join(', ')}]`;
}

function emptySql(slice: ExportSlice): string {
  const columns = columnTypes(datasetOf(slice)).map(([name, type]) => `NULL::${type} AS ${quoteName(name)}`);
  return `SELECT ${columns.join(', ')} WHERE false`;
}

/** Rows that compete for keys: of each key the one that was written last. */
async function gatherMixed(
  engine: Engine,
  slice: ExportSlice,
  source: SliceSource,
  table: string,
): Promise<string> {
  const dataset = datasetOf(slice);
  const types = columnTypes(dataset);
  const definitions = types.map(([name, type]) => `${quoteName(name)} ${type}`).join(', ');
  const names = types.map(([name]) => quoteName(name)).join(', ');
  const waiting = `${table}_pending`;
  await engine.run(
    `CREATE TEMP TABLE ${waiting} (${definitions}, file_index BIGINT, file_row_number BIGINT)`,
  );
  try {
    await engine.fill(
      waiting,
      [...types.map(([, type]) => type), 'BIGINT', 'BIGINT'],
      source.pending.map((row, index) => [...row, source.mixed.length, index]),
    );
    const files = shapedSource({
      dataset,
      paths: source.mixed.map(({ path }) => path),
      shapes: new Map(source.shapes),
      columns: Object.keys(dataset.columns),
      listSql: fileList,
    });
    const from = source.mixed.length === 0 ? waiting : `(${files} UNION ALL FROM ${waiting})`;
    const symbols = source.symbols.map(quoteText).join(', ');
    const instant = quoteName(dataset.instant);
    const inRange = slice.isReduced
      ? ''
      : `AND ${instant} >= ${slice.from} AND ${instant} < ${slice.readUntil}`;
    const key = dataset.key.filter((name) => name !== 'timeframe').map(quoteName);
    await engine.run(
      `CREATE TEMP TABLE ${table} AS SELECT ${names} FROM ${from} AS rows
       WHERE symbol IN (${symbols}) ${inRange}
       QUALIFY row_number() OVER (
         PARTITION BY ${key.join(', ')} ORDER BY file_index DESC, file_row_number DESC) = 1`,
    );
  } finally {
    await engine.run(`DROP TABLE IF EXISTS ${waiting}`);
  }
  return table;
}

/** The last event of every object that reaches into the range: reduced first, chosen afterwards. */
async function reduceToStates(
  engine: Engine,
  slice: ExportSlice,
  source: SliceSource,
  loose: string | null,
  table: string,
): Promise<Part> {
  const names = Object.keys(datasetOf(slice).columns).map(quoteName).join(', ');
  const files = filesSql(slice, source, source.plain);
  const selects = [
    ...(files === null ? [] : [`SELECT ${names} FROM ${files}`]),
    ...(loose === null ? [] : [`SELECT ${names} FROM ${loose}`]),
  ];
  const rows = selects.length === 0 ? emptySql(slice) : selects.join(' UNION ALL ');
  const symbols = source.symbols.map(quoteText).join(', ');
  await engine.run(
    `CREATE TEMP TABLE ${table} AS
     SELECT * FROM (
       SELECT * FROM (${rows}) WHERE symbol IN (${symbols})
       QUALIFY row_number() OVER (PARTITION BY symbol, object_id ORDER BY event_ts DESC, sequence DESC) = 1)
     WHERE t_start < ${slice.until} AND (t_end IS NULL OR t_end >= ${slice.from})`,
  );
  return { kind: 'table', table, symbols: source.symbols, isFinal: true };
}

/** Longer bars by the calendar of each symbol, as the chart makes them. */
async function makeLonger(
  engine: Engine,
  slice: ExportSlice,
  source: SliceSource,
  timeframe: Timeframe,
  rows: PreparedSlice,
  table: string,
): Promise<Part> {
  const columns = ['number', ...barColumns].map((name) => `${quoteName(name)} DOUBLE`);
  const bars = `${table}_bars`;
  await engine.run(`CREATE TEMP TABLE ${bars} (${columns.join(', ')})`);
  try {
    for (const [number, symbol] of source.symbols.entries()) {
      const sql = rows.rowsSql({ symbol, from: slice.from, until: slice.readUntil });
      const read = await engine.numbers(
        `SELECT ${barColumns.map((name) => `${name}::DOUBLE`).join(', ')} FROM (${sql}) ORDER BY ts`,
        [],
      );
      const calendar = calendarOf(slice, symbol);
      const made = resampleBars(barsOf(read), (ts) => bucketAt(calendar, timeframe, ts));
      await engine.fillNumbers(bars, [
        new Float64Array(made.ts.length).fill(number),
        ...barColumns.map((name) => made[name]),
      ]);
    }
    const made: Readonly<Record<string, string>> = {
      symbol: `(${fileList(source.symbols)})[number::BIGINT + 1]`,
      timeframe: quoteText(timeframe),
      ts: 'ts::BIGINT',
      ts_iso: isoSql('ts::BIGINT'),
      schema_version: `${candles.version}::BIGINT`,
    };
    const list = columnTypes(candles).map(([name, type]) => {
      const isBar = (barColumns as readonly string[]).includes(name);
      return `${made[name] ?? (isBar ? quoteName(name) : `NULL::${type}`)} AS ${quoteName(name)}`;
    });
    await engine.run(`CREATE TEMP TABLE ${table} AS SELECT ${list.join(', ')} FROM ${bars}`);
  } finally {
    await engine.run(`DROP TABLE IF EXISTS ${bars}`);
  }
  return { kind: 'table', table, symbols: source.symbols, isFinal: true };
}

function barsOf([ts, open, high, low, close, volume]: readonly Float64Array[]): Bars {
  const none = new Float64Array(0);
  return {
    ts: ts ?? none,
    open: open ?? none,
    high: high ?? none,
    low: low ?? none,
    close: close ?? none,
    volume: volume ?? none,
  };
}

function calendarOf({ symbols }: ExportSlice, symbol: string): CalendarId {
  return symbols.find((each) => each.symbol === symbol)?.calendar ?? 'crypto';
}

/** The hours in which bars are wanted, one row for each symbol and session. */
async function createSpans(engine: Engine, slice: ExportSlice, hours: Hours, table: string): Promise<string> {
  await engine.run(`CREATE TEMP TABLE ${table} (symbol VARCHAR, since BIGINT, until BIGINT)`);
  for (const [calendar, members] of groupBy(slice.symbols, (each) => each.calendar)) {
    const spans = sessionsIn(calendar, { from: epochMs(slice.from), until: epochMs(slice.readUntil) }).filter(
      ({ kind }) => kind === 'regular' || (hours === 'extended' && kind === 'extended'),
    );
    const lists = (read: (span: Stretch) => number) =>
      `[${spans.map((span) => literal(read(span))).join(', ')}]`;
    if (spans.length === 0) continue;
    await engine.run(
      `INSERT INTO ${table}
       SELECT symbols.symbol, spans.since, spans.until
       FROM (SELECT unnest(${fileList(members.map(({ symbol }) => symbol))}) AS symbol) AS symbols,
         (SELECT unnest(${lists(({ from }) => from)}::BIGINT[]) AS since,
           unnest(${lists(({ until }) => until)}::BIGINT[]) AS until) AS spans`,
    );
  }
  return table;
}
