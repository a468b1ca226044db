import { noBars, sliceBars, type Bars } from '#shared/domain/candle';
import { timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import type { Served, UnreadableFile } from '#shared/domain/viewport';
import { candles } from '#schemas/datasets/candles';
import type { Dataset } from '#schemas/define-dataset';
import { HOUR } from '#shared/units';
import type { Engine } from '../engine/engine.ts';
import { readBars, type BarsQuestion } from '../engine/read-bars.ts';
import { shapesOf, spanOf, type FileEntry } from '../storage/file-entry.ts';
import { periodOf, periodRange } from '../storage/layout.ts';
import type { Store } from '../storage/store.ts';
import { LostFiles, mostLooks } from './lost-files.ts';
import { mergeBars } from './merge-bars.ts';
import { SegmentCache, type Segment } from './segment-cache.ts';

export type ReadLevels = 'all' | 'parts' | 'compacted';

export interface BarsWanted {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly until: number;
  readonly levels: ReadLevels;
}

export interface BarsFound {
  /** Nobody else has their memory: it may be given away. */
  readonly bars: Bars;
  readonly served: Served;
  /** Those of `served` that are not in memory. */
  readonly files: readonly FileEntry[];
  readonly unreadable: readonly UnreadableFile[];
  readonly sequence: number;
}

/** First and last stored open of a series; null when it has no bars. */
export interface Extent {
  readonly first: number;
  readonly last: number;
}

export interface BarReader {
  readonly read: (wanted: BarsWanted, signal?: AbortSignal) => Promise<BarsFound>;
  readonly extent: (symbol: string, timeframe: Timeframe) => Extent | null;
  /** Lets go of the memory that bars are kept in. */
  readonly close: () => void;
}

/**
 * Reads bars as they stand at one moment: whole months (years for long timeframes) of a symbol are decoded once and
 * kept, loose rows come from memory. No file is looked for: the catalog says which to read.
 */
export function createBarReader(
  store: Store,
  engine: Engine,
  root: string,
  cacheBytes: number,
  dataset: Dataset = candles,
): BarReader {
  const cache = new SegmentCache(cacheBytes);
  // Nobody appends to what the store makes itself.
  const tailOf = (symbol: string, timeframe: Timeframe) =>
    dataset.name === candles.name ? store.tail.bars(symbol, timeframe) : undefined;

  async function read(wanted: BarsWanted, signal?: AbortSignal): Promise<BarsFound> {
    const lost = new LostFiles(store);
    for (let look = 0; ; look += 1) {
      const release = store.pin();
      try {
        const read = wanted.levels === 'all' ? readCached : readLevel;
        const found = await read(wanted, lost, signal);
        if (found !== null) return found;
        if (look >= mostLooks)
          throw new Error(`Files of ${wanted.symbol} ${wanted.timeframe} keep vanishing`);
      } finally {
        release();
      }
    }
  }

  /** Null when the files changed while they were read. */
  async function readCached(
    wanted: BarsWanted,
    lost: LostFiles,
    signal?: AbortSignal,
  ): Promise<BarsFound | null> {
    const { symbol, timeframe, from, until } = wanted;
    const periods = periodsOf(wanted, onDiskExtent(symbol, timeframe));
    const versions = periods.map((period) => versionOf(timeframe, period));
    const loaded: Segment[] = [];
    const segments = () =>
      periods.map(
        (period, index) => loaded[index] ?? cache.get(keyOf(wanted, period), versions[index] ?? ''),
      );
    // While some are loaded others can fall out of the cache.
    for (let gaps = gapsOf(segments()); gaps.length > 0; gaps = gapsOf(segments())) {
      for (const [first, end] of gaps) {
        const read = await load(wanted, periods.slice(first, end), versions.slice(first, end), lost, signal);
        if (read === null) return null;
        for (const [index, segment] of read.entries()) loaded[first + index] = segment;
      }
      if (periods.some((period, index) => versionOf(timeframe, period) !== versions[index])) return null;
    }
    const present = segments().filter((segment) => segment !== undefined);
    const tail = tailOf(symbol, timeframe)?.slice(from, until);
    const slices = present.flatMap(({ stretches }) => stretches.map((bars) => sliceBars(bars, from, until)));
    const files = withRows([...new Set(present.flatMap((segment) => segment.files))], wanted);
    return {
      bars: mergeBars(slices, tail?.bars ?? noBars),
      served: servedFrom(files, tail?.parts, tail?.pending),
      files,
      unreadable: uniqueFiles([...setAside(wanted), ...present.flatMap((segment) => segment.unreadable)]),
      sequence: store.sequence,
    };
  }

  async function load(
    { symbol, timeframe }: BarsWanted,
    periods: readonly string[],
    versions: readonly string[],
    lost: LostFiles,
    signal?: AbortSignal,
  ): Promise<readonly Segment[] | null> {
    const from = periodRange(periods[0] ?? '').from;
    const until = periodRange(periods.at(-1) ?? '').until;
    const files = store.catalog.filesToRead(dataset.name, timeframe, symbol, from, until);
    const { value, unreadable } = await readBars(engine, question(files, symbol, from, until), signal);
    if (!(await lost.areLost(unreadable))) return null;
    return periods.map((period, index) => {
      const range = periodRange(period);
      const inPeriod = files.filter((file) => touches(file, symbol, range.from, range.until));
      const faulty = unreadable.filter(({ path }) => inPeriod.some((file) => file.path === path));
      const segment: Segment = {
        ...{ version: versions[index] ?? '', stretches: [sliceBars(value, range.from, range.until)] },
        ...{ files: readable(inPeriod, faulty), unreadable: faulty },
      };
      // What cannot be read now may be mended by the next look.
      if (faulty.length === 0) cache.put(keyOf({ symbol, timeframe }, period), segment);
      return segment;
    });
  }

  async function readLevel(
    wanted: BarsWanted,
    lost: LostFiles,
    signal?: AbortSignal,
  ): Promise<BarsFound | null> {
    const { symbol, timeframe, from, until, levels } = wanted;
    const files = store.catalog
      .filesToRead(dataset.name, timeframe, symbol, from, until)
      .filter(({ level }) => (level === 'part') === (levels === 'parts'));
    const tail = levels === 'parts' ? tailOf(symbol, timeframe)?.slice(from, until) : undefined;
    const sequence = store.sequence;
    const { value, unreadable } = await readBars(engine, question(files, symbol, from, until), signal);
    if (!(await lost.areLost(unreadable))) return null;
    return {
      bars: tail === undefined ? value : mergeBars([value], tail.bars),
      served: servedFrom(readable(files, unreadable), tail?.parts, tail?.pending),
      files: readable(files, unreadable),
      unreadable: [...setAside(wanted), ...unreadable],
      sequence,
    };
  }

  function setAside({ timeframe, from, until }: BarsWanted): readonly UnreadableFile[] {
    return store.catalog.unreadable(dataset.name, { timeframe, from, until });
  }

  function question(files: readonly FileEntry[], symbol: string, from: number, until: number): BarsQuestion {
    return { root, paths: files.map(({ path }) => path), shapes: shapesOf(files), symbol, from, until };
  }

  function versionOf(timeframe: Timeframe, period: string): string {
    const months = period.length === 4 ? monthNumbers.map((month) => `${period}-${month}`) : [period];
    const numbers = months.map((month) => store.catalog.monthVersion(dataset.name, timeframe, month));
    return `${store.generation}:${numbers.join()}`;
  }

  const extents = new Map<string, { readonly version: string; readonly extent: Extent | null }>();

  function onDiskExtent(symbol: string, timeframe: Timeframe): Extent | null {
    const key = `${timeframe}|${symbol}`;
    const version = `${store.generation}:${store.catalog.seriesVersion(dataset.name, timeframe)}`;
    const known = extents.get(key);
    if (known?.version === version) return known.extent;
    let extent: Extent | null = null;
    for (const file of store.catalog.filesOnDisk(dataset.name, timeframe)) {
      const span = spanOf(file, symbol);
      if (span !== undefined) extent = widen(extent, span);
    }
    extents.set(key, { version, extent });
    return extent;
  }

  return {
    read,
    extent: (symbol, timeframe) => {
      const tail = tailOf(symbol, timeframe);
      const onDisk = onDiskExtent(symbol, timeframe);
      return tail === undefined ? onDisk : widen(onDisk, { first: tail.first(), last: tail.last() });
    },
    close: () => cache.close(),
  };
}

const monthNumbers = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));

function widen(extent: Extent | null, { first, last }: Extent): Extent {
  return extent === null
    ? { first, last }
    : { first: Math.min(extent.first, first), last: Math.max(extent.last, last) };
}

function periodsOf({ timeframe, from, until }: BarsWanted, extent: Extent | null): string[] {
  const periods: string[] = [];
  if (extent === null) return periods;
  const level = timeframeLength(timeframe) >= HOUR ? 'year' : 'month';
  const end = Math.min(until, extent.last + 1);
  for (let at = Math.max(from, extent.first); at < end;) {
    const period = periodOf(level, at);
    periods.push(period);
    at = periodRange(period).until;
  }
  return periods;
}

function keyOf({ symbol, timeframe }: { symbol: string; timeframe: Timeframe }, period: string): string {
  return `${timeframe}|${period}|${symbol}`;
}

/** Stretches of neighbours that are missing, as [first, end). */
function gapsOf(segments: readonly (Segment | undefined)[]): [number, number][] {
  const gaps: [number, number][] = [];
  segments.forEach((segment, index) => {
    if (segment !== undefined) return;
    const open = gaps.at(-1);
    if (open?.[1] === index) open[1] = index + 1;
    else gaps.push([index, index + 1]);
  });
  return gaps;
}

function touches(file: FileEntry, symbol: string, from: number, until: number): boolean {
  const span = spanOf(file, symbol);
  return span !== undefined && span.first < until && span.last >= from;
}

function withRows(files: readonly FileEntry[], { symbol, from, until }: BarsWanted): readonly FileEntry[] {
  return files.filter((file) => touches(file, symbol, from, until));
}

/** Files that an answer was made from: those that could be read. */
export function readable(
  files: readonly FileEntry[],
  unreadable: readonly UnreadableFile[],
): readonly FileEntry[] {
  return files.filter(({ path }) => !unreadable.some((file) => file.path === path));
}

/** Counts files by their levels, with what came from memory. */
export function servedFrom(files: readonly FileEntry[], tailParts = 0, tailRows = 0): Served {
  const counts = { part: tailParts, day: 0, month: 0, year: 0 };
  for (const file of files) counts[file.level] += 1;
  return {
    parts: counts.part,
    days: counts.day,
    months: counts.month,
    years: counts.year,
    rollups: 0,
    tailRows,
  };
}

function uniqueFiles(files: readonly UnreadableFile[]): UnreadableFile[] {
  return files.filter(({ path }, index) => files.findIndex((other) => other.path === path) === index);
}
