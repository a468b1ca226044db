import type { TrashedFile } from '#shared/domain/trash';
import { WorkbenchError } from '#shared/errors';
import type { DeadFile } from '../../storage/log-entry.ts';
import type { Store } from '../../storage/store.ts';

/** Files as lists show them, oldest first. */
export function trashedFiles(files: readonly DeadFile[]): readonly TrashedFile[] {
  return files.map(trashedFile).sort(byTime);
}

/** Every file that lies in the trash. */
export function filesInTrash(store: Store): readonly DeadFile[] {
  return [...store.catalog.deadFiles()].filter(({ place }) => place === 'trash');
}

/** Those, and every file that waits to be moved there. */
export function retiredFiles(store: Store): readonly DeadFile[] {
  return [...store.catalog.deadFiles()].filter((file) => file.place === 'trash' || isInPlace(file));
}

/** Whether a file is dead and waits to be moved, rather than one that was told to stay. */
export function isInPlace({ place, deadlineMs }: DeadFile): boolean {
  return place === 'store' && deadlineMs !== null;
}

/** What lies on a disk that is not there stays as it is until that is back. */
export function isPresent({ catalog }: Store, file: DeadFile): boolean {
  return catalog.absence(file) === null;
}

export function nothingOf(job: string): WorkbenchError {
  return new WorkbenchError('argument-invalid', `job: nothing of ${job} is in the trash`);
}

/** One of them as lists show it. */
export function trashedFile({
  path,
  job,
  rows,
  sizeBytes,
  replacedBy,
  atMs,
  deadlineMs,
}: DeadFile): TrashedFile {
  return { path, job, rows, sizeBytes, replacedBy, atMs, deadlineMs };
}

/** Order of such lists, the oldest first. */
export function byTime(a: TrashedFile, b: TrashedFile): number {
  return a.atMs - b.atMs || (a.path < b.path ? -1 : 1);
}
