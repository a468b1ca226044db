import { csvLine } from '#shared/domain/csv';
import type { RetainedFile, RetentionPlan } from '#shared/domain/retention';
import { symbolsText } from '../file-columns.ts';

/** Files of one dataset, timeframe and set of symbols. */
export interface PlanGroup {
  readonly key: string;
  readonly dataset: string;
  readonly timeframe: string;
  readonly symbols: string;
  readonly files: number;
  readonly rows: number;
  readonly sizeBytes: number;
}

/** The `key` of the group that a file belongs to. */
export function groupKey({ dataset, timeframe, symbols }: RetainedFile): string {
  return `${dataset} ${timeframe} ${symbols.join()}`;
}

/** By dataset, timeframe and symbols. */
export function planGroups(files: readonly RetainedFile[]): readonly PlanGroup[] {
  const groups = new Map<string, PlanGroup>();
  for (const file of files) {
    const key = groupKey(file);
    const known = groups.get(key);
    groups.set(key, {
      key,
      dataset: file.dataset,
      timeframe: file.timeframe,
      symbols: symbolsText(file.symbols),
      files: (known?.files ?? 0) + 1,
      rows: (known?.rows ?? 0) + file.rows,
      sizeBytes: (known?.sizeBytes ?? 0) + file.sizeBytes,
    });
  }
  return [...groups.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Both lists of a plan, a line a file. */
export function planAsCsv({ files, kept }: RetentionPlan): string {
  const line = (verdict: string, file: RetainedFile, why: string) =>
    csvLine([
      ...[verdict, file.path, file.dataset, file.timeframe, file.symbols.join(' ')],
      ...[new Date(file.firstMs).toISOString(), new Date(file.lastMs).toISOString()],
      ...[String(file.rows), String(file.sizeBytes), why],
    ]);
  const titles = 'verdict,path,dataset,timeframe,symbols,first_utc,last_utc,rows,size_bytes,reason\n';
  return [
    titles,
    ...files.map((file) => line('goes', file, file.reason)),
    ...kept.map((file) => line('stays', file, file.because)),
  ].join('');
}

/** Both lists of a plan as text to save: `files` go, `kept` stay. Times of files are ms UTC, `at_utc` is ISO 8601. */
export function planAsJson({ atMs, files, kept, rows, sizeBytes, digest }: RetentionPlan): string {
  const plan = { at_utc: new Date(atMs).toISOString(), digest, rows, size_bytes: sizeBytes, files, kept };
  return `${JSON.stringify(plan, null, 1)}\n`;
}
