import type { TrashEntry } from '#shared/domain/trash';

/** What one job put into the trash. */
export interface TrashGroup {
  readonly job: string;
  readonly files: readonly TrashEntry[];
  readonly rows: number;
  readonly sizeBytes: number;
  readonly atMs: number;
  /** The first of its files to be removed for good; null when none is. */
  readonly deadlineMs: number | null;
  readonly missing: number;
  /** Files that still have their own names. */
  readonly unmoved: number;
  /** The hold that keeps it from being purged, in words. */
  readonly heldBy: string | null;
}

/** By job, the newest first. */
export function trashGroups(files: readonly TrashEntry[]): readonly TrashGroup[] {
  const byJob = new Map<string, TrashEntry[]>();
  for (const file of files) {
    const own = byJob.get(file.job);
    if (own === undefined) byJob.set(file.job, [file]);
    else own.push(file);
  }
  return [...byJob]
    .map(([job, own]): TrashGroup => {
      const deadlines = own.flatMap(({ deadlineMs }) => deadlineMs ?? []);
      return {
        job,
        files: own,
        rows: own.reduce((sum, { rows }) => sum + rows, 0),
        sizeBytes: own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        atMs: own.reduce((most, { atMs }) => Math.max(most, atMs), 0),
        deadlineMs: deadlines.length === 0 ? null : deadlines.reduce((a, b) => Math.min(a, b)),
        unmoved: own.filter(({ place }) => place === 'own-name').length,
        missing: own.filter(({ isMissing }) => isMissing).length,
        heldBy: own.find(({ heldBy }) => heldBy !== null)?.heldBy ?? null,
      };
    })
    .sort((a, b) => b.atMs - a.atMs || (a.job < b.job ? 1 : -1));
}
