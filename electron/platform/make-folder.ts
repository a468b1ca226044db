import { mkdir } from 'node:fs/promises';
import { codeOf } from './fs.ts';

/** Makes a folder, and those above it, unless they are there. A failure says why. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o750 });
  } catch (error) {
    // Of most failures of a recursive mkdir Node tells only that the folder is not there, a plain one tells which.
    if (codeOf(error) === 'ENOENT') await mkdir(path, { mode: 0o750 });
    throw error;
  }
}
