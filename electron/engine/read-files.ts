import { WorkbenchError } from '#shared/errors';
import type { UnreadableFile } from '#shared/domain/viewport';
import { faultOfFile } from './file-fault.ts';

export interface FilesRead<T> {
  readonly value: T;
  /** Files that were left out because they could not be read. */
  readonly unreadable: readonly UnreadableFile[];
}

/**
 * Runs a query over files; if it fails, finds out which of them cannot be read and runs it again without those.
 * `query` gets absolute paths; `paths` are as the store names them and `root` is its folder.
 */
export async function readFiles<T>(
  root: string,
  paths: readonly string[],
  query: (files: readonly string[]) => Promise<T>,
  empty: T,
): Promise<FilesRead<T>> {
  const absolute = (path: string) => `${root}/${path}`;
  if (paths.length === 0) return { value: empty, unreadable: [] };
  try {
    return { value: await query(paths.map(absolute)), unreadable: [] };
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    const unreadable: UnreadableFile[] = [];
    for (const path of paths) {
      const reason = await faultOf(absolute(path), query);
      if (reason !== null) unreadable.push({ path, reason });
    }
    if (unreadable.length === 0) throw error;
    const bad = new Set(unreadable.map(({ path }) => path));
    const good = paths.filter((path) => !bad.has(path));
    return { value: good.length === 0 ? empty : await query(good.map(absolute)), unreadable };
  }
}

async function faultOf(
  path: string,
  query: (files: readonly string[]) => Promise<unknown>,
): Promise<string | null> {
  try {
    await query([path]);
    return null;
  } catch (error) {
    return faultOfFile(path, error);
  }
}
