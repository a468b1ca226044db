import type { Fs } from '../../platform/fs.ts';
import { folderOf, makeFolderDurably } from '../../storage/publish-file.ts';
import { walkFolders } from '../../storage/walk-files.ts';
import { syncFolders } from '../trash/sync-folders.ts';

/** Where documents of a backup wait, which have the names of those before, until its rows have changed. */
export const stagingFolder = '.incoming';

/** Gives what waits its own names. Cut short, it can be called again. */
export async function placeStaged(fs: Fs): Promise<void> {
  const { paths } = await staged(fs);
  const targets = paths.filter((path) => !isHidden(path)).map((path) => path.slice(stagingFolder.length + 1));
  for (const folder of new Set(targets.map(folderOf))) await makeFolderDurably(fs, folder);
  for (const target of targets) await fs.rename(`${stagingFolder}/${target}`, target);
  await syncFolders(fs, targets.map(folderOf));
  await dropStaged(fs);
}

/** Removes what waits. */
export async function dropStaged(fs: Fs): Promise<void> {
  const { paths, folders } = await staged(fs);
  for (const path of paths) await fs.remove(path);
  // The deepest first.
  for (const folder of folders.sort((a, b) => b.length - a.length)) await fs.removeEmptyFolder(folder);
}

async function staged(fs: Fs): Promise<{ readonly paths: readonly string[]; readonly folders: string[] }> {
  const paths: string[] = [];
  const folders: string[] = [];
  for await (const walked of walkFolders(fs, stagingFolder)) {
    folders.push(walked.folder);
    if ('files' in walked) paths.push(...walked.files.map(({ path }) => path));
  }
  return { paths, folders };
}

function isHidden(path: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1).startsWith('.');
}
