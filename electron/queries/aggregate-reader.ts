import { joinBars, sliceBars, type Bars } from '#shared/domain/candle';
import { bucketAt } from '#shared/domain/session-calendar';
import { joinStretches, withoutStretches, type Stretch } from '#shared/domain/stretches';
import { resampleBars } from '#shared/math/resample';
import { candles } from '#schemas/datasets/candles';
import type { Store } from '../storage/store.ts';
import type { FileEntry } from '../storage/file-entry.ts';
import { servedFrom, type BarReader, type BarsFound, type BarsWanted } from './bar-reader.ts';
import { barsAround, type BucketAt, type RollupCoverage, type RollupWanted } from './rollup-coverage.ts';

/** Bars of a timeframe that is made of a shorter, stored one. */
export interface AggregatesWanted extends RollupWanted {
  /** Where a bar begins. */
  readonly from: number;
  /** Rows of the source from here on are left out, also of a bar that they would belong to. */
  readonly until: number;
}

export type ReadAggregates = (wanted: AggregatesWanted, signal?: AbortSignal) => Promise<BarsFound>;

/** Rows that are appended meanwhile make what was read not fit together; it is read again this often. */
const mostRetries = 4;

/**
 * Reads longer bars from rollups where these are exact, and makes them of the stored bars everywhere else: the result
 * is the same to the last digit as if all had been made of those.
 */
export function createAggregateReader(
  store: Store,
  stored: BarReader,
  rolled: BarReader,
  coverage: RollupCoverage,
): ReadAggregates {
  return async (wanted, signal) => {
    const bucket: BucketAt = (ts) => bucketAt(wanted.calendar, wanted.timeframe, ts);
    for (let attempt = 0; attempt < mostRetries; attempt += 1) {
      const version = versionOf(wanted);
      const covered = coveredStretches(wanted, bucket);
      if (covered.length === 0) break;
      const found = await readMixed(wanted, covered, bucket, signal);
      if (found === null) break;
      if (versionOf(wanted) === version) return found;
    }
    return readAll(wanted, bucket, signal);
  };

  function versionOf(wanted: AggregatesWanted): string {
    const rows = store.tail.bars(wanted.symbol, wanted.source)?.rowCount ?? 0;
    return `${coverage.version(wanted)}:${rows}`;
  }

  /** Where rollups are exact, without the bars that rows in memory belong to. */
  function coveredStretches(wanted: AggregatesWanted, bucket: BucketAt): Stretch[] {
    const { symbol, source, from, until } = wanted;
    if (from >= until) return [];
    const last = bucket(until);
    const whole = { from, until: last.from };
    const tail = store.tail.bars(symbol, source)?.slice(from, until).bars.ts ?? [];
    const dirty = joinStretches(barsAround(tail, bucket));
    return coverage.of(wanted, bucket).flatMap((stretch) => {
      const cut = { from: Math.max(whole.from, stretch.from), until: Math.min(whole.until, stretch.until) };
      return cut.from < cut.until ? withoutStretches(cut, dirty) : [];
    });
  }

  /** Null when a rollup cannot be read: the bars can be had without it. */
  async function readMixed(
    wanted: AggregatesWanted,
    covered: readonly Stretch[],
    bucket: BucketAt,
    signal?: AbortSignal,
  ): Promise<BarsFound | null> {
    const { symbol, timeframe, from, until } = wanted;
    const hull = { from: covered[0]?.from ?? from, until: covered.at(-1)?.until ?? until };
    const ready = await rolled.read({ symbol, timeframe, ...hull, levels: 'all' }, signal);
    if (ready.unreadable.length > 0) return null;
    const pieces: { readonly from: number; readonly bars: Bars }[] = covered.map((stretch) => ({
      from: stretch.from,
      bars: sliceBars(ready.bars, stretch.from, stretch.until),
    }));
    const files = new Set<FileEntry>();
    let [tailParts, tailRows] = [0, 0];
    const unreadable = [...store.catalog.unreadable(candles.name, { timeframe: wanted.source, from, until })];
    for (const gap of withoutStretches({ from, until }, covered)) {
      const found = await stored.read(sourceOf(wanted, gap), signal);
      pieces.push({ from: gap.from, bars: resampleBars(found.bars, bucket) });
      for (const file of found.files) files.add(file);
      tailParts += found.served.parts - found.files.filter(({ level }) => level === 'part').length;
      tailRows += found.served.tailRows;
      unreadable.push(...found.unreadable);
    }
    pieces.sort((a, b) => a.from - b.from);
    return {
      bars: joinBars(pieces.map(({ bars }) => bars)),
      served: { ...servedFrom([...files], tailParts, tailRows), rollups: ready.files.length },
      files: [...files],
      unreadable,
      sequence: store.sequence,
    };
  }

  async function readAll(
    wanted: AggregatesWanted,
    bucket: BucketAt,
    signal?: AbortSignal,
  ): Promise<BarsFound> {
    const found = await stored.read(sourceOf(wanted, wanted), signal);
    return { ...found, bars: resampleBars(found.bars, bucket) };
  }
}

function sourceOf({ symbol, source }: AggregatesWanted, { from, until }: Stretch): BarsWanted {
  return { symbol, timeframe: source, from, until, levels: 'all' };
}
