import { WorkbenchError } from '#shared/errors';
import { findDataset } from '#schemas/index';
import type { FileEntry } from '../../storage/file-entry.ts';
import { trashPath } from '../../storage/layout.ts';
import type { DeadFile } from '../../storage/log-entry.ts';
import { folderOf, makeFolderDurably } from '../../storage/publish-file.ts';
import type { Store } from '../../storage/store.ts';
import type { PartitionLocks } from '../partition-locks.ts';
import { moveToTrash } from './move-to-trash.ts';
import { syncFolders } from './sync-folders.ts';
import { inTurn } from './trash-turns.ts';
import { filesInTrash, nothingOf } from './trashed-files.ts';

export interface Restoring {
  readonly job: string;
  readonly nowMs: number;
  /** When what the job had made may be purged. */
  readonly deadlineMs: number;
}

/**
 * Undoes a job: its files belong to the store again, and what it made of them goes to the trash in their place.
 * Refused when that was merged further, because its rows would be there twice.
 */
export async function restoreFromTrash(
  store: Store,
  locks: PartitionLocks,
  restoring: Restoring,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  // A call that failed on the way may have left some of them under their own names.
  await moveToTrash(store);
  try {
    return await inTurn(store, () => restore(store, locks, restoring, signal));
  } finally {
    // What the job had made; after a failure, the files that were brought back already.
    await moveToTrash(store).catch(() => undefined);
  }
}

async function restore(
  store: Store,
  locks: PartitionLocks,
  { job, nowMs, deadlineMs }: Restoring,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const files = filesInTrash(store).filter((file) => file.job === job);
  if (files.length > 0 && files.every(isLeftover))
    throw new WorkbenchError(
      'argument-invalid',
      `job: ${job} is what something that was cut short has left; its rows are in the store`,
    );
  const outputs = outputsOf(store, job, files);
  const unlocks: (() => void)[] = [];
  try {
    for (const { dataset, timeframe, partition } of outputs) {
      unlocks.push(locks.take({ dataset: { name: dataset }, timeframe, period: partition }));
    }
    await bringBack(store, job, files, signal);
    const undone = outputs.map((output) => ({
      ...output,
      replacedBy: files[0]?.path ?? null,
      job: `restore-${job}`,
      atMs: nowMs,
      deadlineMs,
    }));
    const ofStore = files.filter(isOfStore);
    if (ofStore.length > 0) await store.swap(ofStore.map(entryOf), undone);
    // Files of bots are theirs again: the store knows them no longer.
    await store.markGone(
      files.filter((file) => !isOfStore(file)).map(({ path }) => path),
      'nowhere',
    );
  } finally {
    for (const unlock of unlocks) unlock();
  }
  return files.map(({ path }) => path);
}

function outputsOf(store: Store, job: string, files: readonly DeadFile[]): readonly FileEntry[] {
  if (files.length === 0) throw nothingOf(job);
  return [...new Set(files.flatMap(({ replacedBy }) => replacedBy ?? []))].map((path) => {
    const output = store.catalog.get(path);
    if (output === undefined) {
      throw new WorkbenchError(
        'argument-invalid',
        `job: ${path}, which ${job} made, was replaced since; restore that job first`,
      );
    }
    return output;
  });
}

/** From the trash to their own names, where they stay dead until the log says otherwise. */
async function bringBack(
  store: Store,
  job: string,
  files: readonly DeadFile[],
  signal?: AbortSignal,
): Promise<void> {
  const { fs } = store;
  for (const file of files) {
    const { path } = file;
    const absence = store.catalog.absence(file);
    if (absence !== null) throw new WorkbenchError('tier-missing', `${path}: ${absence}`);
    // What was left of an earlier try is back in the trash: it is somebody else's.
    if ((await fs.size(path)) !== null)
      throw new WorkbenchError('argument-invalid', `${path} was written anew since; move it away first`);
    if ((await fs.size(trashPath(job, path))) !== null) continue;
    const missing = trashPath(job, path);
    throw new WorkbenchError(
      'file-unreadable',
      `${missing} is missing: someone has emptied the trash by hand`,
    );
  }
  const paths = files.map(({ path }) => path);
  // Said first, so that after a crash on the way they are found where they may be, and moved to the trash again.
  await store.markGone(paths, 'store');
  for (const { path, replacedBy } of files) {
    signal?.throwIfAborted();
    await makeFolderDurably(fs, folderOf(path));
    if (replacedBy === null) await fs.link(trashPath(job, path), path);
    else await fs.rename(trashPath(job, path), path);
  }
  await syncFolders(fs, paths.map(folderOf));
  for (const { path, replacedBy } of files) if (replacedBy === null) await fs.remove(trashPath(job, path));
  await syncFolders(
    fs,
    paths.map((path) => folderOf(trashPath(job, path))),
  );
}

/** Of a file that never was a part of the store the log knows no more than its place, and no rows. */
function isOfStore({ dataset, spans }: DeadFile): boolean {
  return findDataset(dataset) !== undefined && spans.length > 0;
}

function isLeftover(file: DeadFile): boolean {
  return findDataset(file.dataset) !== undefined && !isOfStore(file) && file.replacedBy === null;
}

function entryOf(dead: DeadFile): FileEntry {
  const { path, dataset, timeframe, level, partition, rows, sizeBytes, sequence, sha256, spans } = dead;
  return {
    path,
    dataset,
    timeframe,
    level,
    partition,
    rows,
    sizeBytes,
    sequence,
    sha256,
    spans,
    ...(dead.rowDigest === undefined ? {} : { rowDigest: dead.rowDigest }),
    ...(dead.shape === undefined ? {} : { shape: dead.shape }),
    ...(dead.madeFrom === undefined ? {} : { madeFrom: dead.madeFrom }),
  };
}
