import { WorkbenchError } from '#shared/errors';
import { join } from 'node:path';
import { diskFs, type Fs } from '../../platform/fs.ts';
import { takeOwnerLock } from '../../platform/owner-lock.ts';
import { dataFolders, lockFile, parseDataPath } from '../../storage/layout.ts';
import { recoverLog, type Recovery } from '../../storage/recover-log.ts';
import { walkFiles } from '../../storage/walk-files.ts';
import { readBackupNote, writeBackupNote, type BackupNote } from './backup-note.ts';
import { inBackupTurn } from './backup-turns.ts';
import { dropStaged, placeStaged } from './staged-documents.ts';

/**
 * Brings a backup that was cut short to one of the two states between which it was: from the record on that makes it the
 * state of the folder to the new one, before to that of the backup before it. The caller has the lock of the folder. Of a
 * first one nothing is removed: it has no state yet, and what it has copied is there for the next run.
 */
export async function settleBackup(fs: Fs, note: BackupNote, { state }: Recovery): Promise<void> {
  if (note.begunMs === null || state.sequence === 0) return;
  const isSwitched = note.nextSequence !== null && state.sequence === note.nextSequence;
  if (isSwitched) await placeStaged(fs);
  else await dropStaged(fs);
  await removeOthers(fs, new Set([...state.catalog.files()].map(({ path }) => path)));
  await writeBackupNote(fs, {
    ...note,
    ...{ sequence: state.sequence, begunMs: null, nextSequence: null },
    completedMs: isSwitched ? note.begunMs : note.completedMs,
  });
}

/** Removes files of data that a backup has more than its state; answers how many. */
export async function removeOthers(fs: Fs, living: ReadonlySet<string>): Promise<number> {
  let removed = 0;
  for (const folder of dataFolders) {
    for (const { path, kind } of (await walkFiles(fs, folder)).files) {
      if (kind !== 'file' || living.has(path) || parseDataPath(path) === null) continue;
      await fs.remove(path);
      removed += 1;
    }
  }
  return removed;
}

/**
 * Does so for a folder that may hold a backup, unless another process is at it or nothing may be written there. With
 * `storeId` only for a backup of that store.
 */
export function settleLeftBackup(folder: string, storeId?: string): Promise<void> {
  return inBackupTurn(folder, () => settleLeft(folder, storeId));
}

async function settleLeft(folder: string, storeId?: string): Promise<void> {
  const fs = diskFs(folder);
  const isLeft = (note: BackupNote | null) =>
    note !== null && note.begunMs !== null && (storeId === undefined || note.storeId === storeId);
  if (!isLeft(await readableNote(fs))) return;
  const lock = await takeOwnerLock(join(folder, ...lockFile.split('/'))).catch(() => null);
  if (lock === null || 'heldBy' in lock) return;
  try {
    // Whoever had the lock meanwhile may have settled it.
    const note = await readableNote(fs);
    if (note !== null && isLeft(note)) await settleBackup(fs, note, await recoverLog(fs));
  } finally {
    await lock.release();
  }
}

/** Whether files may lie in a folder that belong to a backup which is being written, or was cut short. */
export async function isBeingBackedUp(fs: Fs): Promise<boolean> {
  return (await readableNote(fs))?.begunMs != null;
}

/** A store whose note is damaged is a store all the same: only the next backup has to know more. */
async function readableNote(fs: Fs): Promise<BackupNote | null> {
  try {
    return await readBackupNote(fs);
  } catch (error) {
    if (error instanceof WorkbenchError) return null;
    throw error;
  }
}

/** Throws `store-unreadable` for a first backup that has not come to its end: what is there is a part of a store. */
export async function refuseUnfinishedBackup(folder: string): Promise<void> {
  const fs = diskFs(folder);
  if (!(await isBeingBackedUp(fs)) || (await recoverLog(fs)).state.sequence > 0) return;
  throw new WorkbenchError(
    'store-unreadable',
    `${folder} holds a backup that is not whole: it is being made, or was cut short; run the backup again to finish it`,
  );
}
