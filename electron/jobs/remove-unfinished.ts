import { trialPaths } from '../engine/write-sorted.ts';
import type { Fs } from '../platform/fs.ts';
import { dotPath } from '../storage/layout.ts';

/**
 * Waits for the process that writes files for a job. When that fails, or is ended in the middle by a cancel, what it has
 * written by then is removed; what escapes that is swept when the store is next opened.
 */
export async function orRemoveUnfinished<T>(
  fs: Fs,
  paths: readonly string[],
  writing: Promise<T>,
): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    for (const path of paths.map(dotPath).flatMap((output) => [output, ...trialPaths(output)]))
      await fs.remove(path).catch(() => undefined);
    throw error;
  }
}
