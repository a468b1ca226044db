import { groupBy } from '#shared/group-by';
import { codeOf, type Fs } from '../../platform/fs.ts';
import { inBatches } from '../../platform/in-batches.ts';
import { tombstonePath, trashPath } from '../../storage/layout.ts';
import type { DeadFile } from '../../storage/log-entry.ts';
import { folderOf, makeFolderDurably, publishFile } from '../../storage/publish-file.ts';
import type { Store } from '../../storage/store.ts';
import { syncFolders } from './sync-folders.ts';
import { inTurn } from './trash-turns.ts';
import { isInPlace, isPresent } from './trashed-files.ts';

/**
 * Moves replaced files out of the way once no reader has them open, each with a tombstone that says where its rows are.
 * A crash in the middle, or being told to stop, is made good by the next call; files that were told to stay
 * (`--keep-parts`) are left.
 */
export async function moveToTrash(store: Store, signal?: AbortSignal): Promise<void> {
  const dead = [...store.catalog.deadFiles()].filter((file) => isInPlace(file) && isPresent(store, file));
  // Readers of this moment may have them open; later ones do not see them.
  await store.unpinned();
  await inTurn(store, () => moveDead(store, dead, signal));
}

async function moveDead(store: Store, files: readonly DeadFile[], signal?: AbortSignal): Promise<void> {
  const still = files.flatMap(({ path }) => {
    const dead = store.catalog.deadFile(path);
    return dead === undefined || !isInPlace(dead) ? [] : [dead];
  });
  for (const [job, moved] of groupBy(still, ({ job }) => job)) await moveJob(store, job, moved, signal);
}

async function moveJob(
  store: Store,
  job: string,
  files: readonly DeadFile[],
  signal?: AbortSignal,
): Promise<void> {
  const { fs } = store;
  const record = tombstonePath(job);
  if ((await fs.size(record)) === null) {
    await publishFile(fs, record, new TextEncoder().encode(`${JSON.stringify({ job, files }, null, 1)}\n`));
  }
  const targets = new Set(files.map(({ path }) => folderOf(trashPath(job, path))));
  for (const folder of targets) await makeFolderDurably(fs, folder);
  await inBatches(files, async (file) => {
    signal?.throwIfAborted();
    await moveFile(fs, job, file);
  });
  signal?.throwIfAborted();
  const sources = files.map(({ path }) => folderOf(path));
  await syncFolders(fs, [...targets]);
  for (const { path, replacedBy } of files) if (replacedBy === null) await fs.remove(path);
  await syncFolders(fs, sources);
  for (const folder of new Set(sources)) await fs.removeEmptyFolder(folder);
  await store.markGone(
    files.map(({ path }) => path),
    'trash',
  );
}

async function moveFile(fs: Fs, job: string, { path, replacedBy }: DeadFile): Promise<void> {
  try {
    // Of rows that are nowhere else a power cut must not take both names.
    if (replacedBy === null) await fs.link(path, trashPath(job, path));
    else await fs.rename(path, trashPath(job, path));
  } catch (error) {
    // Moved before a crash, or removed by hand.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
