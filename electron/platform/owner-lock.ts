import { WorkbenchError } from '#shared/errors';
import { randomUUID } from 'node:crypto';
import { copyFile, lstat, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { codeOf } from './fs.ts';
import { makeFolder } from './make-folder.ts';
import { placeExclusively } from './place-exclusively.ts';
import { isStopped, processStartTime } from './process-start-time.ts';

/** Who owns a store: enough to tell a living owner from a dead one, and to tell the user. */
export interface Owner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** When the process started, as the system counts it: a pid alone may be another process by now. */
  readonly startTime: string;
  readonly sinceMs: number;
}

export interface OwnerLock {
  readonly owner: Owner;
  /**
   * Whether the lock is there and still this process's. Somebody may have removed it or moved its folder away, and
   * another machine may have taken it over while this process was stopped.
   */
  readonly isHeld: () => Promise<boolean>;
  /** Told once, by the heartbeat, when the lock is no longer held. */
  readonly onLost: (listener: () => void) => void;
  readonly release: () => Promise<void>;
}

const heartbeatMs = 5_000;
/** An owner on another machine cannot be asked whether it lives; without a heartbeat for this long it does not. */
const deadAfterMs = 60_000;
/** A takeover is a matter of milliseconds; who began one and did not end it within this has died. */
const takeoverMs = 2_000;

/**
 * Takes the lock at `path`, or answers who has it. The lock of a process that is gone is taken over.
 *
 * The file is written under a private name and linked into place, whole, which fails where there is one. A takeover
 * puts the new lock in the place of the dead one without a moment in between; a second file, taken in the same way,
 * keeps two from doing that at once.
 */
export async function takeOwnerLock(path: string): Promise<OwnerLock | { readonly heldBy: Owner | null }> {
  await makeFolder(dirname(path));
  const owner: Owner = {
    token: randomUUID(),
    pid: process.pid,
    host: hostname(),
    startTime: (await processStartTime(process.pid)) ?? '',
    sinceMs: Date.now(),
  };
  const draft = `${path}.${owner.token}`;
  await writeFile(draft, JSON.stringify(owner), { mode: 0o600 });
  try {
    // Long enough to see somebody's takeover end, or to know that it never will.
    for (const begin = performance.now(); performance.now() - begin < takeoverMs * 3;) {
      if (await placeExclusively(draft, path)) return holdLock(path, owner);
      const held = await readOwner(path);
      if (held === 'gone') continue;
      if (!(await isDead(path, held))) return { heldBy: held };
      if (await takeOver(draft, path, held)) return holdLock(path, owner);
      await pause(20);
    }
  } finally {
    await rm(draft, { force: true });
    await sweepDrafts(path).catch(() => undefined);
  }
  throw new WorkbenchError('busy', `${path}: another process keeps taking and leaving the store; try again`);
}

/** False when another process is at it, or was faster. */
async function takeOver(draft: string, path: string, dead: Owner | null): Promise<boolean> {
  const guard = `${path}.takeover`;
  // The guard is as old as the draft, which may have waited long.
  await touch(draft);
  if (!(await placeExclusively(draft, guard))) {
    if ((await ageMs(guard)) > takeoverMs) await rm(guard, { force: true });
    return false;
  }
  try {
    const held = await readOwner(path);
    if (held === 'gone' || held?.token !== dead?.token) return false;
    // A name of its own: a rename between two names of one file does nothing.
    const successor = `${draft}.next`;
    await copyFile(draft, successor);
    await rename(successor, path);
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

/** Removes what processes left that were killed while they tried. */
async function sweepDrafts(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    const draft = join(dirname(path), name);
    if (draft.startsWith(`${path}.`) && (await ageMs(draft)) > deadAfterMs) await rm(draft, { force: true });
  }
}

/** Whether a lock is held by a living process, left by a dead one, or not there. */
export async function inspectOwnerLock(path: string): Promise<'free' | 'held' | 'stale'> {
  const owner = await readOwner(path);
  if (owner === 'gone') return 'free';
  return (await isDead(path, owner)) ? 'stale' : 'held';
}

/** Whether a process of this machine has the lock that was told to stop: it answers nobody until it goes on. */
export async function isOwnerStopped(path: string): Promise<boolean> {
  const owner = await readOwner(path);
  return owner !== 'gone' && owner !== null && owner.host === hostname() && isStopped(owner.pid);
}

function holdLock(path: string, owner: Owner): OwnerLock {
  const listeners: (() => void)[] = [];
  let knownFile: string | undefined;
  let isReleased = false;
  const isHeld = async () => {
    const file = await identityOf(path);
    // Asked before every acknowledgement: the file is read only where it may be another one.
    if (file !== null && file === knownFile) return true;
    const held = await readOwner(path);
    if (held === 'gone' || held?.token !== owner.token) return false;
    knownFile = file ?? undefined;
    return true;
  };
  const beat = async () => {
    if (await isHeld()) return touch(path);
    clearInterval(heartbeat);
    // Let go of meanwhile, which nobody needs to be told.
    if (isReleased) return;
    for (const listener of listeners) listener();
  };
  const heartbeat = setInterval(() => void beat().catch(() => undefined), heartbeatMs);
  heartbeat.unref();
  return {
    owner,
    isHeld,
    onLost: (listener) => void listeners.push(listener),
    release: async () => {
      isReleased = true;
      clearInterval(heartbeat);
      const held = await readOwner(path);
      if (held !== 'gone' && held?.token === owner.token) await rm(path, { force: true });
    },
  };
}

/** Tells a file from one that has come under its name; null when there is none. */
async function identityOf(path: string): Promise<string | null> {
  try {
    // A number may be given again to the next file: the time when it was made may not.
    const { dev, ino, birthtimeNs } = await lstat(path, { bigint: true });
    return `${dev} ${ino} ${birthtimeNs}`;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
    throw error;
  }
}

/** Null when the file cannot be understood: its writer died in the middle of it, or is writing it just now. */
async function readOwner(path: string): Promise<Owner | null | 'gone'> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner;
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(codeOf(error)) ? 'gone' : null;
  }
}

async function isDead(path: string, owner: Owner | null): Promise<boolean> {
  // Half a lock: its writer needs a moment, or never came back.
  if (owner === null) return (await ageMs(path)) > takeoverMs;
  if (owner.host !== hostname()) return isSilent(path);
  const startTime = await processStartTime(owner.pid);
  return startTime === null || (owner.startTime !== '' && startTime !== owner.startTime);
}

/** Clocks of two machines differ: a heartbeat that looks old is waited for before it is taken to have stopped. */
async function isSilent(path: string): Promise<boolean> {
  const last = await lastTouched(path);
  if (Date.now() - last <= deadAfterMs) return false;
  await pause(heartbeatMs * 2);
  return (await lastTouched(path)) === last;
}

async function ageMs(path: string): Promise<number> {
  return Date.now() - (await lastTouched(path));
}

/** Long ago for a file that is gone. */
async function lastTouched(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return -Infinity;
  }
}

function touch(path: string): Promise<void> {
  const now = new Date();
  return utimes(path, now, now);
}

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}
