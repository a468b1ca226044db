import { barsBetween, lowerBound, packOwnBars, type Bars } from '#shared/domain/candle';
import { bucketAt, type CalendarId } from '#shared/domain/session-calendar';
import type { TimeRange } from '#shared/domain/time-range';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import type { Served, UnreadableFile, ViewportAnswer } from '#shared/domain/viewport';
import { WorkbenchError } from '#shared/errors';
import type { ViewportQuestion } from '#shared/ipc';
import { sourceTimeframe } from '#shared/domain/rollup';
import { resampleBars } from '#shared/math/resample';
import type { ReadAggregates } from './aggregate-reader.ts';
import type { BarReader, BarsFound, BarsWanted, Extent } from './bar-reader.ts';
import type { ObjectReader, ObjectsFound } from './object-reader.ts';
import type { Series } from './series.ts';

export interface ViewportParts {
  readonly bars: BarReader;
  readonly readAggregates: ReadAggregates;
  readonly objects: ObjectReader;
  readonly series: Series;
  /** The session calendar that days and hours of a symbol are counted by. */
  readonly calendarOf: (symbol: string) => CalendarId;
}

export type Viewport = (question: ViewportQuestion, signal?: AbortSignal) => Promise<ViewportAnswer>;

/** Objects this far outside the prices on show are sent along, so that a small pan finds them there. */
const bandMargin = 0.02;
/** Above every price. Infinity would not survive JSON, in which answers go to other processes. */
const unbounded = Number.MAX_VALUE;

/** Answers what a chart shows of one symbol between two instants, as it stands or as it was known at `asOf`. */
export function createViewport({
  bars,
  readAggregates,
  objects,
  series,
  calendarOf,
}: ViewportParts): Viewport {
  return async (question, signal) => {
    const resolution = parseTimeframe(question.timeframe);
    if (resolution === null) {
      throw new WorkbenchError(
        'argument-invalid',
        `timeframe: ${question.timeframe} is not one such as 5m or 1h`,
      );
    }
    if (question.from > question.until) throw new WorkbenchError('argument-invalid', 'from: is after until');
    if ((question.priceMin ?? -Infinity) > (question.priceMax ?? Infinity)) {
      throw new WorkbenchError('argument-invalid', 'priceMin: is above priceMax');
    }
    const { symbol, levels = 'all' } = question;
    const source = sourceFor(resolution, series.timeframesOf(symbol)) ?? resolution;
    const calendar = calendarOf(symbol);
    const found =
      source === resolution
        ? await readStored(bars, question, resolution, signal)
        : await readAggregated(bars, readAggregates, question, source, resolution, calendar, signal);
    const shown = newest(found.bars, question.maxBars);
    const band = bandOf(question, shown);
    const objectsFound =
      question.objects === false
        ? nothing
        : await objects.read({ ...question, asOf: question.asOf, levels, band }, signal);
    return {
      bars: packOwnBars(shown),
      objects: objectsFound.objects,
      resolution,
      source,
      priceBand: band,
      extent: extentOf(bars.extent(symbol, source), calendar, resolution, source),
      served: addServed(found.served, objectsFound.served),
      unreadable: uniqueByPath([...found.unreadable, ...objectsFound.unreadable]),
      sequence: found.sequence,
    };
  };
}

function readStored(
  bars: BarReader,
  { symbol, from, until, asOf, levels = 'all' }: ViewportQuestion,
  timeframe: Timeframe,
  signal?: AbortSignal,
): Promise<BarsFound> {
  return bars.read({ symbol, timeframe, from, until: closedUntil(until, timeframe, asOf), levels }, signal);
}

async function readAggregated(
  bars: BarReader,
  readAggregates: ReadAggregates,
  { symbol, from, until, asOf, levels = 'all' }: ViewportQuestion,
  source: Timeframe,
  resolution: Timeframe,
  calendar: CalendarId,
  signal?: AbortSignal,
): Promise<BarsFound> {
  const bucket = (ts: number) => bucketAt(calendar, resolution, ts);
  const extent = bars.extent(symbol, source);
  if (extent === null) return readStored(bars, { symbol, from, until, timeframe: source }, source, signal);
  // Whole buckets: the first one that opens in the range, the last one with all of its bars.
  const first = Math.max(from, extent.first);
  const firstBucket = bucket(first);
  const start = firstBucket.from >= from ? firstBucket.from : firstBucket.until;
  const end = bucket(Math.max(start, Math.min(until - 1, extent.last))).until;
  const rows = { symbol, from: start, until: closedUntil(end, source, asOf) };
  const found =
    levels === 'all'
      ? await readAggregates({ ...rows, source, timeframe: resolution, calendar }, signal)
      : await readLevels(bars, { ...rows, timeframe: source, levels }, bucket, signal);
  const made = found.bars;
  const isClosed = (index: number) => asOf === undefined || bucket(made.ts[index] ?? 0).until <= asOf;
  let count = lowerBound(made.ts, until);
  while (count > 0 && !isClosed(count - 1)) count -= 1;
  return { ...found, bars: barsBetween(made, lowerBound(made.ts, from), count) };
}

/** Of some files only: rollups hold the rows of all. */
async function readLevels(
  bars: BarReader,
  wanted: BarsWanted,
  bucket: (ts: number) => TimeRange,
  signal?: AbortSignal,
): Promise<BarsFound> {
  const found = await bars.read(wanted, signal);
  return { ...found, bars: resampleBars(found.bars, bucket) };
}

/** The finest stored timeframe that divides the one asked for; null when that one is stored or none divides it. */
function sourceFor(wanted: Timeframe, stored: readonly Timeframe[]): Timeframe | null {
  return stored.includes(wanted) ? null : sourceTimeframe(wanted, stored);
}

/** A bar is known once it is closed: its open must lie one length before `asOf`. */
function closedUntil(until: number, timeframe: Timeframe, asOf: number | undefined): number {
  return asOf === undefined ? until : Math.min(until, asOf - timeframeLength(timeframe) + 1);
}

function newest(bars: Bars, count: number | undefined): Bars {
  const all = bars.ts.length;
  return count === undefined || count >= all ? bars : barsBetween(bars, all - count, all);
}

function bandOf({ priceMin, priceMax }: ViewportQuestion, bars: Bars): ViewportAnswer['priceBand'] {
  let [low, high] = [Infinity, -Infinity];
  for (let index = 0; index < bars.ts.length; index += 1) {
    low = Math.min(low, bars.low[index] ?? low);
    high = Math.max(high, bars.high[index] ?? high);
  }
  const hasBars = low <= high;
  if (!hasBars && priceMin === undefined && priceMax === undefined) return null;
  return {
    min: priceMin ?? (hasBars ? low * (1 - bandMargin) : -unbounded),
    max: priceMax ?? (hasBars ? high * (1 + bandMargin) : unbounded),
  };
}

function extentOf(
  extent: Extent | null,
  calendar: CalendarId,
  resolution: Timeframe,
  source: Timeframe,
): ViewportAnswer['extent'] {
  if (extent === null || source === resolution) return extent;
  return {
    first: bucketAt(calendar, resolution, extent.first).from,
    last: bucketAt(calendar, resolution, extent.last).from,
  };
}

const nothing: ObjectsFound = {
  objects: [],
  served: { parts: 0, days: 0, months: 0, years: 0, rollups: 0, tailRows: 0 },
  unreadable: [],
};

function addServed(a: Served, b: Served): Served {
  return {
    parts: a.parts + b.parts,
    days: a.days + b.days,
    months: a.months + b.months,
    years: a.years + b.years,
    rollups: a.rollups + b.rollups,
    tailRows: a.tailRows + b.tailRows,
  };
}

function uniqueByPath(files: readonly UnreadableFile[]): UnreadableFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
