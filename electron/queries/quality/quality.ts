import { createHash } from 'node:crypto';
import { calendarZone, type CalendarId } from '#shared/domain/session-calendar';
import type { ExpectedGap, Finding, SeriesQuality } from '#shared/domain/quality';
import type { SymbolSummary } from '#shared/domain/store-summary';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import type { UnreadableFile } from '#shared/domain/viewport';
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
import { applyMarks, isHalt, mayBeHalt, type ExplainedRun } from './explain-runs.ts';
import { nowhere, objectFinding, type SymbolBars } from './point-nowhere.ts';
import { readStretch, sourcesOf, type StretchSources } from './read-stretch.ts';
import { scanStretch, type ScannedStretch } from './scan-stretch.ts';
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
  /** Chart objects that point nowhere, of one symbol or of all. */
  readonly objects: (symbol?: string, signal?: AbortSignal) => Promise<readonly Finding[]>;
}

/** A reader that is not the owner may find files gone; it reads the log again this often. */
const mostRetries = 8;
/** Stretches that are remembered: each is some hundred days and what was found in them. */
const mostKept = 400;
/** Runs of one series that are looked at for halts; the others count as missing. */
const mostHaltsLookedAt = 400;
const mostOthers = 5;

export function createQuality(parts: QualityParts): Quality {
  const scans = new Map<string, Scan>();

  async function scan(
    series: { readonly symbol: string; readonly timeframe: Timeframe; readonly calendar: CalendarId },
    stretch: Stretch,
    read: Stretch,
    now: number,
    signal?: AbortSignal,
  ): Promise<Scan> {
    const { store } = parts;
    for (let attempt = 0; ; attempt += 1) {
      signal?.throwIfAborted();
      const release = store.pin();
      try {
        const wanted = { ...series, ...read };
        const sources = sourcesOf(store, wanted);
        const key = keyOf(series, stretch, sources, store.generation);
        const known = scans.get(key);
        if (known !== undefined) {
          scans.delete(key);
          scans.set(key, known);
          return known;
        }
        const found = await readStretch(parts, wanted, sources, signal);
        if (found !== null) {
          const range = { ...series, ...stretch, now };
          const scanned = { ...scanStretch(found.rows, range), unreadable: found.unreadable };
          // What has not closed yet is expected later: only a stretch that is over stays as it is.
          if (found.unreadable.length === 0 && stretch.until <= now) keep(scans, key, scanned);
          return scanned;
        }
        if (attempt >= mostRetries)
          throw new Error(`Files of ${series.symbol} ${series.timeframe} keep vanishing`);
        await store.refresh();
      } finally {
        release();
      }
    }
  }

  return {
    async assess(request, signal) {
      const found = seriesOf(parts, request);
      const range = rangeOf(found, request);
      const now = parts.clock();
      const isLong = timeframeLength(found.timeframe) >= DAY;
      const scanned: Scan[] = [];
      for (const stretch of stretchesOf(found.calendar, found.timeframe, range)) {
        const read = isLong && request.from === undefined ? { ...stretch, from: found.first } : stretch;
        scanned.push(await scan(found, stretch, read, now, signal));
      }
      const { days, quietBars, missing } = joinScans(scanned);
      const marks = (await parts.expectedGaps()).filter(
        ({ symbol, timeframe, from, until }) =>
          symbol === found.symbol &&
          (timeframe === null || parseTimeframe(timeframe) === found.timeframe) &&
          from < range.until &&
          until > range.from,
      );
      const runs = await findHalts(parts, found, applyMarks(missing, marks), days, signal);
      const objects = await pointingNowhere(parts, found.symbol, signal);
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
    },
    objects: async (symbol, signal) =>
      (await pointingNowhere(parts, symbol, signal)).map(({ finding }) => finding),
  };
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

interface Scan extends ScannedStretch {
  readonly unreadable: readonly UnreadableFile[];
}

function keep(scans: Map<string, Scan>, key: string, scan: Scan): void {
  scans.set(key, scan);
  const [oldest] = scans.keys();
  if (scans.size > mostKept && oldest !== undefined) scans.delete(oldest);
}

/** Files never change, so their names say what was read; of rows in memory their places in the log do. */
function keyOf(
  {
    symbol,
    timeframe,
    calendar,
  }: { readonly symbol: string; readonly timeframe: string; readonly calendar: string },
  { from, until }: Stretch,
  { files, tail }: StretchSources,
  generation: number,
): string {
  const rows = tail.map(({ sequence, index, file }) => `${sequence}.${index}${file === null ? '' : '+'}`);
  const paths = files.map(({ path }) => path);
  const key = JSON.stringify([generation, symbol, timeframe, calendar, from, until, paths, rows]);
  return createHash('sha256').update(key).digest('base64');
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

/** Looks at what other symbols did meanwhile. Only exchanges of shares halt single symbols. */
async function findHalts(
  { series, bars, calendarOf }: QualityParts,
  found: FoundSeries,
  runs: readonly ExplainedRun[],
  days: readonly CoveredDay[],
  signal?: AbortSignal,
): Promise<readonly ExplainedRun[]> {
  const { timeframe, calendar } = found;
  if (calendar !== 'us-equity' || timeframeLength(timeframe) >= DAY) return runs;
  const others = fullest(series.list(), found, calendarOf);
  if (others.length === 0) return runs;
  let lookedAt = 0;
  const explained: ExplainedRun[] = [];
  for (const run of runs) {
    if (run.cause !== 'missing' || !mayBeHalt(run, days) || lookedAt >= mostHaltsLookedAt) {
      explained.push(run);
      continue;
    }
    lookedAt += 1;
    signal?.throwIfAborted();
    const counts: number[] = [];
    for (const other of others) {
      if (other.first > run.from || other.last < run.from) continue;
      const wanted = {
        symbol: other.symbol,
        timeframe,
        from: run.from,
        until: run.until,
        levels: 'all',
      } as const;
      counts.push((await bars.read(wanted, signal)).bars.ts.length);
    }
    const trading = counts.filter((count) => count * 2 >= run.bars).length;
    explained.push(
      isHalt(run.bars, counts)
        ? { ...run, cause: 'halt', reason: `${trading} of ${counts.length} other symbols traded on` }
        : run,
    );
  }
  return explained;
}

function fullest(
  symbols: readonly SymbolSummary[],
  { symbol, timeframe, calendar }: FoundSeries,
  calendarOf: (symbol: string) => CalendarId,
) {
  return symbols
    .filter((each) => each.symbol !== symbol && calendarOf(each.symbol) === calendar)
    .flatMap((each) => {
      const stored = each.timeframes.find((coverage) => coverage.timeframe === timeframe);
      return stored === undefined ? [] : [{ symbol: each.symbol, ...stored }];
    })
    .sort((a, b) => b.bars - a.bars || (a.symbol < b.symbol ? -1 : 1))
    .slice(0, mostOthers);
}

interface ObjectNowhere {
  readonly timeframe: string;
  readonly finding: Finding;
}

async function pointingNowhere(
  { objects, series, bars, clock }: QualityParts,
  symbol: string | undefined,
  signal?: AbortSignal,
): Promise<readonly ObjectNowhere[]> {
  const known = (await objects.asOf(clock(), symbol, signal)).objects;
  const ids = new Set(known.map(({ object_id: id }) => id));
  const summaries = new Map(series.list().map((summary) => [summary.symbol, barsOf(bars, summary)]));
  const found: ObjectNowhere[] = [];
  for (const object of known) {
    signal?.throwIfAborted();
    const reason = await nowhere(object, summaries.get(object.symbol), ids);
    if (reason !== null) found.push({ timeframe: object.timeframe, finding: objectFinding(object, reason) });
  }
  return found.sort((a, b) => a.finding.from - b.finding.from);
}

function barsOf(bars: BarReader, { symbol, timeframes }: SymbolSummary): SymbolBars | undefined {
  const [finest] = timeframes;
  if (finest === undefined) return undefined;
  return {
    timeframes: timeframes.map(({ timeframe }) => timeframe),
    from: Math.min(...timeframes.map(({ first }) => first)),
    until: Math.max(...timeframes.map(({ last, timeframe }) => last + timeframeLength(timeframe))),
    async hasBars(from, until) {
      for (const { timeframe } of timeframes) {
        const start = from - timeframeLength(timeframe) + 1;
        const found = await bars.read({ symbol, timeframe, from: start, until, levels: 'all' });
        if (found.bars.ts.length > 0) return true;
      }
      return false;
    },
  };
}
