import { rollupSources } from '#shared/domain/rollup';
import { bucketAt, type CalendarId } from '#shared/domain/session-calendar';
import type { Stretch } from '#shared/domain/stretches';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { candles } from '#schemas/datasets/candles';
import { HOUR } from '#shared/units';
import type { FileEntry } from '../../storage/file-entry.ts';
import { periodOf, periodRange } from '../../storage/layout.ts';

/** What decides which rollups there are to be. */
export interface RollupWorld {
  readonly files: Iterable<FileEntry>;
  readonly timeframesOf: (symbol: string) => readonly Timeframe[];
  readonly calendarOf: (symbol: string) => CalendarId;
}

export type RollupLevel = 'month' | 'year';

/** Files of long bars cover years, because a chart of them does. */
export function rollupLevel(timeframe: Timeframe): RollupLevel {
  return timeframeLength(timeframe) >= HOUR ? 'year' : 'month';
}

/** All that the rollups of one period are made from. */
export interface RollupPeriod {
  readonly level: RollupLevel;
  /** `2025-09` or `2025`. */
  readonly period: string;
  readonly groups: readonly RollupGroup[];
}

/** Symbols of one calendar for which the same timeframes are made of the same one. */
export interface RollupGroup {
  readonly calendar: CalendarId;
  readonly source: Timeframe;
  readonly outputs: readonly Timeframe[];
  /** Sorted. */
  readonly symbols: readonly string[];
  /** Compacted files with rows of any of them, in the order in which later rows win. */
  readonly files: readonly FileEntry[];
}

interface Gathering {
  readonly calendar: CalendarId;
  readonly source: Timeframe;
  readonly outputs: readonly Timeframe[];
  readonly symbols: Set<string>;
  readonly files: FileEntry[];
}

/** The time that the bars of a period take their rows from: the last trading day that begins in it may end after it. */
export function reachOf(calendar: CalendarId, period: string): Stretch {
  const { from, until } = periodRange(period);
  return { from, until: bucketAt(calendar, oneDay, until - 1).until };
}

/** Finds, for each month and year that has compacted files, the symbols that rollups can be made for. */
export function groupRollups({ files, timeframesOf, calendarOf }: RollupWorld): RollupPeriod[] {
  const makings = new Map<string, readonly Making[]>();
  const periods = new Map<string, Map<string, Gathering>>();
  for (const file of files) {
    if (file.dataset !== candles.name || file.level === 'part') continue;
    for (const [key, { making, symbols, first, last }] of membersOf(file)) {
      for (const period of periodsOf(making, first, last)) {
        const groups = entryOf(periods, `${making.level}/${period}`, () => new Map<string, Gathering>());
        const { calendar, source, outputs } = making;
        const group = entryOf(groups, key, () => ({
          calendar,
          source,
          outputs,
          symbols: new Set<string>(),
          files: [],
        }));
        group.files.push(file);
        for (const symbol of symbols) group.symbols.add(symbol);
      }
    }
  }
  return [...periods].sort(byKey).map(([key, groups]) => {
    const [level, period = ''] = key.split('/');
    const sorted = [...groups].sort(byKey).map(settled);
    return { level: level === 'year' ? 'year' : 'month', period, groups: sorted };
  });

  function membersOf(file: FileEntry): ReadonlyMap<string, Members> {
    const members = new Map<string, Members>();
    for (const { symbol, first, last } of file.spans) {
      for (const making of entryOf(makings, symbol, () => makingsOf(symbol))) {
        if (making.source !== file.timeframe) continue;
        const known = entryOf(members, making.key, () => ({ making, symbols: [], first, last }));
        known.symbols.push(symbol);
        known.first = Math.min(known.first, first);
        known.last = Math.max(known.last, last);
      }
    }
    return members;
  }

  function makingsOf(symbol: string): Making[] {
    const calendar = calendarOf(symbol);
    const found = new Map<string, Timeframe[]>();
    for (const [timeframe, source] of rollupSources(timeframesOf(symbol))) {
      entryOf(found, `${rollupLevel(timeframe)}/${source}`, () => []).push(timeframe);
    }
    return [...found].flatMap(([of, outputs]) => {
      const [level, text = ''] = of.split('/');
      const source = parseTimeframe(text);
      if (source === null) return [];
      const key = [calendar, source, ...outputs].join(' ');
      return [{ key, level: level === 'year' ? 'year' : 'month', calendar, source, outputs }];
    });
  }
}

interface Making {
  readonly key: string;
  readonly level: RollupLevel;
  readonly calendar: CalendarId;
  readonly source: Timeframe;
  readonly outputs: readonly Timeframe[];
}

interface Members {
  readonly making: Making;
  readonly symbols: string[];
  first: number;
  last: number;
}

const oneDay = '1d' as Timeframe;

/** The periods that take rows from between two instants. */
function periodsOf({ level, calendar }: Making, first: number, last: number): string[] {
  const periods: string[] = [];
  let period = periodOf(level, first);
  const before = periodOf(level, periodRange(period).from - 1);
  if (reachOf(calendar, before).until > first) period = before;
  for (; periodRange(period).from <= last; period = periodOf(level, periodRange(period).until))
    periods.push(period);
  return periods;
}

function settled([, { symbols, files, ...group }]: readonly [string, Gathering]): RollupGroup {
  return {
    ...group,
    symbols: [...symbols].sort(),
    files: files.sort((a, b) => a.sequence - b.sequence),
  };
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function entryOf<V>(map: Map<string, V>, key: string, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}
