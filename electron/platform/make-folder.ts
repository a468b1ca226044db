import { mkdir } from 'node:fs/promises';

const folderMode = 0o750;

/** Makes a folder, and those above it, unless they are there. A failure says why. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: folderMode });
  } catch (error) {
    // Of most failures of a recursive mkdir Node tells only that a folder is not there, a plain one tells which it is.
    const { code, path: missing } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || missing === undefined) throw error;
    await mkdir(missing, { mode: folderMode });
    await makeFolder(path);
  }
}
