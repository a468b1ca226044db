import type { ImportedBar, ImportSource, RejectedImport } from '#shared/domain/import';
import { alignmentStep, type Timeframe } from '#shared/domain/timeframe';
import { candles } from '#schemas/datasets/candles';
import type { RowFault } from '#schemas/define-dataset';
import { symbolFault } from '#schemas/symbol-rule';
import { validateRow } from '#schemas/validate-row';
import type { Cells } from './cells.ts';
import { TimeReader } from './time-reader.ts';
import { UnreadableImport } from './unreadable.ts';

/** Good bars, a stretch at a time: a column of each of `intakeColumns`. */
export type OnBars = (columns: readonly Float64Array[]) => Promise<void>;

/** What is kept of a bar until all are read: `symbol` and `source` are places in lists. */
export const intakeColumns = [
  ...['ts', 'open', 'high', 'low', 'close', 'volume'],
  ...['symbol_place', 'source_place', 'line'],
] as const;

export interface IntakeOptions {
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
  /** Bars that open in [from, until) are taken. */
  readonly range: { readonly from: number; readonly until: number };
  readonly onBars: OnBars;
}

const rowsPerStretch = 65_536;
/** Rejected rows that are listed; more are counted. */
export const mostListed = 10_000;
const shownBars = 100;

/** How reading one source goes: what its rows are given to, one after the other. */
export interface SourceIntake {
  /** Takes one row, good or bad. */
  readonly take: (cells: Cells, line: number) => void;
  readonly reject: (line: number, field: string, reason: string) => void;
  /** To be awaited between stretches of rows: full ones go on to the database. */
  readonly drain: () => Promise<void>;
  readonly counts: () => { readonly rows: number; readonly rejected: number };
}

/**
 * Gathers good bars of all sources in columns, and what is wrong with the others. The rules are those of every row that
 * comes into the store; the words too.
 */
export class BarIntake {
  readonly rejected: RejectedImport[] = [];
  rejectedRows = 0;
  /** Good bars beyond the range. */
  outside = 0;
  readonly symbols: string[] = [];
  readonly firstBars: ImportedBar[] = [];
  /** Whether the bars of every symbol came in order, each once: then none can be there twice. */
  isInOrder = true;
  readonly steps = new Map<number, number>();
  #goodRows = 0;
  readonly #options: IntakeOptions;
  readonly #symbolPlaces = new Map<string, number>();
  readonly #lastTs: number[] = [];
  #columns = newColumns();
  #count = 0;
  readonly #full: Float64Array[][] = [];

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Prepares for the rows of one source, the `place`th of all. */
  source(source: ImportSource, place: number, dayNumber: number): SourceIntake {
    const { mapping, priceScale, unit } = source;
    const { from, until } = this.#options.range;
    const timeframe = this.#options.timeframe ?? source.timeframe;
    const step = timeframe === null ? 1 : alignmentStep(timeframe);
    const { zone, barTime, hasOffset } = source;
    const times = new TimeReader({ unit, zone, barTime, timeframe, hasOffset, dayNumber });
    const [timeAt, openAt, highAt, lowAt, closeAt] = (['time', 'open', 'high', 'low', 'close'] as const).map(
      (field) => needed(field, mapping[field]),
    ) as [number, number, number, number, number];
    const { date: dateAt, volume: volumeAt, symbol: symbolAt, timeframe: timeframeAt } = mapping;
    const symbol = this.#options.symbol ?? (symbolAt === undefined ? source.symbol : null);
    const isNumeric = unit === 's' || unit === 'ms' || unit === 'wall-ms' || unit === 'ms-of-day';
    const counts = { rows: 0, rejected: 0 };
    const bar = { open: 0, high: 0, low: 0, close: 0, volume: 0 };
    const valueOf = (name: string) => bar[name as keyof typeof bar];

    const reject = (line: number, field: string, reason: string) => {
      counts.rejected += 1;
      this.#reject({ file: source.name, line, field, reason });
    };

    const readBytes = times.readBytes.bind(times);
    const readWritten = (cells: Cells): number => {
      const quick = dateAt === undefined ? cells.time?.(timeAt, readBytes) : undefined;
      return quick === undefined || Number.isNaN(quick)
        ? times.readText(timeText(cells, timeAt, dateAt))
        : quick;
    };

    const read = (cells: Cells, line: number): RowFault | null => {
      const given = isNumeric ? cells.number(timeAt) : Number.NaN;
      const ts = Number.isNaN(given) ? readWritten(cells) : times.readNumber(given);
      if (Number.isNaN(ts)) return fault('time', times.fault);
      bar.open = cells.number(openAt) / priceScale;
      bar.high = cells.number(highAt) / priceScale;
      bar.low = cells.number(lowAt) / priceScale;
      bar.close = cells.number(closeAt) / priceScale;
      bar.volume = volumeAt === undefined ? 0 : cells.number(volumeAt);
      for (const field of numberFields) {
        if (!Number.isFinite(bar[field])) return fault(field, numberFault(cells.text(mapping[field] ?? 0)));
      }
      const own = symbolAt === undefined ? symbol : cells.text(symbolAt);
      if (own === null) return fault('symbol', 'is not said, and the file does not tell it');
      const symbolReason = this.#symbolFault(own, symbol);
      if (symbolReason !== null) return fault('symbol', symbolReason);
      if (timeframeAt !== undefined && timeframe !== null) {
        const spelled = cells.text(timeframeAt);
        if (spelled.toLowerCase() !== timeframe)
          return fault('timeframe', `is ${spelled}, and this import is of ${timeframe} bars`);
      }
      if (!isGood(bar) || candles.check(valueOf) !== null || ts % step !== 0) {
        const row = { ...{ symbol: own, timeframe: timeframe ?? '1s', ts }, ...bar };
        const verdict = validateRow(candles, row, 'UTC');
        if (!verdict.ok) return fault(verdict.field === 'ts' ? 'time' : verdict.field, verdict.reason);
      }
      if (ts < from || ts >= until) {
        this.outside += 1;
        return null;
      }
      counts.rows += 1;
      this.#goodRows += 1;
      this.#add(own, ts, bar, place, line);
      return null;
    };
    const take = (cells: Cells, line: number): void => {
      const found = read(cells, line);
      if (found !== null) reject(line, found.field, found.reason);
    };
    return { take, reject, drain: () => this.drain(), counts: () => counts };
  }

  /** A source that could not be read at all, or not to its end. */
  rejectSource(file: string, reason: string, line = 0): void {
    this.#reject({ file, line, field: '', reason });
  }

  /** Rows of all sources that were looked at. */
  counts(): { readonly rows: number; readonly rejected: number } {
    return { rows: this.#goodRows, rejected: this.rejectedRows };
  }

  async drain(): Promise<void> {
    for (let full = this.#full.shift(); full !== undefined; full = this.#full.shift())
      await this.#options.onBars(full);
  }

  /** Hands on what is left. */
  async end(): Promise<void> {
    await this.drain();
    if (this.#count > 0)
      await this.#options.onBars(this.#columns.map((column) => column.subarray(0, this.#count)));
    this.#count = 0;
  }

  #add(symbol: string, ts: number, bar: Omit<ImportedBar, 'symbol' | 'ts'>, place: number, line: number) {
    const symbolPlace = this.#symbolPlaces.get(symbol) ?? 0;
    const last = this.#lastTs[symbolPlace] ?? -Infinity;
    if (ts <= last) this.isInOrder = false;
    const distance = ts - last;
    if (distance > 0 && distance < Infinity && this.steps.size < 64)
      this.steps.set(distance, (this.steps.get(distance) ?? 0) + 1);
    this.#lastTs[symbolPlace] = ts;
    if (this.firstBars.length < shownBars) this.firstBars.push({ symbol, ts, ...bar });
    const at = this.#count;
    const [tsColumn, open, high, low, close, volume, symbols, sources, lines] = this.#columns;
    tsColumn[at] = ts;
    open[at] = bar.open;
    high[at] = bar.high;
    low[at] = bar.low;
    close[at] = bar.close;
    // JSON, and so the log, has no negative zero.
    volume[at] = bar.volume === 0 ? 0 : bar.volume;
    symbols[at] = symbolPlace;
    sources[at] = place;
    lines[at] = line;
    this.#count += 1;
    if (this.#count < rowsPerStretch) return;
    this.#full.push(this.#columns);
    this.#columns = newColumns();
    this.#count = 0;
  }

  /** Why a symbol cannot be that of this row. What is known to be good is not looked at again. */
  #symbolFault(symbol: string, wanted: string | null): string | null {
    if (wanted !== null && symbol !== wanted) return `is ${symbol}, and this import is of ${wanted}`;
    if (this.#symbolPlaces.has(symbol)) return null;
    const fault = symbolFault(symbol);
    if (fault !== null) return fault;
    this.#symbolPlaces.set(symbol, this.symbols.length);
    this.symbols.push(symbol);
    return null;
  }

  #reject(rejected: RejectedImport): void {
    this.rejectedRows += 1;
    if (this.rejected.length < mostListed) this.rejected.push(rejected);
  }
}

type Columns = [
  ...[Float64Array, Float64Array, Float64Array, Float64Array, Float64Array],
  ...[Float64Array, Float64Array, Float64Array, Float64Array],
];

function newColumns(): Columns {
  return intakeColumns.map(() => new Float64Array(rowsPerStretch)) as Columns;
}

const numberFields = ['open', 'high', 'low', 'close', 'volume'] as const;

const { open, high, low, close, volume } = candles.columns;
const priceAbove = Math.max(...[open, high, low, close].map(({ above = -Infinity }) => above));
const volumeAtLeast = volume.atLeast ?? -Infinity;

/** Whether each value is within the bounds of its column. What is not is looked at more closely. */
function isGood(bar: Omit<ImportedBar, 'symbol' | 'ts'>): boolean {
  return (
    bar.open > priceAbove &&
    bar.high > priceAbove &&
    bar.low > priceAbove &&
    bar.close > priceAbove &&
    bar.volume >= volumeAtLeast
  );
}

function fault(field: string, reason: string): RowFault {
  return { field, reason };
}

function needed(field: string, place: number | undefined): number {
  if (place === undefined) throw new UnreadableImport(`has no column that is known to be the ${field}`);
  return place;
}

function timeText(cells: Cells, timeAt: number, dateAt: number | undefined): string {
  const time = cells.text(timeAt);
  return dateAt === undefined ? time : `${cells.text(dateAt)} ${time}`;
}

function numberFault(text: string): string {
  if (text === '') return 'is empty';
  const shown = text.length > 40 ? `${text.slice(0, 37)}...` : text;
  if (/^[+-]?[\d.' ]*\d,[\d.,' ]*$/.test(text))
    return `holds a comma: "${shown}"; numbers have no separator of thousands, and a point before decimals`;
  return `is not a number: "${shown}"`;
}
