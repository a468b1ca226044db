import { watch } from 'chokidar';
import { relative, sep } from 'node:path';

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
 * systems allow.
 */
export function watchFolders(
  root: string,
  entries: readonly string[],
  listener: FolderListener,
): StopWatching {
  const inside = (path: string) => relative(root, path).split(sep);
  const isWatched = ([top = '', ...rest]: readonly string[]) =>
    entries.includes(top) && !rest.some((name) => name.startsWith('.'));
  const watcher = watch(root, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path, stats) => {
      const segments = inside(path);
      return segments[0] !== '' && (!isWatched(segments) || stats?.isDirectory() === false);
    },
  });
  watcher.on('addDir', (path) => {
    const segments = inside(path);
    if (isWatched(segments)) listener.onFolder(segments.join('/'));
  });
  watcher.on('raw', (_event, name: unknown, details: unknown) => {
    const folder = watchedPathOf(details);
    if (typeof name !== 'string' || folder === null) return;
    const segments = [...inside(folder).filter((segment) => segment !== ''), ...name.split(sep)];
    if (isWatched(segments)) listener.onFile(segments.join('/'));
  });
  watcher.on('ready', listener.onReady);
  // A folder that cannot be watched is still looked through when the store is opened.
  watcher.on('error', () => undefined);
  return () => watcher.close();
}

function watchedPathOf(details: unknown): string | null {
  const path: unknown =
    typeof details === 'object' && details !== null && 'watchedPath' in details ? details.watchedPath : null;
  return typeof path === 'string' ? path : null;
}
