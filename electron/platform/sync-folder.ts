import { open } from 'node:fs/promises';

/** Makes names that were given in a folder survive a power cut. Windows cannot open a folder, and does so by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
