import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const folderMode = 0o750;

/**
 * Makes a folder, and those above it, unless they are there. A failure says why. One by one: where the system answers
 * that a new folder is not there, as in /proc, Node's own way of making all of them never comes to an end.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === path) throw error;
    await makeFolder(above);
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: folderMode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!(await stat(path)).isDirectory()) throw error;
  }
}
