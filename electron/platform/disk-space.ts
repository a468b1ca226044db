import { statfs } from 'node:fs/promises';

/** Bytes that this user may still write on the disk of a folder; null where the file system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
