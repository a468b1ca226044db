import { codeOf, type Fs, type FsFile } from '../platform/fs.ts';
import { dotPath } from './layout.ts';

/**
 * Writes a file under a name that was never used before, so that a reader sees all of it or none of it and it
 * survives a power cut once this returns. A crash leaves at most a dot-file, which `sweepDotFiles` removes.
 */
export function publishFile(fs: Fs, path: string, content: Uint8Array): Promise<void> {
  return publishChunks(fs, path, [content]);
}

/** The same of a file that is too large for the memory; nothing is left where its chunks end in an error. */
export async function publishChunks(
  fs: Fs,
  path: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const partial = dotPath(path);
  try {
    const file = await createInFolder(fs, partial);
    try {
      for await (const chunk of chunks) await file.write(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(partial, path);
  } catch (error) {
    await fs.remove(partial).catch(() => undefined);
    throw error;
  }
  await fs.syncFolder(folderOf(path));
}

/** A folder that is empty may be removed at any moment, until it holds this file. */
async function createInFolder(fs: Fs, path: string): Promise<FsFile> {
  for (let attempt = 0; ; attempt += 1) {
    await makeFolderDurably(fs, folderOf(path));
    await fs.remove(path);
    try {
      return await fs.create(path);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || attempt >= 3) throw error;
    }
  }
}

/** The same for a file that something else, such as DuckDB's COPY, has written to its dot-path. */
export async function publishWritten(fs: Fs, path: string): Promise<void> {
  await fs.syncFile(dotPath(path));
  await fs.rename(dotPath(path), path);
  await fs.syncFolder(folderOf(path));
}

/** Makes a folder whose name survives a power cut, and those above it. */
export async function makeFolderDurably(fs: Fs, folder: string): Promise<void> {
  if (folder === '') return;
  const segments = folder.split('/');
  await fs.makeFolder(folder);
  for (let depth = segments.length - 1; depth >= 0; depth -= 1) {
    await fs.syncFolder(segments.slice(0, depth).join('/'));
  }
}

/** The folder of a path of the store, empty for the store's own. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
