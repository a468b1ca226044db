import { describeFault } from '#shared/describe-fault';
import { WorkbenchError } from '#shared/errors';
import {
  storeDocument,
  storeFormatVersion,
  storeSettings,
  type StoreDocument,
  type StoreSettingsDocument,
} from '#schemas/documents/store-document';
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../platform/fs.ts';
import { placeExclusively } from '../platform/place-exclusively.ts';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';

const name = 'store.json';

/** Reads `store.json`; null where the folder holds none. A newer format or a broken file is refused by name. */
export async function readStoreFile(folder: string): Promise<StoreDocument | null> {
  const path = join(folder, name);
  const text = await readText(path);
  if (text === null) return null;
  let parsed: unknown;
  try {
    // Some editors put a mark of the encoding in front.
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const advice = `\`tapedeck verify --rebuild-log --store ${folder}\` makes one anew`;
    throw new WorkbenchError('store-unreadable', `${path} is not JSON: put a copy back, or ${advice}`, {
      cause: error,
    });
  }
  const version = z.object({ formatVersion: z.int() }).safeParse(parsed);
  if (version.success && version.data.formatVersion > storeFormatVersion) {
    throw new WorkbenchError(
      'store-too-new',
      `${path} has format ${version.data.formatVersion}; this Tapedeck reads up to ${storeFormatVersion}. Update Tapedeck to open it`,
    );
  }
  const document = storeDocument.safeParse(parsed);
  if (!document.success) {
    throw new WorkbenchError('store-unreadable', `${path}: ${describeFault(document.error)}`);
  }
  return document.data;
}

/** Makes `store.json` of a new store; answers the one of another process that was faster. The folder must exist. */
export async function createStoreFile(
  folder: string,
  createdMs: number,
  options: {
    /** Of a store whose file was lost; a new one is drawn otherwise. */
    readonly id?: string;
    readonly isDemo?: boolean;
    readonly name?: string;
    readonly settings?: Partial<StoreSettingsDocument>;
  } = {},
): Promise<StoreDocument> {
  const document: StoreDocument = {
    id: options.id ?? randomUUID(),
    formatVersion: storeFormatVersion,
    createdMs,
    isDemo: options.isDemo ?? false,
    ...(options.name === undefined ? {} : { name: options.name }),
    settings: storeSettings.parse(options.settings ?? {}),
  };
  const draft = join(folder, `.${name}.${randomUUID()}`);
  try {
    await writeFileAtomically(draft, textOf(document));
    if (await placeExclusively(draft, join(folder, name))) return document;
  } finally {
    await rm(draft, { force: true });
  }
  const first = await readStoreFile(folder);
  if (first === null) throw new WorkbenchError('busy', `${folder}: its store.json comes and goes; try again`);
  return first;
}

/** Replaces `store.json`. A failure leaves the one that was there. */
export function writeStoreFile(folder: string, document: StoreDocument): Promise<void> {
  return writeFileAtomically(join(folder, name), textOf(document));
}

function textOf(document: StoreDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
    throw new WorkbenchError(
      'store-unreadable',
      `${path} cannot be read: ${codeOf(error) === 'EACCES' ? 'it is not permitted' : String(error)}`,
      {
        cause: error,
      },
    );
  }
}
