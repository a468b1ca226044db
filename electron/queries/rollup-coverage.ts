import type { CalendarId } from '#shared/domain/session-calendar';
import { joinStretches, withoutStretches, type Stretch } from '#shared/domain/stretches';
import type { Timeframe } from '#shared/domain/timeframe';
import { candles } from '#schemas/datasets/candles';
import { rollups } from '#schemas/datasets/rollups';
import type { FileEntry } from '../storage/file-entry.ts';
import { periodRange } from '../storage/layout.ts';
import { staleStretches } from '../storage/stale-stretches.ts';
import type { Store } from '../storage/store.ts';

export interface RollupWanted {
  readonly symbol: string;
  readonly calendar: CalendarId;
  /** What the bars are made of. */
  readonly source: Timeframe;
  readonly timeframe: Timeframe;
}

/** Half-open: the bar that an instant falls into. */
export type BucketAt = (ts: number) => Stretch;

export interface RollupCoverage {
  /** Where files hold exactly the bars that could be made of what is on disk: in order, apart, whole bars. */
  readonly of: (wanted: RollupWanted, bucket: BucketAt) => readonly Stretch[];
  /** Changes whenever the files do that the answer is made of. */
  readonly version: (wanted: RollupWanted) => string;
}

/** Tells where rollups can be taken for what the stored bars would give. Counted again when the files change. */
export function createRollupCoverage(store: Store): RollupCoverage {
  const known = new Map<string, { readonly version: string; readonly covered: readonly Stretch[] }>();

  function version({ source, timeframe }: RollupWanted): string {
    const { catalog, generation } = store;
    const [from, made] = [
      catalog.seriesVersion(candles.name, source),
      catalog.seriesVersion(rollups.name, timeframe),
    ];
    return `${generation}:${from}:${made}`;
  }

  function coveredBy(file: FileEntry, wanted: RollupWanted, bucket: BucketAt): Stretch[] {
    const { from, until } = periodRange(file.partition);
    const [first, last] = [bucket(from), bucket(until - 1)];
    const whole = { from: first.from >= from ? first.from : first.until, until: last.until };
    const current = store.catalog.filesToRead(
      candles.name,
      wanted.source,
      wanted.symbol,
      whole.from,
      whole.until,
    );
    const making = { symbol: wanted.symbol, calendar: wanted.calendar, timeframe: wanted.source };
    const stale = staleStretches(file.madeFrom, making, current, (path) => store.catalog.isOnDisk(path));
    return stale === null
      ? []
      : withoutStretches(whole, joinStretches(stale.map((each) => wholeBars(each, bucket))));
  }

  return {
    version,
    of(wanted, bucket) {
      const { symbol, calendar, source, timeframe } = wanted;
      const key = `${timeframe}|${source}|${calendar}|${symbol}`;
      const now = version(wanted);
      const last = known.get(key);
      if (last?.version === now) return last.covered;
      const files = [...store.catalog.filesOnDisk(rollups.name, timeframe)];
      // Of two files of one period, which only a restore from the trash can leave, neither is trusted.
      const single = files.filter(
        ({ path, partition }) => !files.some((other) => other.partition === partition && other.path !== path),
      );
      const covered = joinStretches(single.flatMap((file) => coveredBy(file, wanted, bucket)));
      known.set(key, { version: now, covered });
      return covered;
    },
  };
}

/** The same widened to whole bars. */
export function wholeBars({ from, until }: Stretch, bucket: BucketAt): Stretch {
  return { from: bucket(from).from, until: bucket(until - 1).until };
}

/** The bars that rows belong to. */
export function barsAround(ts: ArrayLike<number>, bucket: BucketAt): Stretch[] {
  const found: Stretch[] = [];
  for (let index = 0; index < ts.length; index += 1) {
    const at = ts[index] ?? 0;
    const last = found.at(-1);
    if (last === undefined || at >= last.until) found.push(wholeBars({ from: at, until: at + 1 }, bucket));
  }
  return found;
}
