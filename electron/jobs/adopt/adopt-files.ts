import { faultDetails, type FaultyRow } from '../../imports/check-rows.ts';
import type { Engine } from '../../engine/engine.ts';
import { notPermitted } from '../../engine/file-fault.ts';
import { readFooters } from '../../engine/inspect-files.ts';
import { dropFolders, faultOf, isDroppedPart, partOfDropped } from '../../imports/dropped-parts.ts';
import { isRight, readDroppedFiles, rightRows, type DroppedFile } from '../../imports/read-dropped-files.ts';
import { listedFile, type ListedFile } from '../../imports/list-folder.ts';
import type { Clock } from '../../platform/clock.ts';
import { watchFolders, type StopWatching } from '../../platform/watch-folders.ts';
import { readMetadata } from '../../storage/file-metadata.ts';
import { dataFolders, parseDataPath } from '../../storage/layout.ts';
import type { NewPart } from '../../storage/log-entry.ts';
import type { Store } from '../../storage/store.ts';
import { walkFiles, walkFolders, type WalkedFile } from '../../storage/walk-files.ts';
import type { PartitionLocks } from '../partition-locks.ts';
import { rejectedBy } from '../queue/wait.ts';
import { setAside } from '../verify/set-aside.ts';
import { createAdoptFolder, type AdoptFolder } from './adopt-folder.ts';
import { bury, isSpentOutput, settleOwnPart, type LeftoverParts } from './leftovers.ts';

export interface AdoptionParts {
  readonly store: Store;
  readonly root: string;
  readonly storeId: string;
  readonly zone: string;
  readonly clock: Clock;
  readonly trashDays: number;
  readonly locks: PartitionLocks;
  /** Files come and change under their names here, so that nothing that was read once may be taken for granted. */
  readonly createEngine: () => Promise<Engine>;
}

export interface Adoption {
  /** Looks through the store in the background, and from then on at what comes. */
  readonly start: () => void;
  /** Takes in what lies there now, and returns when that is done. */
  readonly takeIn: () => Promise<void>;
  /** Makes all that lies in the store's folders a part of it, not only loose parts. */
  readonly adoptAll: AdoptFolder;
  /** What was refused or left alone since the store was opened, one sentence each, newest last. */
  readonly notes: () => readonly string[];
  /** How old the newest file was that came while the store was open, when it was taken in; null before the first. */
  readonly lagMs: () => number | null;
  readonly close: () => Promise<void>;
}

/** A file that cannot be read may be in the middle of being written until it has been left alone this long. */
const settleMs = 2_000;
const retryMs = 250;
const startDelayMs = 150;
/** Files of a burst are taken in together. */
const burstMs = 60;
const filesAtOnce = 500;
const keptNotes = 50;

/**
 * Makes parts that other programs put into the store a part of it, each with one record of the log. A bad file goes to
 * `_rejects` with the reason beside it, after those of its rows that are right were stored like any others.
 */
export function createAdoption(parts: AdoptionParts): Adoption {
  const { store, root, storeId, zone } = parts;
  const waiting = new Set<string>();
  const noticed = new Set<string>();
  let lagMs: number | null = null;
  const notes: string[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const adoptFolder = createAdoptFolder(parts);
  let turn: Promise<void> = Promise.resolve();
  let engine: Promise<Engine> | undefined;
  let stop: StopWatching | undefined;
  let burst: NodeJS.Timeout | undefined;
  let isClosed = false;
  const leftoverParts: LeftoverParts = {
    ...parts,
    sequenceAtOpen: store.sequence,
    wasLogDamaged: !store.isLogWhole || store.warnings.length > 0,
  };

  function note(text: string): void {
    if (notes.includes(text)) return;
    notes.push(text);
    if (notes.length > keptNotes) notes.shift();
  }

  function offer(path: string): void {
    if (!isCandidate(path)) return;
    noticed.add(path);
    waiting.add(path);
    burst ??= setTimeout(() => {
      burst = undefined;
      work().catch(() => undefined);
    }, burstMs);
  }

  function isCandidate(path: string): boolean {
    // What this process writes itself has its record a moment after its name.
    return !path.includes(`-${store.writer}-`) && isDroppedPart(store.catalog, path);
  }

  /** One at a time; a failure of the disk is tried again with what comes next. */
  function work(): Promise<void> {
    const next = turn.catch(() => undefined).then(takeWaiting);
    turn = next;
    return next;
  }

  async function takeWaiting(): Promise<void> {
    while (waiting.size > 0 && !isClosed) {
      const paths = [...waiting].slice(0, filesAtOnce);
      for (const path of paths) waiting.delete(path);
      try {
        await takePaths(paths.filter(isCandidate));
      } catch (error) {
        for (const path of paths) later(path);
        throw error;
      }
    }
  }

  async function takePaths(paths: readonly string[]): Promise<void> {
    const files = (await Promise.all(paths.map(listed))).filter((file) => file !== null);
    if (files.length === 0) return;
    const reader = await (engine ??= parts.createEngine());
    const { found, unreadable } = await readDroppedFiles({ engine: reader, root, zone }, files);
    for (const { path, reason } of unreadable) {
      const file = await listed(path);
      if (file === null) continue;
      if (reason === notPermitted) note(`${path} was left alone: ${reason}`);
      else if (parts.clock() - file.mtimeMs < settleMs) later(path);
      else await refuse(path, reason, [], 0);
    }
    const ours = found.filter(({ metadata }) => readMetadata(metadata).store === storeId);
    const others = found.filter((file) => !ours.includes(file));
    await adopt(others.filter(isRight));
    for (const file of others) if (!isRight(file)) await takeRows(file);
    if (ours.length > 0) await settleOurs(reader, ours);
  }

  /** Null for what is gone, and for links, which are left alone. */
  async function listed(path: string): Promise<ListedFile | null> {
    const file = await listedFile(root, path);
    if (file === null && (await store.fs.size(path)) !== null) {
      note(`${path} was left alone: it is a link; links are not followed`);
    }
    return file;
  }

  async function adopt(files: readonly DroppedFile[]): Promise<void> {
    const adopted: NewPart[] = [];
    for (const dropped of files) {
      const part = await partOfDropped(root, dropped);
      // It was written to while it was read.
      if ((await store.fs.size(part.file.path)) !== part.file.sizeBytes) {
        later(part.file.path);
        continue;
      }
      adopted.push(part);
      const { repeats } = dropped.checked;
      if (repeats > 0) note(`${part.file.path}: ${repeats} of its rows repeat a key; the later ones count`);
    }
    if (adopted.length === 0) return;
    await store.adopt(adopted);
    for (const { file } of files)
      if (noticed.delete(file.path)) lagMs = Math.max(0, parts.clock() - file.mtimeMs);
  }

  async function takeRows(dropped: DroppedFile): Promise<void> {
    const { file, dataset, checked } = dropped;
    const rows = rightRows(dropped);
    if (rows.length > 0) await store.append([{ dataset: dataset.name, version: dataset.version, rows }]);
    const faults = [...checked.bad, ...checked.misplaced.map(({ fault }) => fault)].sort(
      (a, b) => a.row - b.row,
    );
    await refuse(file.path, faultOf(dropped), faults, rows.length);
  }

  async function refuse(
    path: string,
    reason: string,
    faults: readonly FaultyRow[],
    stored: number,
  ): Promise<void> {
    const target = await setAside(store.fs, path, reason, faultDetails(stored, faults));
    const kept = stored > 0 ? `; ${stored} of its rows were stored` : '';
    note(`${path} was refused and lies in ${target}: ${reason}${kept}`);
  }

  /** What an earlier process of ours left between a part's name and its record. */
  async function settleOurs(reader: Engine, files: readonly DroppedFile[]): Promise<void> {
    await store.flushParts();
    for (const { file, dataset, metadata, checked } of files) {
      if (!isCandidate(file.path)) continue;
      await settleOwnPart(leftoverParts, reader, {
        file,
        dataset,
        metadata: readMetadata(metadata),
        rows: checked.good,
      });
    }
  }

  function later(path: string): void {
    if (isClosed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      offer(path);
    }, retryMs);
    timers.add(timer);
  }

  async function scan(): Promise<void> {
    const others: string[] = [];
    for (const top of dataFolders) {
      for await (const walked of walkFolders(store.fs, top)) {
        if ('reason' in walked) note(`${walked.folder} cannot be looked through: ${walked.reason}`);
        else for (const file of walked.files) lookAt(file, others);
      }
    }
    if (others.length > 0) await settleOutputs(others);
  }

  function lookAt({ path, kind }: WalkedFile, others: string[]): void {
    if (isCandidate(path)) {
      if (kind === 'file') waiting.add(path);
      else note(`${path} was left alone: it is a link; links are not followed`);
    } else if (kind === 'file' && isUnknownFile(path)) others.push(path);
  }

  function isUnknownFile(path: string): boolean {
    const isKnown = store.catalog.get(path) !== undefined || store.catalog.deadFile(path) !== undefined;
    return !isKnown && parseDataPath(path) !== null;
  }

  /** Compacted files that no record speaks of: a job was cut short before its switch, or someone put them there. */
  async function settleOutputs(paths: readonly string[]): Promise<void> {
    const reader = await (engine ??= parts.createEngine());
    const { found } = await readFooters(reader, root, paths);
    for (const path of paths) {
      const parsed = parseDataPath(path);
      const sizeBytes = await store.fs.size(path);
      if (sizeBytes === null || parsed === null) continue;
      const file = { ...parsed, path, dataset: parsed.dataset.name, sizeBytes };
      const { dataset, timeframe, partition } = parsed;
      const unlock = parts.locks.tryTake({ dataset, timeframe, period: partition });
      try {
        // A job that is at work here has given its file a name and not yet its record.
        if (unlock === null || !isUnknownFile(path)) continue;
        if (isSpentOutput(leftoverParts, found.get(path)?.metadata ?? {}, storeId))
          await bury(leftoverParts, [{ file, rows: 0, replacedBy: null }]);
        else note(`${path} is not part of the store: run "tapedeck adopt" to take it in`);
      } finally {
        unlock?.();
      }
    }
  }

  async function lookAndWork(): Promise<void> {
    await scan();
    await work();
  }

  function watchAndLook(): void {
    stop = watchFolders(root, dropFolders, {
      onFile: offer,
      onFolder: lookThrough,
      onReady: () => void lookAndWork().catch(() => undefined),
    });
  }

  /** Files may come before a new folder is watched, and just after it was looked through. */
  function lookThrough(folder: string): void {
    const look = async () => {
      for (const { path } of (await walkFiles(store.fs, folder)).files) offer(path);
    };
    for (const delayMs of [0, retryMs, settleMs]) {
      timers.add(setTimeout(() => void look().catch(() => undefined), delayMs));
    }
  }

  return {
    start() {
      // What the store was opened for comes first; a command may be done by then.
      const timer = setTimeout(watchAndLook, startDelayMs);
      timer.unref();
      timers.add(timer);
    },
    takeIn: lookAndWork,
    async adoptAll(request, control) {
      const before = turn.catch(() => undefined);
      const signal = control?.signal ?? new AbortController().signal;
      const run = Promise.race([before, rejectedBy(signal)]).then(() => adoptFolder(request, control));
      turn = Promise.allSettled([before, run]).then(() => undefined);
      const report = await run;
      if (request.dryRun !== true) await lookAndWork();
      return report;
    },
    notes: () => notes,
    lagMs: () => lagMs,
    async close() {
      isClosed = true;
      clearTimeout(burst);
      for (const timer of timers) clearTimeout(timer);
      await stop?.();
      await turn.catch(() => undefined);
      (await engine?.catch(() => undefined))?.close();
    },
  };
}
