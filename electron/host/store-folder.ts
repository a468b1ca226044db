import { WorkbenchError } from '#shared/errors';
import type { StoreDocument } from '#schemas/documents/store-document';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { createStoreFile, readStoreFile } from '../documents/store-file.ts';
import { systemClock } from '../platform/clock.ts';
import { makeFolder } from '../platform/make-folder.ts';
import { diskError } from '../storage/disk-error.ts';
import { lockFolder, parseSegmentName, storeFile, walFolder } from '../storage/layout.ts';

/** Whether an empty store is made where there is none. */
interface Beginning {
  readonly create: boolean;
}

/** The real path of the folder, which is made if one may be. Throws `store-missing` where there is none. */
export async function existingFolder(folder: string, { create }: Beginning): Promise<string> {
  try {
    if (create) await makeFolder(folder);
    return await realpath(folder);
  } catch (error) {
    if (create) throw diskError(error);
    throw new WorkbenchError('store-missing', `There is no store at ${folder}`, { cause: error });
  }
}

/** The store's own file, which is made where the folder holds nothing else. Throws `store-missing`. */
export async function readOrCreate(folder: string, { create }: Beginning): Promise<StoreDocument> {
  const document = await readStoreFile(folder);
  if (document !== null) return document;
  if (await hasLog(folder)) {
    const advice = `\`tapedeck verify --rebuild-log --store ${folder}\` makes one anew`;
    throw new WorkbenchError(
      'store-missing',
      `${folder} is a store without its store.json: put a copy back, or ${advice}`,
    );
  }
  if (!create) throw new WorkbenchError('store-missing', `${folder} is not a store: it has no store.json`);
  if (!(await isUnused(folder))) {
    throw new WorkbenchError(
      'store-missing',
      `${folder} is not a store, and holds other files: a store begins in a folder of its own`,
    );
  }
  return createStoreFile(folder, systemClock()).catch((error: unknown) => {
    throw diskError(error);
  });
}

/** Only what was a store has one: of another's folder a store begins with its own file. */
async function hasLog(folder: string): Promise<boolean> {
  const names = await readdir(join(folder, walFolder)).catch(() => []);
  return names.some((name) => parseSegmentName(name) !== null);
}

/** What systems leave in any folder does not count, nor does what another process has begun here meanwhile. */
async function isUnused(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  return names.includes(storeFile) || names.every((name) => name.startsWith('.') || name === lockFolder);
}
