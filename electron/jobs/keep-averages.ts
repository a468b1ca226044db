import type { CompactionReport } from '#shared/domain/compaction';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { ema, emaSettling } from '#shared/math/ema';
import { candles } from '#schemas/datasets/candles';
import type { EmaSeriesState, EmaValues } from '#schemas/documents/ema-documents';
import { readEmaState, writeEmaState, writeEmaValues } from '../documents/ema-files.ts';
import type { BarReader } from '../queries/bar-reader.ts';
import { wordingDiskErrors } from '../storage/disk-error.ts';
import type { FileEntry } from '../storage/file-entry.ts';
import type { Store } from '../storage/store.ts';

export interface AverageParts {
  readonly store: Store;
  readonly root: string;
  /** Of its own: what it reads is not what the user looks at. */
  readonly bars: BarReader;
  /** None: nothing is kept. */
  readonly periods: readonly number[];
}

/** Brings the averages that bots go on from up to the bars that were merged, or put in the place of others. */
export type KeepAverages = (reports: readonly MergedFiles[], isReplacement?: boolean) => Promise<void>;

/** Which files became which. */
export type MergedFiles = Pick<CompactionReport, 'dataset' | 'timeframe' | 'output' | 'inputs'>;

/** For a store that keeps none. */
export const noAverages: KeepAverages = () => Promise.resolve();

/**
 * Keeps `emas/ema_state.json` and `emas/<TF>.json`: exponential averages of all closes up to the last merged bar, and
 * what they need to go on, so that nobody has to read years of bars in the morning.
 *
 * They go on from where they were; where earlier bars have changed they are made anew of as many bars as it takes for
 * the beginning not to show.
 */
export function createKeepAverages({ store, root, bars, periods }: AverageParts): KeepAverages {
  let last: Promise<void> = Promise.resolve();

  async function keep(reports: readonly MergedFiles[], isReplacement: boolean): Promise<void> {
    const merged = mergedSeries(store, reports, isReplacement);
    if (merged.length === 0) return;
    const series = new Map((await readEmaState(root)).map((state) => [keyOf(state), state] as const));
    for (const each of merged) {
      const state = await advance(each, series.get(keyOf(each)));
      if (state !== null) series.set(keyOf(state), state);
    }
    const sorted = [...series].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, state]) => state);
    await writeEmaState(root, sorted);
    for (const timeframe of new Set(merged.map((each) => each.timeframe))) {
      const own = sorted.filter((state) => state.timeframe === timeframe);
      await writeEmaValues(root, {
        timeframe,
        symbols: Object.fromEntries(own.map((state) => [state.symbol, valuesOf(state)])),
      });
    }
  }

  async function advance(
    merged: MergedSeries,
    known: EmaSeriesState | undefined,
  ): Promise<EmaSeriesState | null> {
    const goesOn =
      known !== undefined &&
      merged.first > known.through &&
      known.averages.map(({ period }) => period).join() === periods.join();
    const until = Math.max(merged.last, known?.through ?? 0) + 1;
    const { closes, through } = goesOn
      ? await closesBetween(merged, known.through + 1, until)
      : await closesBefore(merged, until);
    if (through === null) return null;
    const averages = periods.map(
      (period, index) => ema(closes, period, goesOn ? known.averages[index] : undefined).state,
    );
    const { symbol, timeframe } = merged;
    return { symbol, timeframe, through, through_iso: formatIsoUtc(through), averages };
  }

  async function closesBetween({ symbol, timeframe }: MergedSeries, from: number, until: number) {
    const found = await bars.read({ symbol, timeframe, from, until, levels: 'all' });
    return { closes: found.bars.close, through: found.bars.ts.at(-1) ?? null };
  }

  /** The last closes, as many as the longest average settles in, if there are so many. */
  async function closesBefore(merged: MergedSeries, until: number) {
    const count = emaSettling(Math.max(...periods));
    const extent = bars.extent(merged.symbol, merged.timeframe);
    // Nights and weekends make it more than the bars take: it is tried again with twice as much.
    for (let length = 2 * count * timeframeLength(merged.timeframe); ; length *= 2) {
      const found = await closesBetween(merged, until - length, until);
      if (found.closes.length < count && extent !== null && extent.first < until - length) continue;
      return { ...found, closes: found.closes.subarray(-count) };
    }
  }

  return (reports, isReplacement = false) => {
    if (periods.length === 0) return noAverages(reports);
    const turn = last.then(() => wordingDiskErrors(() => keep(reports, isReplacement)));
    last = turn.catch(() => undefined);
    return turn;
  };
}

interface MergedSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** First and last of the bars that may be new or different. */
  readonly first: number;
  readonly last: number;
}

/** Rows that were in a compacted file before say nothing new, unless they were replaced. */
function mergedSeries(store: Store, reports: readonly MergedFiles[], isReplacement: boolean): MergedSeries[] {
  const merged = new Map<string, MergedSeries>();
  for (const { dataset, timeframe: text, output, inputs } of reports) {
    const timeframe = parseTimeframe(text);
    if (dataset !== candles.name || timeframe === null) continue;
    const read = [output, ...inputs].flatMap(
      (path) => store.catalog.get(path) ?? store.catalog.deadFile(path) ?? [],
    );
    const changed = isReplacement ? read : read.filter(({ level }) => level === 'part');
    for (const { symbol, first, last } of changed.flatMap(({ spans }: FileEntry) => spans)) {
      const key = keyOf({ symbol, timeframe });
      const known = merged.get(key) ?? { symbol, timeframe, first, last };
      merged.set(key, { ...known, first: Math.min(known.first, first), last: Math.max(known.last, last) });
    }
  }
  return [...merged.values()];
}

function keyOf({ symbol, timeframe }: { readonly symbol: string; readonly timeframe: string }): string {
  return `${symbol} ${timeframe}`;
}

function valuesOf({ through, through_iso, averages }: EmaSeriesState): EmaValues {
  const values = averages.map(({ period, count, accumulated }) => [
    `ema_${period}`,
    count < period ? null : accumulated,
  ]);
  return {
    ...(Object.fromEntries(values) as Record<`ema_${number}`, number | null>),
    ts: through,
    ts_iso: through_iso,
  };
}
