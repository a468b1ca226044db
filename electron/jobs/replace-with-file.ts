import type { CompactionReport } from '#shared/domain/compaction';
import { candles } from '#schemas/datasets/candles';
import { dotPath, periodRange } from '../storage/layout.ts';
import { planReplacement } from '../storage/plan-compaction.ts';
import { mergeLocked, type MergeParts } from './merge-job.ts';

/** Bars of one UTC day in a file that is no part of the store. */
export interface DayFile {
  readonly timeframe: string;
  readonly day: string;
  /** Relative to the store's folder. */
  readonly path: string;
  readonly rows: number;
  readonly symbols: readonly string[];
  /** Where the rows were made of what is stored: up to what they had seen. Later ones are kept. */
  readonly upTo?: number;
}

/**
 * Puts the bars of a file in the place of all that the store has of its symbols on that day. Rows written before the
 * call are superseded, rows that arrive meanwhile are kept. The caller has the lock of the partition.
 */
export async function replaceWithFile(
  parts: MergeParts,
  { timeframe, day, path, rows, symbols, upTo: seen }: DayFile,
  signal?: AbortSignal,
): Promise<CompactionReport> {
  const { store, root } = parts;
  const flushed = await store.flushParts();
  const upTo = seen ?? flushed;
  const merge = planReplacement(store.catalog.files(), candles, timeframe, day, upTo);
  const sorted = [...new Set(symbols)].sort();
  const replacement = {
    ...{ by: `${root}/${path}`, symbols: sorted, partition: day, rows, upTo },
    ...periodRange(day),
  };
  return mergeLocked(parts, merge, { keepParts: false, replacement }, signal);
}

/** Where such a file may lie: a dot-file of the day, swept after a crash like any other. */
export function newRowsPath(timeframe: string, day: string, count: number): string {
  return dotPath(`${candles.folder}/${timeframe}/${day}.new-${count}.parquet`);
}
