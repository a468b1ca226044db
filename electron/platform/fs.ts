import { constants } from 'node:fs';
import * as nodeFs from 'node:fs/promises';
import { join } from 'node:path';
import { insideRoot, type FolderLinks } from './inside-root.ts';
import { makeFolder } from './make-folder.ts';
import { syncFolder } from './sync-folder.ts';

export interface FsEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}

export interface FsFile {
  /** Writes all of it at the end of the file. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Returns when the bytes written so far survive a power cut. */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * All that the store asks of a file system, so that tests can stand in for one that crashes or fails.
 * Paths are relative to the store's folder and written with `/`.
 */
export interface Fs {
  /** Opens a new file; fails with EEXIST when the name is taken. */
  readonly create: (path: string) => Promise<FsFile>;
  /** Null when there is no such file. */
  readonly read: (path: string) => Promise<Uint8Array | null>;
  /** Empty when there is no such folder. Links are `other`. */
  readonly list: (folder: string) => Promise<readonly FsEntry[]>;
  /** Null when there is no such file. */
  readonly size: (path: string) => Promise<number | null>;
  /** Makes the folder and those above it; the names survive a power cut only after `syncFolder` of each parent. */
  readonly makeFolder: (folder: string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  /**
   * Gives a file a second name, so that it is never without one on its way to another folder; nothing is done when it
   * has it already. Where files can have one name only it is moved.
   */
  readonly link: (from: string, to: string) => Promise<void>;
  /** Quietly does nothing when the file is gone already. */
  readonly remove: (path: string) => Promise<void>;
  /** Removes a folder if it is empty. */
  readonly removeEmptyFolder: (folder: string) => Promise<void>;
  /** Cuts a file to a length and flushes it. */
  readonly truncate: (path: string, length: number) => Promise<void>;
  /** Flushes a file that was written by other means, such as DuckDB's COPY. */
  readonly syncFile: (path: string) => Promise<void>;
  /** Makes names that were added to or taken from a folder survive a power cut. */
  readonly syncFolder: (folder: string) => Promise<void>;
}

const isWindows = process.platform === 'win32';
const retriedCodes = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** How file systems say that they know no second names. */
const unlinkableCodes = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR', 'UNKNOWN']);

/** The real file system under `root`. `links` are those of its folders that may lie elsewhere. */
export function diskFs(root: string, links?: FolderLinks): Fs {
  const at = (path: string) => join(root, ...path.split('/'));
  const guard = insideRoot(root, links);
  return {
    create: async (path) => {
      await guard(path);
      return diskFile(await nodeFs.open(at(path), 'ax', 0o640));
    },
    read: (path) => orNull(nodeFs.readFile(at(path))),
    list: async (folder) => {
      const entries = (await orNull(nodeFs.readdir(at(folder), { withFileTypes: true }))) ?? [];
      return entries.map((entry) => ({
        name: entry.name,
        kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other',
      }));
    },
    size: async (path) => (await orNull(nodeFs.lstat(at(path))))?.size ?? null,
    makeFolder: async (folder) => {
      await guard(`${folder}/`);
      await makeFolder(at(folder));
    },
    rename: async (from, to) => {
      await guard(from);
      await guard(to);
      await patiently(() => nodeFs.rename(at(from), at(to)));
    },
    link: async (from, to) => {
      await guard(from);
      await guard(to);
      try {
        await nodeFs.link(at(from), at(to));
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return;
        if (!unlinkableCodes.has(codeOf(error))) throw error;
        await patiently(() => nodeFs.rename(at(from), at(to)));
      }
    },
    remove: async (path) => {
      await guard(path);
      await patiently(() => orNull(nodeFs.unlink(at(path))));
    },
    removeEmptyFolder: async (folder) => {
      await guard(folder);
      try {
        await nodeFs.rmdir(at(folder));
      } catch (error) {
        if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
      }
    },
    truncate: async (path, length) => {
      await guard(path);
      const handle = await nodeFs.open(at(path), 'r+');
      try {
        await handle.truncate(length);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    syncFile: (path) => syncPath(at(path), constants.O_RDWR),
    syncFolder: (folder) => syncFolder(at(folder)),
  };
}

/** The system's code of a failed file call (`ENOSPC`), or an empty text. */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

function diskFile(handle: nodeFs.FileHandle): FsFile {
  return {
    write: async (bytes) => {
      for (let written = 0; written < bytes.length;) {
        written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
      }
    },
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

async function syncPath(path: string, flags: number): Promise<void> {
  const handle = await nodeFs.open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
    throw error;
  }
}

/** On Windows a virus scanner or an open reader holds a file for a moment. */
async function patiently<T>(act: () => Promise<T>): Promise<T> {
  for (let waitMs = 10; ; waitMs *= 2) {
    try {
      return await act();
    } catch (error) {
      if (!isWindows || waitMs > 1_000 || !retriedCodes.has(codeOf(error))) throw error;
      await new Promise((resume) => setTimeout(resume, waitMs));
    }
  }
}
