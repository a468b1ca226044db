import { codeOf, type Fs } from '../../platform/fs.ts';

/** Syncs each folder once. One that is gone needs none. */
export async function syncFolders(fs: Fs, folders: readonly string[]): Promise<void> {
  for (const folder of new Set(folders)) {
    try {
      await fs.syncFolder(folder);
    } catch (error) {
      // It was empty and removed, in an attempt that a crash cut short or by another job.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
}
