import { counted, grouped } from '#shared/counted';
import type {
  CompactionLevel,
  CompactionOverview,
  CompactionReport,
  PlannedMerge,
} from '#shared/domain/compaction';
import type { CalendarId } from '#shared/domain/session-calendar';
import { lastTradingDay } from '#shared/domain/trading-day';
import { WorkbenchError, type ErrorCode } from '#shared/errors';
import { contract, type CompactionRequest } from '#shared/ipc';
import type { RollupReport } from '#shared/domain/rollup';
import { candles } from '#schemas/datasets/candles';
import type { FileEntry } from '../storage/file-entry.ts';
import { periodRange } from '../storage/layout.ts';
import { planCompaction, type Merge } from '../storage/plan-compaction.ts';
import type { Store } from '../storage/store.ts';
import { noAverages, type KeepAverages } from './keep-averages.ts';
import { loosePartitions } from './loose-partitions.ts';
import { mergeAndSwitch, type MergeParts } from './merge-job.ts';
import type { JobContext, JobKind } from './queue/job-kind.ts';
import { partitionName } from './queue/job-partitions.ts';
import { planMerges } from './plan-merges.ts';
import { noRollups, type RefreshAround } from './rollups/rollups.ts';
import { moveToTrash } from './trash/move-to-trash.ts';

export interface CompactionPlan {
  readonly request: CompactionRequest;
  readonly merges: readonly Merge[];
}

export type CompactionKind = JobKind<CompactionRequest, CompactionPlan, readonly CompactionReport[]>;

/** What the overview and `tradingDay` go by, beside what merging needs. */
export interface CompactionParts extends MergeParts {
  /** Of the store, where a symbol has none of its own. */
  readonly calendar: CalendarId;
}

export interface CompactionJob {
  readonly kind: CompactionKind;
  /** What has something to merge; reads the catalog alone. */
  readonly overview: (level?: CompactionLevel) => Promise<CompactionOverview>;
  /** A plan as it is shown. */
  readonly show: (plan: CompactionPlan) => readonly PlannedMerge[];
}

/** Turns loose parts into day files and day files into month and year files, and has rollups and averages follow. */
export function createCompaction(
  parts: CompactionParts,
  refreshAround: RefreshAround = noRollups,
  keepAverages: KeepAverages = noAverages,
): CompactionJob {
  const { store } = parts;

  async function run(
    { request, merges }: CompactionPlan,
    { signal, progress, log, reportSoFar }: JobContext,
  ): Promise<readonly CompactionReport[]> {
    const reports: CompactionReport[] = [];
    const failures: WorkbenchError[] = [];
    const total = totalsOf(merges.flatMap(({ inputs }) => inputs));
    const done = { files: 0, rows: 0, sizeBytes: 0 };
    progress({ ...done, filesTotal: total.files, rowsTotal: total.rows, sizeBytesTotal: total.sizeBytes });
    try {
      for (const planned of merges) {
        signal.throwIfAborted();
        progress({ doing: `Merging ${nameOf(planned)}` });
        const merge = await stillThere(store, planned, log);
        if (merge !== null) {
          try {
            const report = await mergeAndSwitch(
              parts,
              merge,
              { keepParts: request.keepParts ?? false },
              signal,
            );
            reports.push(report);
            reportSoFar(reports);
            log(mergeLine(report));
          } catch (error) {
            if (!(error instanceof WorkbenchError) || !concernsOneMerge.has(error.code)) throw error;
            failures.push(error);
            log(`${nameOf(merge)} was left as it is: ${error.message}`);
          }
        }
        const own = totalsOf(planned.inputs);
        done.files += own.files;
        done.rows += own.rows;
        done.sizeBytes += own.sizeBytes;
        progress(done);
      }
    } finally {
      // Also of a run that was stopped: what it has merged is merged.
      if (request.keepParts !== true && reports.length > 0) await moveToTrash(store);
    }
    progress({ doing: 'Bringing rollups and averages up to date' });
    const merged = await withRollups(reports, refreshAround, signal);
    await keepAverages(merged);
    throwFirst(failures);
    return merged;
  }

  return {
    kind: {
      kind: 'compact',
      async plan(request) {
        if (store.access === 'owner') await store.flushParts();
        return { request, merges: planFor(parts, request) };
      },
      title: titleOf,
      partitionsOf: ({ merges }) =>
        merges.map(({ dataset, timeframe, period }) => partitionName(dataset.name, timeframe, period)),
      run,
      resume: contract.compaction.start.args,
    },
    async overview(level) {
      if (store.access === 'owner') await store.flushParts();
      const merges = planFor(parts, level === undefined ? {} : { level });
      return {
        calendar: parts.calendar,
        lastTradingDay: lastTradingDay(parts.calendar, parts.clock()),
        partitions: loosePartitions(merges, store.catalog.presentFiles()),
      };
    },
    show: ({ merges }) => merges.map(plannedMerge),
  };
}

function planFor({ store, calendar, clock }: CompactionParts, request: CompactionRequest): readonly Merge[] {
  const merges = planMerges([...store.catalog.files()], request, { calendar, nowMs: clock() });
  // What lies on a disk that is not there is merged once it is back; its parts stay loose until then.
  return merges.filter(({ inputs }) => inputs.every((input) => store.catalog.absence(input) === null));
}

/** What is wrong with the files of one period is no reason to leave the others. */
const concernsOneMerge: ReadonlySet<ErrorCode> = new Set([
  'file-unreadable',
  'compaction-unverified',
  'tier-missing',
]);

function throwFirst(failures: readonly WorkbenchError[]): void {
  const [first] = failures;
  if (first === undefined) return;
  const messages = failures.map(({ message }) => message).join('; ');
  throw new WorkbenchError(first.code, messages, { cause: first });
}

/**
 * The merge as it was planned while every one of its files is there. What another job has merged of it since is left to
 * that job; null when nothing of it is left to do.
 */
async function stillThere(store: Store, planned: Merge, log: (text: string) => void): Promise<Merge | null> {
  const isThere = planned.inputs.every(({ path }) => store.catalog.get(path) !== undefined);
  if (isThere) return planned;
  // A file of later rows must not be merged while earlier ones of the period still wait for theirs.
  await store.flushParts();
  const { dataset, timeframe, level, period } = planned;
  const [merge] = planCompaction(store.catalog.files(), { dataset, timeframe, level, period });
  log(
    `${nameOf(planned)} has changed since it was planned: ${merge === undefined ? 'nothing is left to merge' : `${counted(merge.inputs.length, 'file is', 'files are')} merged instead of ${planned.inputs.length}`}.`,
  );
  return merge ?? null;
}

function titleOf({ merges }: CompactionPlan): string {
  const [first] = merges;
  if (first === undefined) return 'Compact: nothing to merge';
  if (merges.length === 1) return `Compact ${nameOf(first)}`;
  const datasetNames = distinct(merges.map(({ dataset }) => dataset.name));
  const timeframes = distinct(merges.map(({ timeframe }) => timeframe));
  const periods = distinct(merges.map(({ period }) => period));
  const ofOne = timeframes.length === 1 ? ` ${timeframes[0] ?? ''}` : '';
  const ofAll = timeframes.length === 1 ? '' : `, ${timeframes.length} timeframes`;
  const when = periods.length === 1 ? ` ${periods[0] ?? ''}` : `, ${periods.length} ${first.level}s`;
  return `Compact ${datasetNames.join(' and ')}${ofOne}${when}${ofAll}`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function nameOf({ dataset, timeframe, period }: Merge): string {
  return `${dataset.name} ${timeframe} ${period}`;
}

function mergeLine({
  output,
  inputs,
  rowsIn,
  rowsOut,
  duplicates,
  conflicts,
  ...sizes
}: CompactionReport): string {
  return [
    `${output}: ${counted(inputs.length, 'file')}, ${counted(rowsIn, 'row')} in, ${grouped(rowsOut)} out, ${counted(duplicates, 'duplicate')} dropped,`,
    `${counted(conflicts, 'conflict')}, ${sizes.sizeBytesBefore} bytes before, ${sizes.sizeBytesAfter} after; verified.`,
  ].join(' ');
}

function totalsOf(files: readonly FileEntry[]) {
  return {
    files: files.length,
    rows: sum(files, ({ rows }) => rows),
    sizeBytes: sum(files, ({ sizeBytes }) => sizeBytes),
  };
}

/** Each file of rollups is told of once: with the last merge in its period. */
async function withRollups(
  reports: readonly CompactionReport[],
  refreshAround: RefreshAround,
  signal?: AbortSignal,
): Promise<readonly CompactionReport[]> {
  const merged = reports.filter(({ dataset }) => dataset === candles.name);
  if (merged.length === 0) return reports;
  const made = await refreshAround(
    merged.map(({ partition }) => periodRange(partition)),
    signal,
  );
  const ownerOf = (rollup: RollupReport) => {
    const { from, until } = periodRange(rollup.partition);
    const inPeriod = merged.filter(({ partition }) => {
      const range = periodRange(partition);
      return range.from < until && from < range.until;
    });
    return inPeriod.at(-1) ?? merged.at(-1);
  };
  return reports.map((report) => ({
    ...report,
    rollups: made.filter((rollup) => ownerOf(rollup) === report),
  }));
}

function plannedMerge({ dataset, timeframe, level, period, inputs }: Merge): PlannedMerge {
  return {
    dataset: dataset.name,
    timeframe,
    level,
    partition: period,
    inputs: inputs.map(({ path, rows, sizeBytes }) => ({ path, rows, sizeBytes })),
    rows: sum(inputs, ({ rows }) => rows),
    sizeBytes: sum(inputs, ({ sizeBytes }) => sizeBytes),
  };
}

function sum<T>(items: readonly T[], read: (item: T) => number): number {
  return items.reduce((total, item) => total + read(item), 0);
}
