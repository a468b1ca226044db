import { watch, type FSWatcher } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Paths are relative to the root and written with `/`. */
export interface FolderListener {
  /** Something happened to a file of this name: it came, changed or went. */
  readonly onFile: (path: string) => void;
  /** A folder came; there may be files in it already. */
  readonly onFolder: (path: string) => void;
  /** All folders that are there are watched now. What came before has to be looked for. */
  readonly onReady: () => void;
}

/** Ends the watching. */
export type StopWatching = () => Promise<void>;

/**
 * Watches what lies below some entries of `root`, which may come later. Links are not followed, and names that begin
 * with a dot are nobody's business.
 *
 * Only folders are watched, whose events name their files: a watch for each of fifty thousand files is more than
 * systems allow. Nor is the disk asked about each file when the watching begins, as libraries for this do: with
 * thousands of loose parts that keeps viewports waiting right after a store was opened.
 */
export function watchFolders(
  root: string,
  entries: readonly string[],
  listener: FolderListener,
): StopWatching {
  const watchers = new Map<string, FSWatcher>();
  let isClosed = false;

  const isWatched = (path: string) => {
    const [top = '', ...rest] = path.split('/');
    return entries.includes(top) && !rest.some((name) => name.startsWith('.'));
  };

  const unwatch = (folder: string) => {
    for (const [path, watcher] of watchers) {
      if (path !== folder && !path.startsWith(`${folder}/`)) continue;
      watcher.close();
      watchers.delete(path);
    }
  };

  const onEvent = (folder: string, event: string, name: string | null) => {
    if (isClosed || name === null) return;
    const path = [folder, ...name.split(sep)].filter((segment) => segment !== '').join('/');
    if (!isWatched(path)) return;
    listener.onFile(path);
    if (event === 'rename') void lookAtName(path);
  };

  const lookAtName = async (path: string) => {
    const stats = await lstat(join(root, path)).catch(() => null);
    if (isClosed || stats?.isFile() === true) return;
    // Also when one of the same name came in its place: the watch is on the one that went.
    unwatch(path);
    if (stats?.isDirectory() === true) await watchTree(path, listener.onFolder);
  };

  /** Watches a folder before it is listed, so that nothing can come unseen in between. */
  const watchTree = async (folder: string, tell: (path: string) => void) => {
    if (isClosed || watchers.has(folder)) return;
    try {
      const watcher = watch(join(root, folder), (event, name) => onEvent(folder, event, name));
      // A folder that cannot be watched is still looked through when the store is opened.
      watcher.on('error', () => unwatch(folder));
      watchers.set(folder, watcher);
    } catch {
      return;
    }
    if (folder !== '') tell(folder);
    const found = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of found) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && isWatched(path)) await watchTree(path, tell);
    }
  };

  const begin = async () => {
    await watchTree('', () => undefined);
    if (!isClosed) listener.onReady();
  };
  void begin();

  return () => {
    isClosed = true;
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
    return Promise.resolve();
  };
}
