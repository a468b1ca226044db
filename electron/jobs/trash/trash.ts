import { nameOfHold, type Hold } from '#shared/domain/hold';
import type { TrashedFile, TrashEntry } from '#shared/domain/trash';
import { WorkbenchError } from '#shared/errors';
import { DAY } from '#shared/units';
import { findDataset } from '#schemas/index';
import type { Clock } from '../platform/clock.ts';
import { codeOf, type Fs } from '../platform/fs.ts';
import { inBatches } from '../platform/in-batches.ts';
import { wordingDiskErrors } from '../storage/disk-error.ts';
import type { FileEntry } from '../storage/file-entry.ts';
import { folderOf, makeFolderDurably, publishFile } from '../storage/publish-file.ts';
import { tombstonePath, trashPath } from '../storage/layout.ts';
import type { DeadFile } from '../storage/log-entry.ts';
import type { Store } from '../storage/store.ts';
import type { PartitionLocks } from './partition-locks.ts';
import { heldBy } from './retention/held-by.ts';
import { noHolds, type Holds } from './retention/holds.ts';

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
    list: () => listTrash(store),
    ofJob: (job) =>
      [...store.catalog.deadFiles()]
        .filter((file) => file.job === job && (file.place === 'trash' || isInPlace(file)))
        .map(trashedFile)
        .sort(byTime),
    look: (active) => lookAtTrash(store, active),
    due: (job) =>
      holds.whileUnchanged((active) =>
        Promise.resolve(dueFiles(store, active, clock(), job).map(trashedFile).sort(byTime)),
      ),
    restore: (job, signal) => restoreFromTrash(store, locks, job, clock(), clock() + trashDays * DAY, signal),
    purge: (job, signal) => holds.whileUnchanged((active) => purgeTrash(store, active, clock(), job, signal)),
    async settled() {
      let last: Promise<unknown> | undefined;
      while (last !== lastTurns.get(store)) await (last = lastTurns.get(store));
    },
  };
}

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

function isInPlace({ place, deadlineMs }: DeadFile): boolean {
  return place === 'store' && deadlineMs !== null;
}

/** What lies on a disk that is not there stays as it is until that is back. */
function isPresent({ catalog }: Store, file: DeadFile): boolean {
  return catalog.absence(file) === null;
}

const lastTurns = new WeakMap<Store, Promise<unknown>>();

/** One at a time: what one call moves, another must not purge or bring back. */
function inTurn<T>(store: Store, act: () => Promise<T>): Promise<T> {
  const turn = (lastTurns.get(store) ?? Promise.resolve()).then(() => wordingDiskErrors(act));
  lastTurns.set(
    store,
    turn.catch(() => undefined),
  );
  return turn;
}

async function moveDead(store: Store, files: readonly DeadFile[], signal?: AbortSignal): Promise<void> {
  const byJob = new Map<string, DeadFile[]>();
  for (const { path } of files) {
    const dead = store.catalog.deadFile(path);
    if (dead === undefined || !isInPlace(dead)) continue;
    const group = byJob.get(dead.job);
    if (group === undefined) byJob.set(dead.job, [dead]);
    else group.push(dead);
  }
  for (const [job, moved] of byJob) await moveJob(store, job, moved, signal);
}

/** What lies in the trash and until when, oldest first. */
function listTrash(store: Store): readonly TrashedFile[] {
  return [...store.catalog.deadFiles()]
    .filter(({ place }) => place === 'trash')
    .map(trashedFile)
    .sort(byTime);
}

async function lookAtTrash(store: Store, holds: readonly Hold[]): Promise<readonly TrashEntry[]> {
  const entries: TrashEntry[] = [];
  for (const file of listTrash(store)) {
    const dead = store.catalog.deadFile(file.path);
    const hold = dead === undefined ? null : heldBy(holds, dead);
    const isMissing =
      (dead === undefined || isPresent(store, dead)) &&
      (await store.fs.size(trashPath(file.job, file.path))) === null;
    entries.push({ ...file, isMissing, heldBy: hold === null ? null : nameOfHold(hold) });
  }
  return entries;
}

function trashedFile({ path, job, rows, sizeBytes, replacedBy, atMs, deadlineMs }: DeadFile): TrashedFile {
  return { path, job, rows, sizeBytes, replacedBy, atMs, deadlineMs };
}

function byTime(a: TrashedFile, b: TrashedFile): number {
  return a.atMs - b.atMs || (a.path < b.path ? -1 : 1);
}

/** Removes for good what has lain in the trash past its deadline, or all of one job at once; answers the paths. */
function purgeTrash(
  store: Store,
  holds: readonly Hold[],
  nowMs: number,
  job?: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  return inTurn(store, async () => {
    const due: DeadFile[] = [];
    for (const file of dueFiles(store, holds, nowMs, job)) {
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

/** A job with a file that is held stays whole: with a part of its files it could not be undone without loss. */
function dueFiles(store: Store, holds: readonly Hold[], nowMs: number, job?: string): readonly DeadFile[] {
  const inTrash = [...store.catalog.deadFiles()].filter(
    (file) => file.place === 'trash' && isPresent(store, file),
  );
  const held = new Map<string, string>();
  if (holds.length > 0) {
    for (const file of inTrash) {
      const hold = heldBy(holds, file);
      if (hold !== null) held.set(file.job, `${file.path} is held: ${nameOfHold(hold)}`);
    }
  }
  if (job === undefined)
    return inTrash.filter((file) => (file.deadlineMs ?? Infinity) <= nowMs && !held.has(file.job));
  const due = inTrash.filter((file) => file.job === job);
  if (due.length === 0) throw nothingOf(job);
  const why = held.get(job);
  if (why !== undefined) throw new WorkbenchError('held', `${job} stays in the trash: ${why}`);
  return due;
}

/**
 * Undoes a job: its files belong to the store again, and what it made of them goes to the trash in their place.
 * Refused when that was merged further, because its rows would be there twice.
 */
async function restoreFromTrash(
  store: Store,
  locks: PartitionLocks,
  job: string,
  nowMs: number,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  // A call that failed on the way may have left some of them under their own names.
  await moveToTrash(store);
  try {
    return await inTurn(store, () => restore(store, locks, job, nowMs, deadlineMs, signal));
  } finally {
    // What the job had made; after a failure, the files that were brought back already.
    await moveToTrash(store).catch(() => undefined);
  }
}

async function restore(
  store: Store,
  locks: PartitionLocks,
  job: string,
  nowMs: number,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const files = [...store.catalog.deadFiles()].filter((file) => file.job === job && file.place === 'trash');
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
    if (!isOfStore(file) && (await fs.size(path)) !== null)
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

function isOfStore({ dataset }: DeadFile): boolean {
  return findDataset(dataset) !== undefined;
}

function nothingOf(job: string): WorkbenchError {
  return new WorkbenchError('argument-invalid', `job: nothing of ${job} is in the trash`);
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

async function syncFolders(fs: Fs, folders: readonly string[]): Promise<void> {
  for (const folder of new Set(folders)) {
    try {
      await fs.syncFolder(folder);
    } catch (error) {
      // One that was empty is removed, in an attempt that a crash cut short or by another job.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
}
