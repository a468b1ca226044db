import { nameOfHold, type Hold } from '#shared/domain/hold';
import { WorkbenchError } from '#shared/errors';
import { trashPath } from '../../storage/layout.ts';
import type { DeadFile } from '../../storage/log-entry.ts';
import { folderOf } from '../../storage/publish-file.ts';
import type { Store } from '../../storage/store.ts';
import { heldBy } from '../retention/held-by.ts';
import { syncFolders } from './sync-folders.ts';
import { inTurn } from './trash-turns.ts';
import { filesInTrash, isPresent, nothingOf } from './trashed-files.ts';

/** Removes for good what has lain in the trash past its deadline, or all of one job at once; answers the paths. */
export function purgeTrash(
  store: Store,
  holds: readonly Hold[],
  nowMs: number,
  job?: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  return inTurn(store, async () => {
    const due: DeadFile[] = [];
    for (const file of dueFiles(store, filesInTrash(store), holds, nowMs, job)) {
      if (signal?.aborted === true) break;
      await store.fs.remove(trashPath(file.job, file.path));
      due.push(file);
    }
    const places = due.map((file) => trashPath(file.job, file.path));
    // Before the log forgets them: a file that came back after a power cut would lie there for ever.
    await syncFolders(store.fs, places.map(folderOf));
    const paths = due.map(({ path }) => path);
    await store.markGone(paths, 'nowhere');
    return paths;
  });
}

/**
 * What a purge would remove of some files. A job with a file that is held stays whole: with a part of its files it could
 * not be undone without loss.
 */
export function dueFiles(
  store: Store,
  files: readonly DeadFile[],
  holds: readonly Hold[],
  nowMs: number,
  job?: string,
): readonly DeadFile[] {
  const present = files.filter((file) => isPresent(store, file));
  const held = new Map<string, string>();
  if (holds.length > 0) {
    for (const file of present) {
      const hold = heldBy(holds, file);
      if (hold !== null) held.set(file.job, `${file.path} is held: ${nameOfHold(hold)}`);
    }
  }
  if (job === undefined)
    return present.filter((file) => (file.deadlineMs ?? Infinity) <= nowMs && !held.has(file.job));
  const due = present.filter((file) => file.job === job);
  if (due.length === 0) throw nothingOf(job);
  const why = held.get(job);
  if (why !== undefined) throw new WorkbenchError('held', `${job} stays in the trash: ${why}`);
  return due;
}
