import { WorkbenchError } from '#shared/errors';
import { isAbsolute, sep } from 'node:path';
import { inspectOwnerLock } from '../../platform/owner-lock.ts';
import { diskFs, type Fs } from '../../platform/fs.ts';
import { realPlace } from '../../platform/real-place.ts';
import { lockFile, lockFolder } from '../../storage/layout.ts';
import { recoverLog, type Recovery } from '../../storage/recover-log.ts';
import { readBackupNote, type BackupNote } from './backup-note.ts';

/** A folder that may take a backup, and what an earlier one has left in it. */
export interface BackupPlace {
  readonly fs: Fs;
  /** Null in a folder that is new or empty. */
  readonly note: BackupNote | null;
  readonly recovery: Recovery;
}

/**
 * Refuses every folder but one that is new, is empty, or holds an earlier backup of the same store that nobody has
 * written to: whatever else lies there would be lost.
 */
export async function openBackupPlace(to: string, root: string, storeId: string): Promise<BackupPlace> {
  if (!isAbsolute(to)) throw new WorkbenchError('argument-invalid', `to: ${to} is not a whole path`);
  const [place, own] = [`${await realPlace(to)}${sep}`, `${await realPlace(root)}${sep}`];
  if (place.startsWith(own) || own.startsWith(place))
    throw new WorkbenchError(
      'argument-invalid',
      `to: ${to} and the store lie in one another; a backup lies elsewhere`,
    );
  const fs = diskFs(to);
  const note = await readBackupNote(fs);
  if (note === null) {
    // A disk that was full at its very beginning leaves a backup with no more than the place of its lock.
    const others = (await fs.list('')).filter(({ name }) => !name.startsWith('.') && name !== lockFolder);
    if (others.length > 0)
      throw new WorkbenchError('argument-invalid', `to: ${to} is not empty, and holds no backup`);
    return { fs, note, recovery: await recoverLog(fs) };
  }
  if (note.storeId !== storeId)
    throw new WorkbenchError('argument-invalid', `to: ${to} holds the backup of another store`);
  if ((await inspectOwnerLock(`${to}/${lockFile}`)) === 'held')
    throw new WorkbenchError('busy', `${to} is open as a store: close it there first`);
  const recovery = await recoverLog(fs);
  if (recovery.state.sequence > Math.max(note.sequence, note.nextSequence ?? 0))
    throw new WorkbenchError(
      'argument-invalid',
      `to: ${to} has been written to since its last backup, which would be lost; choose another folder`,
    );
  return { fs, note, recovery };
}
