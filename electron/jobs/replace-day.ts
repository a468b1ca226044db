import { counted } from '#shared/counted';
import type { CompactionReport, ReplaceDayReport } from '#shared/domain/compaction';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import type { RejectedRow } from '#shared/domain/ingest';
import { WorkbenchError } from '#shared/errors';
import { candles } from '#schemas/datasets/candles';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { validateRow } from '#schemas/validate-row';
import { wordingDiskErrors } from '../storage/disk-error.ts';
import { levelOfPeriod, periodOf, periodRange } from '../storage/layout.ts';
import { folderOf, makeFolderDurably } from '../storage/publish-file.ts';
import { noAverages, type KeepAverages } from './keep-averages.ts';
import type { MergeParts } from './merge-job.ts';
import type { JobContext, JobKind } from './queue/job-kind.ts';
import { partitionName } from './queue/job-partitions.ts';
import { newRowsPath, replaceWithFile } from './replace-with-file.ts';
import { noRollups, type RefreshAround } from './rollups/rollups.ts';
import { moveToTrash } from './trash/move-to-trash.ts';

export interface ReplaceDayRequest {
  readonly timeframe: string;
  /** UTC day. */
  readonly day: string;
  readonly rows: readonly unknown[];
}

export interface ReplaceDayPlan {
  readonly timeframe: Timeframe;
  readonly day: string;
  readonly rows: readonly StoredRow[];
  readonly rejected: readonly RejectedRow[];
}

/** It cannot simply be run again: the rows are not kept. */
export type ReplaceDayKind = JobKind<ReplaceDayRequest, ReplaceDayPlan, ReplaceDayReport>;

/** Writes rows to a Parquet file at an absolute path, in the dataset's order. The file is not flushed. */
export type WriteFile = (dataset: Dataset, rows: readonly StoredRow[], path: string) => Promise<void>;

/**
 * Replaces all bars of a day, of the symbols that the new rows have, by the new rows. Rows written before the call are
 * superseded, rows that arrive meanwhile are kept. Nothing is replaced if any of the new rows is refused.
 */
export function createReplaceDay(
  parts: MergeParts,
  writeFile: WriteFile,
  zone: string,
  refreshAround: RefreshAround = noRollups,
  keepAverages: KeepAverages = noAverages,
): ReplaceDayKind {
  let count = 0;

  async function replace(
    timeframe: string,
    day: string,
    rows: readonly StoredRow[],
    signal?: AbortSignal,
  ): Promise<CompactionReport> {
    const { store, root } = parts;
    const path = newRowsPath(timeframe, day, ++count);
    try {
      await makeFolderDurably(store.fs, folderOf(path));
      await writeFile(candles, rows, `${root}/${path}`);
      const symbols = rows.map((row) => String(row[symbolAt]));
      return await replaceWithFile(parts, { timeframe, day, path, rows: rows.length, symbols }, signal);
    } finally {
      await store.fs.remove(path).catch(() => undefined);
    }
  }

  function plan({ timeframe: given, day, rows: inputs }: ReplaceDayRequest): ReplaceDayPlan {
    const timeframe = parseTimeframe(given);
    if (timeframe === null)
      throw new WorkbenchError('argument-invalid', `timeframe: ${given} is not one such as 5m`);
    if (levelOfPeriod(day) !== 'day')
      throw new WorkbenchError('argument-invalid', `day: ${day} is not a day`);
    const { rows, rejected } = checkRows(inputs, timeframe, day, zone);
    if (rows.length === 0 && rejected.length === 0)
      throw new WorkbenchError('argument-invalid', 'rows: there are none to replace the day by');
    return { timeframe, day, rows, rejected };
  }

  async function run(
    { timeframe, day, rows, rejected }: ReplaceDayPlan,
    { signal, progress, log }: JobContext,
  ): Promise<ReplaceDayReport> {
    for (const { line, field, reason } of rejected) log(`Row ${line}: ${field} ${reason}.`);
    if (rejected.length > 0) return { replaced: null, rejected };
    progress({ rowsTotal: rows.length, doing: `Replacing candles ${timeframe} ${day}` });
    // Before anything is looked at: a compaction meanwhile would mix rows from before and after.
    const unlock = parts.locks.take({ dataset: candles, timeframe, period: day });
    try {
      const replaced = await wordingDiskErrors(() => replace(timeframe, day, rows, signal));
      progress({ rows: rows.length, doing: 'Bringing rollups and averages up to date' });
      log(`${replaced.output}: ${counted(rows.length, 'row')} in the place of what the day held; verified.`);
      await moveToTrash(parts.store);
      const rollups = await refreshAround([periodRange(day)], signal);
      await keepAverages([replaced], true);
      return { replaced: { ...replaced, rollups }, rejected };
    } finally {
      unlock();
    }
  }

  return {
    kind: 'replace-day',
    plan: async (request) => Promise.resolve(plan(request)),
    title: ({ timeframe, day, rejected }) =>
      rejected.length === 0
        ? `Replace candles ${timeframe} ${day}`
        : `Replace candles ${timeframe} ${day}: refused, ${counted(rejected.length, 'row is', 'rows are')} wrong`,
    partitionsOf: ({ timeframe, day, rejected }) =>
      rejected.length === 0 ? [partitionName(candles.name, timeframe, day)] : [],
    run,
  };
}

const columns = Object.keys(candles.columns);
const symbolAt = columns.indexOf('symbol');
const timeframeAt = columns.indexOf('timeframe');
const tsAt = columns.indexOf('ts');

function checkRows(inputs: readonly unknown[], timeframe: string, day: string, zone: string) {
  const rows: StoredRow[] = [];
  const rejected: RejectedRow[] = [];
  inputs.forEach((input, index) => {
    const line = index + 1;
    const verdict = validateRow(candles, input, zone);
    if (!verdict.ok) rejected.push({ line, field: verdict.field, reason: verdict.reason });
    else if (parseTimeframe(String(verdict.row[timeframeAt])) !== timeframe) {
      rejected.push({ line, field: 'timeframe', reason: `is not ${timeframe}` });
    } else if (periodOf('day', Number(verdict.row[tsAt])) !== day) {
      rejected.push({ line, field: 'ts', reason: `is not on ${day} in UTC` });
    } else rows.push(verdict.row);
  });
  return { rows, rejected };
}
