import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { sweepLeftovers } from './sweep-leftovers.ts';

/** Where the demo store lies, below the folder of what the app keeps for this user. */
export function demoStoreFolder(userData: string): string {
  return join(userData, 'demo-store');
}

/**
 * Makes the demo store with `make` and puts it in place when it is whole.
 *
 * What earlier attempts left behind when they were cut short is removed.
 */
export async function makeDemoStoreAt(
  folder: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const start = `${basename(folder)}.partial-`;
  await mkdir(dirname(folder), { recursive: true });
  sweepLeftovers(dirname(folder), start);
  const partial = join(dirname(folder), `${start}${process.pid}`);
  await make(partial);
  try {
    await rename(partial, folder);
  } catch (error) {
    // Another process may have made the same store meanwhile.
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
