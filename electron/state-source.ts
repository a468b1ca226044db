import { createEngine } from './engine/engine.ts';
import { dropFolders, recoverWithDropped } from './imports/dropped-parts.ts';
import { createScan } from './imports/scan-folder.ts';
import { isBeingBackedUp } from './jobs/backup/settle-backup.ts';
import { watchFolders } from './platform/watch-folders.ts';
import type { Fs } from './platform/fs.ts';
import { followLog } from './storage/follow-log.ts';
import { recoverLog, type Recovery } from './storage/recover-log.ts';
import type { Store } from './storage/store.ts';

/** Where the state of a store comes from for a process that does not own it. */
export interface StateSource {
  readonly recover: (fs: Fs) => Promise<Recovery>;
  /** What a writer is told. */
  readonly readOnlyReason: string;
  /** Lets the store follow what changes on the disk, until `close`. */
  readonly follow: (store: Store) => void;
  readonly close: () => Promise<void>;
}

export interface ForeignFolder {
  /** IANA zone of times without an offset. */
  readonly zone: string;
  /** Symbol of files that have no column for it. */
  readonly symbol?: string | undefined;
  /** Called when the folder has become a store. */
  readonly onAdopted?: () => void;
}

const engineOptions = { threads: 2, memoryLimit: '512MB', trustsFileNames: false };
/** Changes of a moment are looked at together. */
const burstMs = 150;
/** Files may come just before a new folder is watched. */
const secondLookMs = 2_000;

/** A folder that other programs write and keep: its files are what it is. Nothing in it is touched. */
export async function foreignSource(
  root: string,
  { zone, symbol, onAdopted }: ForeignFolder,
): Promise<StateSource> {
  const engine = await createEngine(engineOptions);
  const scan = createScan({ engine, root, zone, symbol });
  let stop: (() => Promise<void>) | undefined;
  let burst: NodeJS.Timeout | undefined;
  let secondLook: NodeJS.Timeout | undefined;
  let refreshing: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  return {
    recover: scan.recover,
    readOnlyReason: `${root} was written by another program and is open for reading only; \`tapedeck adopt ${root}\` makes it a store`,
    follow(store) {
      const refreshSoon = () => {
        burst ??= setTimeout(() => {
          burst = undefined;
          refreshing = refreshing.then(() => store.refresh()).catch(() => undefined);
        }, burstMs);
      };
      stop = watchFolders(root, [...dropFolders, 'store.json'], {
        onFile: (path) => {
          if (isClosed) return;
          if (path === 'store.json') onAdopted?.();
          else refreshSoon();
        },
        onFolder: () => {
          refreshSoon();
          clearTimeout(secondLook);
          secondLook = setTimeout(refreshSoon, secondLookMs);
        },
        onReady: refreshSoon,
      });
    },
    async close() {
      isClosed = true;
      clearTimeout(burst);
      clearTimeout(secondLook);
      await stop?.();
      await refreshing;
      engine.close();
    },
  };
}

/** A store that this process may not write to, while it is open for long. */
export interface FollowedStore {
  /** What a writer is told: one sentence. */
  readonly reason: string;
  /** Called each time the log was looked at. */
  readonly afterLook: () => Promise<void>;
}

/**
 * A store that this process does not own: what its log says, and the parts that an owner would take in. One that is not
 * followed stays as it was when it was opened or refreshed.
 */
export async function readerSource(
  root: string,
  storeId: string,
  zone: string,
  followed?: FollowedStore,
): Promise<StateSource> {
  const engine = await createEngine(engineOptions);
  let stop: (() => Promise<void>) | undefined;
  return {
    // What a backup has copied for its next state belongs to nobody yet.
    recover: async (fs) =>
      (await isBeingBackedUp(fs)) ? recoverLog(fs) : recoverWithDropped(fs, { engine, root, zone, storeId }),
    readOnlyReason: followed?.reason ?? 'The store is open for reading only',
    follow(store) {
      if (followed !== undefined) stop = followLog(store, followed.afterLook);
    },
    async close() {
      await stop?.();
      engine.close();
    },
  };
}
