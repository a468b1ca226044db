import { rollupRules, type RollupOrigin } from '#shared/domain/rollup-origin';
import { bucketAt, type CalendarId } from '#shared/domain/session-calendar';
import { joinStretches, type Stretch } from '#shared/domain/stretches';
import { compareTimeframes, parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { DAY } from '#shared/units';
import { rollups } from '#schemas/datasets/rollups';
import type { FileEntry } from '../../storage/file-entry.ts';
import { periodRange } from '../../storage/layout.ts';
import { staleStretches } from '../../storage/stale-stretches.ts';
import {
  groupRollups,
  reachOf,
  rollupLevel,
  type RollupGroup,
  type RollupLevel,
  type RollupPeriod,
  type RollupWorld,
} from './rollup-group.ts';

export interface RollupScope {
  /** Makes everything anew, and takes nothing over from files that are there. */
  readonly rebuild: boolean;
  /** Only periods that reach into any of these; all when left out. */
  readonly touched?: readonly Stretch[] | undefined;
}

/** Files of one period that are made together. */
export interface PlannedPeriod {
  readonly level: RollupLevel;
  readonly period: string;
  readonly outputs: readonly PlannedOutput[];
  readonly groups: readonly PlannedGroup[];
}

export interface PlannedOutput {
  readonly timeframe: Timeframe;
  /** Files that this takes the place of: one, or more after a restore. */
  readonly replaces: readonly FileEntry[];
  /** The one of them whose bars are taken over where nothing has changed. */
  readonly previous: FileEntry | null;
  /** Null when there is nothing to make it from any more. */
  readonly origin: RollupOrigin | null;
}

export interface PlannedGroup extends RollupGroup {
  /** For each symbol, whole trading days whose bars are to be made anew. */
  readonly stale: ReadonlyMap<string, readonly Stretch[]>;
}

/** Decides which files of rollups do not say, or do not say exactly, what the compacted files hold. */
export function planRollups(world: RollupWorld, { rebuild, touched }: RollupScope): PlannedPeriod[] {
  const files = [...world.files];
  const existing = existingRollups(files);
  const living = new Set(files.map(({ path }) => path));
  const periods = new Map<string, RollupPeriod>(
    groupRollups({ ...world, files }).map((each) => [`${each.level}/${each.period}`, each]),
  );
  for (const { level, period } of existing.values()) {
    const key = `${level}/${period}`;
    if (!periods.has(key)) periods.set(key, { level, period, groups: [] });
  }
  return [...periods.values()]
    .filter(({ period }) => touched === undefined || touches(period, touched))
    .map(({ level, period, groups }) => {
      const outputs = outputsOf(level, period, groups, existing)
        .filter(({ origin, replaces }) => rebuild || !isExact(replaces, origin))
        .map((output) => (rebuild ? { ...output, previous: null } : output));
      const planned = groups
        .filter((group) =>
          group.outputs.some((output) => outputs.some(({ timeframe }) => timeframe === output)),
        )
        .map((group) => ({ ...group, stale: staleOf(group, period, outputs, living) }));
      return { level, period, outputs, groups: planned };
    })
    .filter(({ outputs }) => outputs.length > 0);
}

interface Existing {
  readonly level: RollupLevel;
  readonly period: string;
  readonly timeframe: Timeframe;
  readonly files: FileEntry[];
}

function existingRollups(files: readonly FileEntry[]): ReadonlyMap<string, Existing> {
  const existing = new Map<string, Existing>();
  for (const file of files) {
    const timeframe = parseTimeframe(file.timeframe);
    if (file.dataset !== rollups.name || timeframe === null) continue;
    const key = `${timeframe}/${file.partition}`;
    const known = existing.get(key);
    if (known !== undefined) known.files.push(file);
    else
      existing.set(key, { level: rollupLevel(timeframe), period: file.partition, timeframe, files: [file] });
  }
  return existing;
}

function outputsOf(
  level: RollupLevel,
  period: string,
  groups: readonly RollupGroup[],
  existing: ReadonlyMap<string, Existing>,
): PlannedOutput[] {
  const made = groups.flatMap(({ outputs }) => outputs);
  const there = [...existing.values()].flatMap((each) =>
    each.level === level && each.period === period ? each.timeframe : [],
  );
  return [...new Set([...made, ...there])].sort(compareTimeframes).map((timeframe) => {
    const replaces = existing.get(`${timeframe}/${period}`)?.files ?? [];
    const origin = originOf(groups.filter(({ outputs }) => outputs.includes(timeframe)));
    return { timeframe, replaces, previous: replaces.at(-1) ?? null, origin };
  });
}

function originOf(groups: readonly RollupGroup[]): RollupOrigin | null {
  if (groups.length === 0) return null;
  return {
    rules: rollupRules,
    sources: groups.map(({ calendar, source, symbols, files }) => ({
      calendar,
      timeframe: source,
      symbols,
      files: files.map(({ path, spans }) => ({
        path,
        first: Math.min(...spans.map(({ first }) => first)),
        last: Math.max(...spans.map(({ last }) => last)),
      })),
    })),
  };
}

function isExact(replaces: readonly FileEntry[], origin: RollupOrigin | null): boolean {
  const [file] = replaces;
  return replaces.length === 1 && JSON.stringify(file?.madeFrom) === JSON.stringify(origin);
}

/** The days on which any of the outputs is not what the sources make of it, of every symbol. */
function staleOf(
  { calendar, source, outputs, symbols, files }: RollupGroup,
  period: string,
  planned: readonly PlannedOutput[],
  living: ReadonlySet<string>,
): ReadonlyMap<string, readonly Stretch[]> {
  const reach = reachOf(calendar, period);
  const previous = planned
    .filter(({ timeframe }) => outputs.includes(timeframe))
    .map((output) => output.previous);
  return new Map(
    symbols.map((symbol) => {
      const making = { symbol, calendar, timeframe: source };
      const stale = previous.flatMap(
        (file) => staleStretches(file?.madeFrom, making, files, (path) => living.has(path)) ?? [reach],
      );
      return [symbol, wholeDays(calendar, reach, stale)];
    }),
  );
}

function wholeDays(calendar: CalendarId, reach: Stretch, stretches: readonly Stretch[]): Stretch[] {
  return joinStretches(
    stretches.map(({ from, until }) => ({
      from: Math.max(reach.from, bucketAt(calendar, oneDay, from).from),
      until: Math.min(reach.until, bucketAt(calendar, oneDay, until - 1).until),
    })),
  );
}

const oneDay = '1d' as Timeframe;

/** The bars of a period may take rows from some days after it, and a file be named for other days than its rows are. */
const margin = 7 * DAY;

function touches(period: string, touched: readonly Stretch[]): boolean {
  const { from, until } = periodRange(period);
  return touched.some((stretch) => stretch.from - margin < until && from < stretch.until + margin);
}
