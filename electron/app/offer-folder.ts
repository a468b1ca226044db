import { mkdir, rmdir } from 'node:fs/promises';

/**
 * Has a folder there for as long as a dialog begins in it: one that is not there would not be offered. What was made for
 * that and is empty afterwards goes again, so that asking leaves nothing behind in a folder that another program keeps.
 */
export async function offerFolder<T>(folder: string, ask: () => Promise<T>): Promise<T> {
  // Where it cannot be made, the dialog begins elsewhere.
  const made = await mkdir(folder, { recursive: true }).catch(() => undefined);
  try {
    return await ask();
  } finally {
    if (made !== undefined) await rmdir(folder).catch(() => undefined);
  }
}
