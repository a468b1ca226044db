import { calendarZone, type CalendarId } from '#shared/domain/session-calendar';
import type { ExpectedGap, Finding, SeriesQuality } from '#shared/domain/quality';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { WorkbenchError } from '#shared/errors';
import type { Stretch } from '#shared/domain/stretches';
import { DAY } from '#shared/units';
import type { Engine } from '../../engine/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Store } from '../../storage/store.ts';
import type { BarReader } from '../bar-reader.ts';
import type { ObjectReader } from '../object-reader.ts';
import type { Series } from '../series.ts';
import { assembleQuality } from './assemble-quality.ts';
import { dayOfBar } from './cover-days.ts';
import type { CoveredDay } from './cover-sessions.ts';
import { applyMarks } from './explain-runs.ts';
import { findHalts } from './find-halts.ts';
import { objectsNowhere, type ObjectNowhere } from './objects-nowhere.ts';
import { createScans, type Scan, type WantedScan } from './scans.ts';
import { stretchesOf } from './stretches-of.ts';

export interface QualityParts {
  readonly store: Store;
  /** A connection of its own: what runs there does not wait for viewports, nor they for it. */
  readonly engine: Engine;
  readonly root: string;
  /** Reads the bars of other symbols, to tell halts. */
  readonly bars: BarReader;
  readonly objects: ObjectReader;
  readonly series: Series;
  readonly calendarOf: (symbol: string) => CalendarId;
  readonly expectedGaps: () => Promise<readonly ExpectedGap[]>;
  readonly clock: Clock;
}

export interface QualityRequest {
  readonly symbol: string;
  readonly timeframe: string;
  /** Half-open, ms UTC; from the first stored bar to the last one when not given. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

export interface Quality {
  /** How good the bars of a series are. What was read once is remembered for as long as its files are the same. */
  readonly assess: (request: QualityRequest, signal?: AbortSignal) => Promise<SeriesQuality>;
  /** The same of several, each told once it is known, in no order: faster than one after the other. */
  readonly assessEach: (
    requests: readonly QualityRequest[],
    onQuality: (quality: SeriesQuality) => void,
    signal?: AbortSignal,
  ) => Promise<void>;
  /** Chart objects that point nowhere, of one symbol or of all. */
  readonly objects: (symbol?: string, signal?: AbortSignal) => Promise<readonly Finding[]>;
}

/** Series that are gone through side by side: their stretches lie in the same files. */
const seriesAtOnce = 8;

/** `assess` throws `argument-invalid` for an unknown symbol, bad timeframe or range, `dataset-missing` without bars. */
export function createQuality(parts: QualityParts): Quality {
  const scanEach = createScans(parts);

  async function assessTogether(
    requests: readonly QualityRequest[],
    onQuality: (quality: SeriesQuality) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const now = parts.clock();
    const asked = requests.map((request) => askedSeries(parts, request));
    // Stretches of one time come together; those of one series stay in order.
    const wanted = asked
      .flatMap((each) => each.stretches.map((scan) => ({ scan, of: each })))
      .sort((a, b) => a.scan.stretch.until - b.scan.stretch.until);
    const left = new Map(asked.map((each) => [each, each.stretches.length]));
    const done = async (each: AskedSeries) => onQuality(await judgeSeries(parts, each, now, signal));
    for (const each of asked) if (each.stretches.length === 0) await done(each);
    await scanEach(
      wanted.map(({ scan }) => scan),
      now,
      async (scan, place) => {
        const each = wanted[place]?.of;
        if (each === undefined) return;
        each.scanned.push(scan);
        const remaining = (left.get(each) ?? 0) - 1;
        left.set(each, remaining);
        if (remaining === 0) await done(each);
      },
      signal,
    );
  }

  return {
    async assess(request, signal) {
      const found: SeriesQuality[] = [];
      await assessTogether([request], (quality) => found.push(quality), signal);
      const [quality] = found;
      if (quality === undefined) throw new Error(`Nothing was found out about ${request.symbol}`);
      return quality;
    },
    async assessEach(requests, onQuality, signal) {
      for (let start = 0; start < requests.length; start += seriesAtOnce)
        await assessTogether(requests.slice(start, start + seriesAtOnce), onQuality, signal);
    },
    objects: async (symbol, signal) =>
      (await objectsNowhere(parts, symbol, signal)).map(({ finding }) => finding),
  };
}

/** A series that is asked about, and what was found out so far. */
interface AskedSeries {
  readonly request: QualityRequest;
  readonly found: FoundSeries;
  readonly range: Stretch;
  readonly stretches: readonly WantedScan[];
  readonly scanned: Scan[];
}

function askedSeries(parts: QualityParts, request: QualityRequest): AskedSeries {
  const found = seriesOf(parts, request);
  const range = rangeOf(found, request);
  const isLong = timeframeLength(found.timeframe) >= DAY;
  const stretches = stretchesOf(found.calendar, found.timeframe, range).map((stretch) => ({
    series: found,
    stretch,
    read: isLong && request.from === undefined ? { ...stretch, from: found.first } : stretch,
  }));
  return { request, found, range, stretches, scanned: [] };
}

/** What the scans of a series come to, together with what is known elsewhere. */
async function judgeSeries(
  parts: QualityParts,
  { request, found, range, scanned }: AskedSeries,
  now: number,
  signal?: AbortSignal,
): Promise<SeriesQuality> {
  const { days, quietBars, missing } = joinScans(scanned);
  const marks = (await parts.expectedGaps()).filter(
    ({ symbol, timeframe, from, until }) =>
      symbol === found.symbol &&
      (timeframe === null || parseTimeframe(timeframe) === found.timeframe) &&
      from < range.until &&
      until > range.from,
  );
  const runs = await findHalts(parts, found, applyMarks(missing, marks), days, signal);
  const objects = await objectsNowhere(parts, found.symbol, signal);
  return assembleQuality({
    ...{ symbol: found.symbol, timeframe: found.timeframe, calendar: found.calendar },
    ...{
      zone: calendarZone(found.calendar),
      from: range.from,
      until: Math.min(range.until, Math.max(now, range.from)),
    },
    ...{ days, quietBars, runs, scanned, marks },
    objects: objects.filter((each) => concerns(each, found, request)).map(({ finding }) => finding),
    unreadable: [
      ...parts.store.catalog.unreadable('candles', { timeframe: found.timeframe, ...range }),
      ...scanned.flatMap(({ unreadable }) => unreadable),
    ],
  });
}

/** Whether an object is told of with a series: those of timeframes that are not stored are told of with each. */
function concerns(
  { timeframe, finding }: ObjectNowhere,
  { timeframe: own, timeframes }: FoundSeries,
  { from = -Infinity, until = Infinity }: QualityRequest,
): boolean {
  const parsed = parseTimeframe(timeframe);
  const isElsewhere = parsed !== own && timeframes.some((stored) => stored === parsed);
  return !isElsewhere && finding.from >= from && finding.from < until;
}

interface FoundSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly calendar: CalendarId;
  /** Opens of the first and last stored bar. */
  readonly first: number;
  readonly last: number;
  /** All that are stored of the symbol. */
  readonly timeframes: readonly Timeframe[];
}

function seriesOf({ series, calendarOf }: QualityParts, { symbol, timeframe }: QualityRequest): FoundSeries {
  const parsed = parseTimeframe(timeframe);
  if (parsed === null)
    throw new WorkbenchError('argument-invalid', `timeframe: ${timeframe} is not one such as 5m or 1h`);
  const summary = series.list().find((each) => each.symbol === symbol);
  if (summary === undefined)
    throw new WorkbenchError('argument-invalid', `symbol: the store has no symbol ${symbol}`);
  const stored = summary.timeframes.find((each) => each.timeframe === parsed);
  if (stored === undefined)
    throw new WorkbenchError('dataset-missing', `There are no ${parsed} bars of ${symbol}`);
  const timeframes = summary.timeframes.map((each) => each.timeframe);
  const { first, last } = stored;
  return { symbol, timeframe: parsed, calendar: calendarOf(symbol), first, last, timeframes };
}

/** Nothing is known of the time before the first bar and behind the last one, so nothing is missing there. */
function rangeOf(
  { calendar, timeframe, first, last }: FoundSeries,
  { from, until }: QualityRequest,
): Stretch {
  if (from !== undefined && until !== undefined && until <= from)
    throw new WorkbenchError('argument-invalid', 'until: must be later than from');
  const length = timeframeLength(timeframe);
  const stored =
    length >= DAY
      ? { from: dayOfBar(calendar, first).from, until: dayOfBar(calendar, last).until }
      : { from: first, until: last + length };
  const range = { from: from ?? stored.from, until: until ?? stored.until };
  // A range that begins behind the last bar, or ends before the first one, holds nothing.
  return range.until > range.from ? range : { from: range.from, until: range.from };
}

function joinScans(scanned: readonly Scan[]) {
  const days: CoveredDay[] = [];
  const quietBars: number[] = [];
  const missing = scanned.flatMap((scan) => {
    const shift = days.length;
    days.push(...scan.days);
    quietBars.push(...scan.quietBars);
    return scan.missing.map((run) => ({ ...run, day: run.day + shift }));
  });
  return { days, quietBars, missing };
}
