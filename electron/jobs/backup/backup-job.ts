import type { BackupPlan, BackupReport } from '#shared/domain/backup';
import { WorkbenchError } from '#shared/errors';
import { contract, type BackupArgs } from '#shared/ipc';
import { sizeText } from '#shared/size-text';
import { join } from 'node:path';
import { freeBytes } from '../../platform/disk-space.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { takeOwnerLock } from '../../platform/owner-lock.ts';
import { wordingDiskErrors } from '../../storage/disk-error.ts';
import { lockFile } from '../../storage/layout.ts';
import type { Checkpoint } from '../../storage/log-entry.ts';
import type { Store } from '../../storage/store.ts';
import type { JobContext, JobKind } from '../queue/job-kind.ts';
import { openBackupPlace } from './backup-place.ts';
import { inBackupTurn } from './backup-turns.ts';
import { missingFiles, writeBackup, type BackupSource } from './write-backup.ts';

export type BackupKind = JobKind<BackupArgs, BackupPlan, BackupReport>;

export interface BackupParts extends Omit<BackupSource, 'fs'> {
  readonly store: Store;
}

/** Two at once would write the same folder. */
const backups = 'backup';

/**
 * Copies the store to another folder, which is a store then that can be opened as it is: all files and documents, and a
 * log of one record. What is there from an earlier backup is not copied again.
 */
export function createBackupKind({ store, ...source }: BackupParts): BackupKind {
  const { root, document } = source;
  async function copyTo(to: string, state: Checkpoint, context: JobContext): Promise<BackupReport> {
    const place = await openBackupPlace(to, root, document.id);
    await refuseFullDisk(to, await missingFiles(place.fs, state.files));
    await makeFolder(to);
    const lock = await takeOwnerLock(join(to, lockFile));
    if ('heldBy' in lock) throw new WorkbenchError('busy', `${to} is open as a store: close it there first`);
    try {
      return await writeBackup({ ...source, fs: store.fs }, to, place, state, context);
    } finally {
      await lock.release();
    }
  }

  return {
    kind: 'backup',
    async plan({ to = document.settings.backupFolder }) {
      if (to === undefined) {
        const advice = 'say where the backup goes, or keep a place for it in the setting backupFolder';
        throw new WorkbenchError('argument-invalid', `to: ${advice}`);
      }
      if (store.access === 'owner') await store.flushParts();
      const { files } = presentState(store);
      return wordingDiskErrors(async () => {
        const { fs } = await openBackupPlace(to, root, document.id);
        const missing = await missingFiles(fs, files);
        const sizeBytes = missing.reduce((sum, file) => sum + file.sizeBytes, 0);
        return { to, files: missing.length, sizeBytes, keptFiles: files.length - missing.length };
      });
    },
    title: ({ to }) => `Back up to ${to}`,
    partitionsOf: () => [backups],
    async run({ to }, context) {
      if (store.access === 'owner') await store.flushParts();
      const release = store.pin();
      const state = presentState(store);
      try {
        return await wordingDiskErrors(() => inBackupTurn(to, () => copyTo(to, state, context)));
      } finally {
        release();
      }
    },
    resume: contract.backups.start.args,
    readsOnly: () => true,
  };
}

/** A backup without the files of a disk that is not there would be none. */
function presentState(store: Store): Checkpoint {
  const [absence] = store.absentTiers.values();
  if (absence !== undefined) throw new WorkbenchError('tier-missing', absence);
  return store.snapshot();
}

async function refuseFullDisk(to: string, missing: readonly { readonly sizeBytes: number }[]): Promise<void> {
  const needed = missing.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const free = await freeBytes(to);
  if (free !== null && free < needed)
    throw new WorkbenchError(
      'disk-full',
      `${to} has ${sizeText(free)} free, and ${sizeText(needed)} are to be copied`,
    );
}
