import type { Engine } from '../../engine/engine.ts';
import { dropFolders } from '../../imports/dropped-parts.ts';
import { watchFolders, type StopWatching } from '../../platform/watch-folders.ts';
import { walkFiles } from '../../storage/walk-files.ts';
import { rejectedBy } from '../queue/wait.ts';
import { createAdoptFolder, type AdoptFolder } from './adopt-folder.ts';
import { isCandidate, type AdoptionParts } from './adoption-parts.ts';
import type { LeftoverParts } from './leftovers.ts';
import { lookingForParts } from './look-for-parts.ts';
import { takingParts } from './take-parts.ts';

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

/** Takes in what other programs put into the store: what lies there, and what comes while it is open. */
export function createAdoption(parts: AdoptionParts): Adoption {
  const { store, root } = parts;
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
  const step = { ...parts, leftoverParts, note, engine: () => (engine ??= parts.createEngine()) };
  const lookForParts = lookingForParts({ ...step, onPart: (path) => void waiting.add(path) });
  const takeParts = takingParts({
    ...{ ...step, settleMs, later },
    onAdopted({ path, mtimeMs }) {
      if (noticed.delete(path)) lagMs = Math.max(0, parts.clock() - mtimeMs);
    },
  });

  function note(text: string): void {
    if (notes.includes(text)) return;
    notes.push(text);
    if (notes.length > keptNotes) notes.shift();
  }

  function offer(path: string): void {
    if (!isCandidate(store, path)) return;
    noticed.add(path);
    waiting.add(path);
    burst ??= setTimeout(() => {
      burst = undefined;
      work().catch(() => undefined);
    }, burstMs);
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
        await takeParts(paths.filter((path) => isCandidate(store, path)));
      } catch (error) {
        for (const path of paths) later(path);
        throw error;
      }
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

  async function lookAndWork(): Promise<void> {
    await lookForParts();
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
