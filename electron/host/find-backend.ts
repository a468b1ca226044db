import type { StoreDocument } from '#schemas/documents/store-document';
import { WorkbenchError } from '#shared/errors';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { connectToOwner } from '../api/store-client.ts';
import { isForeignFolder } from '../foreign-folder.ts';
import { refuseUnfinishedBackup, settleLeftBackup } from '../jobs/backup/settle-backup.ts';
import { codeOf } from '../platform/fs.ts';
import { isOwnerStopped, takeOwnerLock, type Owner } from '../platform/owner-lock.ts';
import { diskError, wordingDiskErrors } from '../storage/disk-error.ts';
import { lockFile } from '../storage/layout.ts';
import type { Backend, BackendParts } from './backend.ts';
import { ownerBackend } from './owner-backend.ts';
import { foreignBackend, followerBackend, readerBackend } from './reader-backends.ts';
import { remoteBackend } from './remote-backend.ts';
import { readOrCreate } from './store-folder.ts';

const patienceMs = 15_000;
/** Of one that is stopped: a debugger, or whoever moves a program to the background, lets it go on at once. */
const stoppedPatienceMs = 2_000;

/** Owns the store, speaks to the process that does, or reads it where neither can be. */
export async function findBackend(parts: BackendParts): Promise<Backend> {
  const { folder, options, onLost } = parts;
  const { caller = 'window' } = options;
  const document = await wordingDiskErrors(() => documentOf(parts));
  if (document === null) return foreignBackend(parts);
  const lockPath = join(folder, ...lockFile.split('/'));
  if (options.access === 'read') {
    // What it would answer lies on the disk as well.
    const owner = (await isOwnerStopped(lockPath)) ? null : await connectToOwner(folder, caller);
    return owner === null ? readerBackend(parts, document) : remoteBackend(owner, parts);
  }
  const began = performance.now();
  for (;;) {
    const lock = await takeOwnerLock(lockPath).catch(refusalOf);
    if ('refused' in lock) {
      const owner = await connectToOwner(folder, caller);
      if (owner !== null) return remoteBackend(owner, parts);
      return followerBackend(parts, document, readOnlyFolder(folder, lock.refused));
    }
    if (!('heldBy' in lock)) return ownerBackend(parts, document, lock);
    const waitedMs = performance.now() - began;
    if (await isOwnerStopped(lockPath)) {
      if (waitedMs > stoppedPatienceMs) throw stoppedOwner(folder, lock.heldBy);
      await pause();
      continue;
    }
    const owner = await connectToOwner(folder, caller);
    if (owner !== null) return remoteBackend(owner, parts);
    const isFar = lock.heldBy !== null && lock.heldBy.host !== hostname();
    // An owner that is starting or ending does not listen for a moment; one on another machine never does here.
    if (isFar) {
      const reason = `${ownedElsewhere(folder, lock.heldBy)}; it can be looked at, and nothing in it changed, until that ends`;
      return followerBackend(parts, document, reason, onLost);
    }
    if (waitedMs > patienceMs) throw new WorkbenchError('store-owned', ownedElsewhere(folder, lock.heldBy));
    await pause();
  }
}

/** What the folder says of itself; null where it is the data of another program. */
async function documentOf({ folder, options }: BackendParts): Promise<StoreDocument | null> {
  try {
    await refuseUnfinishedBackup(folder);
    if (options.access !== 'read') await settleLeftBackup(folder);
  } catch (error) {
    // Of a folder that may not be looked into it is the store's own file that is named.
    if (codeOf(error) !== 'EACCES') throw error;
  }
  return (await isForeignFolder(folder)) ? null : readOrCreate(folder, options);
}

function pause(): Promise<void> {
  return new Promise((resume) => setTimeout(resume, 50));
}

function stoppedOwner(folder: string, owner: Owner | null): WorkbenchError {
  const advice =
    owner === null ? 'whoever stopped it' : `\`kill -CONT ${owner.pid}\` or \`fg\` in its terminal`;
  return new WorkbenchError(
    'store-owned',
    `${folder} is owned by a process that is stopped, perhaps by Ctrl-Z: ${advice} lets it go on`,
  );
}

function ownedElsewhere(folder: string, owner: Owner | null): string {
  const who = owner === null ? 'another process' : `process ${owner.pid} on ${owner.host}`;
  return `${folder} is owned by ${who}, which cannot be reached from here`;
}

/** That nothing may be written where the lock is; any other failure is thrown. */
function refusalOf(error: unknown): { readonly refused: string } {
  const code = codeOf(error);
  if (['EROFS', 'EACCES', 'EPERM'].includes(code)) return { refused: code };
  throw diskError(error);
}

function readOnlyFolder(folder: string, code: string): string {
  const why = code === 'EROFS' ? 'lies on a read-only file system' : 'may not be written to by this user';
  return `${folder} ${why}: it can be looked at, and nothing in it changed`;
}
