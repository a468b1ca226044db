import type { Fs } from '../platform/fs.ts';
import { diskError } from './disk-error.ts';
import { dataFolders } from './layout.ts';

/**
 * Removes the dot-files that a crash left where data is written. Anything else that begins with a dot is not ours.
 * Answers, one sentence each, what it could not look at or remove: no reason not to open the store.
 */
export async function sweepDotFiles(fs: Fs): Promise<readonly string[]> {
  const warnings: string[] = [];
  for (const folder of dataFolders) {
    for (const timeframe of await trying(warnings, () => foldersIn(fs, folder))) {
      await trying(warnings, () => sweepFolder(fs, timeframe));
      for (const partition of await trying(warnings, () => foldersIn(fs, timeframe))) {
        await trying(warnings, () => sweepFolder(fs, partition));
      }
    }
  }
  return warnings;
}

async function trying(warnings: string[], act: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await act();
  } catch (error) {
    warnings.push(`What a crash left could not be removed. ${diskError(error).message}`);
    return [];
  }
}

async function foldersIn(fs: Fs, folder: string): Promise<string[]> {
  return (await fs.list(folder))
    .filter(({ kind }) => kind === 'folder')
    .map(({ name }) => `${folder}/${name}`);
}

async function sweepFolder(fs: Fs, folder: string): Promise<readonly string[]> {
  for (const { name, kind } of await fs.list(folder)) {
    if (kind === 'file' && /^\..+\.parquet\.tmp$/.test(name)) await fs.remove(`${folder}/${name}`);
  }
  return [];
}
