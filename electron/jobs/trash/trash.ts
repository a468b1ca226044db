import { nameOfHold, type Hold } from '#shared/domain/hold';
import type { TrashedFile, TrashEntry } from '#shared/domain/trash';
import { DAY } from '#shared/units';
import type { Clock } from '../../platform/clock.ts';
import { trashPath } from '../../storage/layout.ts';
import type { Store } from '../../storage/store.ts';
import type { PartitionLocks } from '../partition-locks.ts';
import { heldBy } from '../retention/held-by.ts';
import { noHolds, type Holds } from '../retention/holds.ts';
import { moveToTrash } from './move-to-trash.ts';
import { dueFiles, purgeTrash } from './purge-trash.ts';
import { restoreFromTrash } from './restore-from-trash.ts';
import { turnsEnded } from './trash-turns.ts';
import {
  byTime,
  filesInTrash,
  isInPlace,
  isPresent,
  retiredFiles,
  trashedFile,
  trashedFiles,
} from './trashed-files.ts';

export interface Trash {
  readonly list: () => readonly TrashedFile[];
  /** What a job has put there, or is putting there just now. */
  readonly ofJob: (job: string) => readonly TrashedFile[];
  /** The same with what the disk and the holds say of each. */
  readonly look: (holds: readonly Hold[]) => Promise<readonly TrashEntry[]>;
  /** What a purge would remove. Throws `held` when a hold keeps any of the job that is named. */
  readonly due: (job?: string) => Promise<readonly TrashedFile[]>;
  /** Fails once it is told to stop, with all files in the trash; too late, and they are all back. */
  readonly restore: (job: string, signal?: AbortSignal) => Promise<readonly string[]>;
  /** Answers what it has removed when it is told to stop. */
  readonly purge: (job?: string, signal?: AbortSignal) => Promise<readonly string[]>;
  /** Returns when nothing is being moved or removed: before the store may be given to another process. */
  readonly settled: () => Promise<void>;
}

/** The trash of one store, by its clock and settings. */
export function createTrash(
  store: Store,
  clock: Clock,
  trashDays: number,
  locks: PartitionLocks,
  holds: Pick<Holds, 'whileUnchanged'> = noHolds,
): Trash {
  return {
    list: () => trashedFiles(filesInTrash(store)),
    ofJob: (job) => trashedFiles(retiredFiles(store).filter((file) => file.job === job)),
    look: (active) => lookAtTrash(store, active),
    due: (job) =>
      holds.whileUnchanged((active) =>
        Promise.resolve(trashedFiles(dueFiles(store, retiredFiles(store), active, clock(), job))),
      ),
    restore: (job, signal) =>
      restoreFromTrash(store, locks, { job, nowMs: clock(), deadlineMs: clock() + trashDays * DAY }, signal),
    async purge(job, signal) {
      // What an owner that died has left where it was is moved first.
      if (retiredFiles(store).some((file) => file.job === job && isInPlace(file)))
        await moveToTrash(store, signal);
      return holds.whileUnchanged((active) => purgeTrash(store, active, clock(), job, signal));
    },
    settled: () => turnsEnded(store),
  };
}

async function lookAtTrash(store: Store, holds: readonly Hold[]): Promise<readonly TrashEntry[]> {
  const entries: TrashEntry[] = [];
  for (const dead of retiredFiles(store)) {
    const hold = heldBy(holds, dead);
    const inTrash = await store.fs.size(trashPath(dead.job, dead.path));
    // An owner may have died between the move and its record.
    const isInStore = inTrash === null && isInPlace(dead) && (await store.fs.size(dead.path)) !== null;
    entries.push({
      ...trashedFile(dead),
      place: isInStore ? 'own-name' : 'trash',
      isMissing: inTrash === null && !isInStore && isPresent(store, dead),
      heldBy: hold === null ? null : nameOfHold(hold),
    });
  }
  return entries.sort(byTime);
}
