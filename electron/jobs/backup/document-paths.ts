import type { Fs } from '../../platform/fs.ts';
import {
  currentObjectsFile,
  dataFolders,
  jobFolder,
  lockFolder,
  rejectFolder,
  sizeHistoryFile,
  storeFile,
  tierFolders,
  trashFolder,
  walFolder,
} from '../../storage/layout.ts';
import { walkFiles } from '../../storage/walk-files.ts';
import { noteFile } from './backup-note.ts';

const topOf = (path: string) => path.slice(0, path.includes('/') ? path.indexOf('/') : undefined);

/** What is data, is made anew, or is of this place alone; the log and the trash are stood for by the state itself. */
const leftOut = new Set([
  ...dataFolders.map(topOf),
  ...Object.values(tierFolders),
  ...[
    walFolder,
    lockFolder,
    trashFolder,
    rejectFolder,
    jobFolder,
    topOf(sizeHistoryFile),
    topOf(currentObjectsFile),
  ],
  ...['exports', 'logs', noteFile],
]);

/** JSON, CSV and whatever else programs and users keep beside the data, by path. Links are left out. */
export async function documentPaths(fs: Fs): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const { name, kind } of await fs.list('')) {
    if (name.startsWith('.') || name === storeFile || leftOut.has(name)) continue;
    if (kind === 'file') paths.push(name);
    if (kind !== 'folder') continue;
    const { files } = await walkFiles(fs, name);
    paths.push(
      ...files.filter((file) => file.kind === 'file' && !isHidden(file.path)).map(({ path }) => path),
    );
  }
  return paths.sort();
}

function isHidden(path: string): boolean {
  return path.split('/').some((name) => name.startsWith('.'));
}
