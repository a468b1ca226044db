import type { CompactionReport, PlannedMerge } from '#shared/domain/compaction';
import { parseTimeframe } from '#shared/domain/timeframe';
import { WorkbenchError } from '#shared/errors';
import type { CompactionRequest } from '#shared/ipc';
import type { RollupReport } from '#shared/domain/rollup';
import { candles } from '#schemas/datasets/candles';
import { datasets, findDataset } from '#schemas/index';
import type { Dataset } from '#schemas/define-dataset';
import { firstCompactedLevel, isPeriod, periodRange } from '../storage/layout.ts';
import { planCompaction, type Merge } from '../storage/plan-compaction.ts';
import type { Store } from '../storage/store.ts';
import { noAverages, type KeepAverages } from './keep-averages.ts';
import { mergeAndSwitch, type MergeParts } from './merge-job.ts';
import { noRollups, type RefreshAround } from './rollups/rollups.ts';
import { moveToTrash } from './trash.ts';

export interface Compaction {
  /** What `run` would do with the same request, and no merge. An owner first writes rows without a file to parts. */
  readonly plan: (request: CompactionRequest) => Promise<readonly PlannedMerge[]>;
  readonly run: (request: CompactionRequest, signal?: AbortSignal) => Promise<readonly CompactionReport[]>;
}

/** Turns loose parts into day files and day files into month and year files, and has rollups and averages follow. */
export function createCompaction(
  parts: MergeParts,
  refreshAround: RefreshAround = noRollups,
  keepAverages: KeepAverages = noAverages,
): Compaction {
  return {
    async plan(request) {
      if (parts.store.access === 'owner') await parts.store.flushParts();
      return planned(parts.store, request).map(plannedMerge);
    },
    async run(request, signal) {
      await parts.store.flushParts();
      const reports: CompactionReport[] = [];
      for (const { dataset, timeframe, level, period } of planned(parts.store, request)) {
        if (signal?.aborted === true) throw new WorkbenchError('cancelled', 'The compaction was cancelled');
        // Another run may have merged some of it since.
        const [merge] = planCompaction(parts.store.catalog.files(), { dataset, timeframe, level, period });
        if (merge === undefined) continue;
        reports.push(await mergeAndSwitch(parts, merge, { keepParts: request.keepParts ?? false }, signal));
      }
      if (request.keepParts !== true) await moveToTrash(parts.store);
      const merged = await withRollups(reports, refreshAround, signal);
      await keepAverages(merged);
      return merged;
    },
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

function planned(store: Store, request: CompactionRequest): Merge[] {
  return datasetsOf(request).flatMap((dataset) => {
    const timeframe = timeframeOf(request);
    const files = store.catalog.files();
    if (request.day !== undefined) {
      return planCompaction(files, { dataset, timeframe, level: 'day', period: request.day });
    }
    if (request.month !== undefined) {
      return planCompaction(files, { dataset, timeframe, level: 'month', period: request.month });
    }
    return planCompaction(files, { dataset, timeframe, level: firstCompactedLevel(dataset) });
  });
}

function datasetsOf({ dataset: name, day, month }: CompactionRequest): readonly Dataset[] {
  if (day !== undefined && month !== undefined) {
    throw new WorkbenchError('argument-invalid', 'day and month: give one of them');
  }
  const period = day ?? month;
  if (period !== undefined && !isPeriod(period)) {
    throw new WorkbenchError('argument-invalid', `${period} is not a ${day === undefined ? 'month' : 'day'}`);
  }
  const isMerged = (dataset: Dataset) => dataset.levels.includes('part');
  const fits = (dataset: Dataset) =>
    isMerged(dataset) && (day === undefined || dataset.levels.includes('day'));
  if (name === undefined) return datasets.filter(fits);
  const dataset = findDataset(name);
  if (dataset === undefined) throw new WorkbenchError('argument-invalid', `dataset: there is no ${name}`);
  if (!isMerged(dataset))
    throw new WorkbenchError('argument-invalid', `dataset: ${name} are made, not merged`);
  if (!fits(dataset)) throw new WorkbenchError('argument-invalid', `day: ${name} are compacted by the month`);
  return [dataset];
}

function timeframeOf({ timeframe }: CompactionRequest): string | undefined {
  if (timeframe === undefined) return undefined;
  const parsed = parseTimeframe(timeframe);
  if (parsed === null)
    throw new WorkbenchError('argument-invalid', `timeframe: ${timeframe} is not one such as 5m or 1h`);
  return parsed;
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
