import type { Fs, FsFile } from '../../../electron/platform/fs.ts';
import { walFolder } from '../../../electron/storage/layout.ts';
import { decodeEntry, type LogEntry } from '../../../electron/storage/log-entry.ts';
import type { Store } from '../../../electron/storage/store.ts';
import { scanSegment, segmentHeaderLength } from '../../../electron/storage/wal-format.ts';

/** A rule of the store that is broken on purpose: crashes must show it. */
export interface Mutation {
  readonly name: string;
  readonly fs?: (fs: Fs) => Fs;
  readonly store?: (store: Store) => void;
}

const isLog = (path: string) => path.startsWith(`${walFolder}/`);

export const mutations: readonly Mutation[] = [
  {
    name: 'files are not flushed before they are used',
    fs: (fs) => ({
      ...withFiles(fs, (file, path) => (isLog(path) ? file : { ...file, sync: done })),
      syncFile: done,
    }),
  },
  { name: 'folders are not flushed', fs: (fs) => ({ ...fs, syncFolder: done }) },
  {
    name: 'the log is not flushed before rows are acknowledged',
    fs: (fs) => withFiles(fs, (file, path) => (isLog(path) ? { ...file, sync: done } : file)),
  },
  {
    name: 'the old log is removed before the new checkpoint is durable',
    fs: (fs) =>
      beforeRecord(fs, async (entry, path) => {
        if (entry.kind !== 'checkpoint') return;
        for (const { name } of await fs.list(walFolder)) {
          if (`${walFolder}/${name}` !== path) await fs.remove(`${walFolder}/${name}`);
        }
        await fs.syncFolder(walFolder);
      }),
  },
  {
    name: 'merged files are deleted before readers are switched over',
    fs: (fs) =>
      beforeRecord(fs, async (entry) => {
        if (entry.kind === 'swap') for (const { path } of entry.removed) await fs.remove(path);
      }),
  },
  {
    name: 'the new file is added in one record and the merged ones are removed in the next',
    store: (store) => {
      const swap = store.swap.bind(store);
      store.swap = async (added, removed, replaced) => {
        await swap(added, [], replaced);
        await swap([], removed);
      };
    },
  },
];

const done = () => Promise.resolve();

function withFiles(fs: Fs, change: (file: FsFile, path: string) => FsFile): Fs {
  return { ...fs, create: async (path) => change(await fs.create(path), path) };
}

function beforeRecord(fs: Fs, act: (entry: LogEntry, path: string) => Promise<void>): Fs {
  return withFiles(fs, (file, path) => ({
    ...file,
    write: async (bytes) => {
      for (const entry of isLog(path) ? entriesIn(bytes) : []) await act(entry, path);
      await file.write(bytes);
    },
  }));
}

function entriesIn(bytes: Uint8Array): readonly LogEntry[] {
  const segment = Buffer.concat([Buffer.alloc(segmentHeaderLength), bytes]);
  return scanSegment(segment).records.map(({ payload }) => decodeEntry(payload));
}
