import type { CompactionReport, ReplaceDayReport } from '#shared/domain/compaction';
import { parseTimeframe } from '#shared/domain/timeframe';
import type { RejectedRow } from '#shared/domain/ingest';
import { WorkbenchError } from '#shared/errors';
import { candles } from '#schemas/datasets/candles';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { validateRow } from '#schemas/validate-row';
import { wordingDiskErrors } from '../storage/disk-error.ts';
import { dotPath, isPeriod, periodOf, periodRange } from '../storage/layout.ts';
import { planReplacement } from '../storage/plan-compaction.ts';
import { folderOf, makeFolderDurably } from '../storage/publish-file.ts';
import { noAverages, type KeepAverages } from './keep-averages.ts';
import { mergeLocked, type MergeParts } from './merge-job.ts';
import { noRollups, type RefreshAround } from './rollups/rollups.ts';
import { moveToTrash } from './trash.ts';

export interface ReplaceDayRequest {
  readonly timeframe: string;
  /** UTC day. */
  readonly day: string;
  readonly rows: readonly unknown[];
}

export type ReplaceDay = (request: ReplaceDayRequest, signal?: AbortSignal) => Promise<ReplaceDayReport>;

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
): ReplaceDay {
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
      const upTo = await store.flushParts();
      const merge = planReplacement(store.catalog.files(), candles, timeframe, day, upTo);
      const symbols = [...new Set(rows.map((row) => String(row[symbolAt])))].sort();
      const replacement = {
        ...{ by: `${root}/${path}`, symbols, partition: day, rows: rows.length, upTo },
        ...periodRange(day),
      };
      return await mergeLocked(parts, merge, { keepParts: false, replacement }, signal);
    } finally {
      await store.fs.remove(path).catch(() => undefined);
    }
  }

  return async ({ timeframe: given, day, rows: inputs }, signal) => {
    const timeframe = parseTimeframe(given);
    if (timeframe === null)
      throw new WorkbenchError('argument-invalid', `timeframe: ${given} is not one such as 5m`);
    if (!isPeriod(day) || day.length !== 10)
      throw new WorkbenchError('argument-invalid', `day: ${day} is not a day`);
    const { rows, rejected } = checkRows(inputs, timeframe, day, zone);
    if (rejected.length > 0) return { replaced: null, rejected };
    if (rows.length === 0)
      throw new WorkbenchError('argument-invalid', 'rows: there are none to replace the day by');

    // Before anything is looked at: a compaction meanwhile would mix rows from before and after.
    const unlock = parts.locks.take({ dataset: candles, timeframe, period: day });
    try {
      const replaced = await wordingDiskErrors(() => replace(timeframe, day, rows, signal));
      await moveToTrash(parts.store);
      const rollups = await refreshAround([periodRange(day)], signal);
      await keepAverages([replaced], true);
      return { replaced: { ...replaced, rollups }, rejected };
    } finally {
      unlock();
    }
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

/** A dot-file of the day: swept after a crash like any other. */
function newRowsPath(timeframe: string, day: string, count: number): string {
  return dotPath(`${candles.folder}/${timeframe}/${day}.new-${count}.parquet`);
}
