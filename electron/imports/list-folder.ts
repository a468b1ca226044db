import type { UnreadableFile } from '#shared/domain/viewport';
import { lstat } from 'node:fs/promises';
import type { Fs } from '../platform/fs.ts';
import {
  foreignDatasets,
  isForeignFolder,
  parseForeignPath,
  type ForeignPath,
} from '../storage/foreign-layout.ts';
import { walkFolders, type WalkedFile } from '../storage/walk-files.ts';

/** A data file of a folder, and by what a change of it is known. */
export interface ListedFile extends ForeignPath {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

export interface FolderListing {
  /** Oldest first: where two hold the same row, the later writing counts. */
  readonly files: readonly ListedFile[];
  /** Links, folders that may not be read, and files whose names say nothing. */
  readonly leftOut: readonly UnreadableFile[];
}

const statsAtOnce = 64;

/** How a caller follows a look at a folder, and ends it. */
export interface Look {
  readonly signal?: AbortSignal | undefined;
  readonly onFound?: ((files: number) => void) | undefined;
}

/** The data files of a folder in the original bots' layout. Links are not followed. */
export async function listFolder(fs: Fs, root: string, look: Look = {}): Promise<FolderListing> {
  const { walked, leftOut } = await walkAll(fs, look);
  const paths: ForeignPath[] = [];
  for (const { path, kind } of walked) {
    const parsed = parseForeignPath(path);
    if (kind !== 'file') leftOut.push({ path, reason: 'it is a link; links are not followed' });
    else if (parsed !== null) paths.push(parsed);
    else if (isVisibleParquet(path))
      leftOut.push({
        path,
        reason: 'its place and name do not say of which timeframe and day or month it is',
      });
  }
  const files: ListedFile[] = [];
  for (let start = 0; start < paths.length; start += statsAtOnce) {
    look.signal?.throwIfAborted();
    const batch = paths.slice(start, start + statsAtOnce).map(({ path }) => listedFile(root, path));
    files.push(...(await Promise.all(batch)).filter((file) => file !== null));
  }
  return { files: files.sort((a, b) => a.mtimeMs - b.mtimeMs || (a.path < b.path ? -1 : 1)), leftOut };
}

/** What lies in the folders of data, by path. */
async function walkAll(fs: Fs, { signal, onFound }: Look) {
  const walked: WalkedFile[] = [];
  const leftOut: UnreadableFile[] = [];
  for (const { folder: top } of foreignDatasets) {
    const files: WalkedFile[] = [];
    for await (const found of walkFolders(fs, top)) {
      signal?.throwIfAborted();
      if ('reason' in found) leftOut.push({ path: found.folder, reason: found.reason });
      else for (const file of found.files) files.push(file);
      onFound?.(walked.length + files.length);
    }
    for (const file of files.sort((a, b) => (a.path < b.path ? -1 : 1))) walked.push(file);
  }
  return { walked, leftOut };
}

/** Null for what is no data, is no plain file, or is gone. */
export async function listedFile(root: string, path: string): Promise<ListedFile | null> {
  const parsed = parseForeignPath(path);
  const stats = parsed === null ? null : await lstat(`${root}/${path}`).catch(() => null);
  if (parsed === null || stats?.isFile() !== true) return null;
  return { ...parsed, sizeBytes: stats.size, mtimeMs: Math.floor(stats.mtimeMs) };
}

/** Whether a folder without `store.json` holds data in the original bots' layout. */
export async function looksForeign(fs: Fs): Promise<boolean> {
  for (const { folder } of foreignDatasets) {
    const entries = await fs.list(folder).catch(() => []);
    if (entries.some(({ name, kind }) => kind === 'folder' && isForeignFolder(folder, name))) return true;
  }
  return false;
}

function isVisibleParquet(path: string): boolean {
  return /(^|\/)[^./][^/]*\.parquet$/i.test(path);
}
