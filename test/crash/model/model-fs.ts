import type { Fs, FsFile } from '../../../electron/platform/fs.ts';
import {
  appendBytes,
  createFile,
  emptyDisk,
  existingNode,
  failSync,
  fileAt,
  linkFile,
  listFolder,
  makeFolder,
  removeEmptyFolder,
  removeFile,
  renameFile,
  syncFolder,
  syncNode,
  systemError,
  truncateFile,
  type ModelDisk,
} from './model-disk.ts';

/** One call of the file system, before it is done. */
export interface FsCall {
  /** Counts calls of every kind from 0. */
  readonly number: number;
  readonly kind: keyof Fs | 'write' | 'sync' | 'close';
  readonly path: string;
}

export interface ModelFsOptions {
  readonly disk?: ModelDisk;
  /** Told of every call while nothing else runs; the code of an error makes the call fail. */
  readonly onCall?: (call: FsCall, disk: ModelDisk) => string | null;
  /** After this many calls the machine is off: a call never returns. */
  readonly crashAt?: number;
}

export interface ModelFs extends Fs {
  readonly disk: () => ModelDisk;
  readonly callCount: () => number;
  /** Resolves when a call came that the machine no longer does. */
  readonly crashed: Promise<void>;
}

/**
 * A file system in memory over a modelled disk. Calls are done one at a time, in the order in which they came, each
 * only after all that waits on the ones before has run: what the store would have told its callers by then, it has.
 */
export function createModelFs({
  disk: start = emptyDisk,
  onCall,
  crashAt = Infinity,
}: ModelFsOptions = {}): ModelFs {
  let disk = start;
  let callCount = 0;
  let last: Promise<unknown> = Promise.resolve();
  let reportCrash = (): void => undefined;
  const crashed = new Promise<void>((resolve) => (reportCrash = resolve));

  function call<T>(kind: FsCall['kind'], path: string, act: () => T, fail?: () => void): Promise<T> {
    const done = last.then(async () => {
      await idle();
      const number = callCount++;
      if (number >= crashAt) {
        reportCrash();
        return new Promise<never>(() => undefined);
      }
      const code = onCall?.({ number, kind, path }, disk) ?? null;
      if (code === null) return act();
      fail?.();
      throw systemError(code, kind, path);
    });
    last = done.catch(() => undefined);
    return done;
  }

  const change = (next: ModelDisk): void => {
    disk = next;
  };

  function open(path: string, node: number): FsFile {
    return {
      write: (bytes) =>
        call(
          'write',
          path,
          () => change(appendBytes(disk, node, bytes)),
          // A disk that fills up takes what still fits.
          () => change(appendBytes(disk, node, bytes.subarray(0, bytes.length >> 1))),
        ),
      sync: () =>
        call(
          'sync',
          path,
          () => change(syncNode(disk, node)),
          () => change(failSync(disk, node)),
        ),
      close: () => call('close', path, () => undefined),
    };
  }

  return {
    disk: () => disk,
    callCount: () => callCount,
    crashed,
    create: (path) =>
      call('create', path, () => {
        const created = createFile(disk, path);
        change(created.disk);
        return open(path, created.node);
      }),
    read: (path) => call('read', path, () => fileAt(disk, path)?.bytes.slice() ?? null),
    list: (folder) => call('list', folder, () => listFolder(disk, folder)),
    size: (path) => call('size', path, () => fileAt(disk, path)?.bytes.length ?? null),
    makeFolder: (folder) => call('makeFolder', folder, () => change(makeFolder(disk, folder))),
    link: (from, to) => call('link', from, () => change(linkFile(disk, from, to))),
    rename: (from, to) => call('rename', from, () => change(renameFile(disk, from, to))),
    remove: (path) => call('remove', path, () => change(removeFile(disk, path))),
    removeEmptyFolder: (folder) =>
      call('removeEmptyFolder', folder, () => change(removeEmptyFolder(disk, folder))),
    truncate: (path, length) => call('truncate', path, () => change(truncateFile(disk, path, length))),
    syncFile: (path) =>
      call(
        'syncFile',
        path,
        () => change(syncNode(disk, existingNode(disk, path, 'open'))),
        () => {
          if (fileAt(disk, path) !== null) change(failSync(disk, existingNode(disk, path, 'open')));
        },
      ),
    syncFolder: (folder) => call('syncFolder', folder, () => change(syncFolder(disk, folder))),
  };
}

/** Until everything has run that waits for nothing from outside: a tick comes after all promises that are settled. */
function idle(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
