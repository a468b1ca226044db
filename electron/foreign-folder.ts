import type { AdoptReport } from '#shared/domain/adoption';
import { WorkbenchError } from '#shared/errors';
import { randomUUID } from 'node:crypto';
import { readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { foreignSettings, foreignZone } from './documents/foreign-document.ts';
import { createStoreFile, readStoreFile } from './documents/store-file.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { createOwnership } from './host/ownership.ts';
import { looksForeign } from './imports/list-folder.ts';
import { createAdoptFolder, type AdoptControl, type AdoptRequest } from './jobs/adopt/adopt-folder.ts';
import { undoAdoption } from './jobs/adopt/undo-adoption.ts';
import { isBeingBackedUp } from './jobs/backup/settle-backup.ts';
import { createPartitionLocks } from './jobs/partition-locks.ts';
import { systemClock } from './platform/clock.ts';
import { diskFs } from './platform/fs.ts';
import { takeOwnerLock } from './platform/owner-lock.ts';
import { writeFileAtomically } from './platform/write-file-atomically.ts';
import { wordingDiskErrors } from './storage/disk-error.ts';
import { jobFolder, lockFile, lockFolder, parseSegmentName, walFolder } from './storage/layout.ts';
import { encodePart } from './storage/part-writer.ts';
import { StoreState } from './storage/store-state.ts';
import { defaultStoreSettings, Store } from './storage/store.ts';

/** What an adoption that is under way is going to write to `store.json` when it is done. */
const draftFile = '_jobs/adopt.json';
const draft = z.object({
  id: z.string().min(1),
  zone: z.string(),
  begunMs: z.int().default(0),
  /** Nobody wants it any more, and what it has done is being undone. */
  isUndone: z.boolean().default(false),
});
type Draft = z.infer<typeof draft>;

/**
 * Whether a folder is data of other programs rather than a store. One that is being made a store still is: until that
 * is done, what lies in it is the whole truth.
 */
export async function isForeignFolder(root: string): Promise<boolean> {
  if ((await readStoreFile(root)) !== null) return false;
  const fs = diskFs(root);
  // The half of a backup is nobody's data.
  if (await isBeingBackedUp(fs)) return false;
  const hasLog = (await fs.list(walFolder)).some(({ name }) => parseSegmentName(name) !== null);
  if (hasLog && (await fs.size(draftFile)) === null) return false;
  return looksForeign(fs);
}

/**
 * Makes a folder of other programs a store: everything in it first, and `store.json` last. Stopped before that, it leaves
 * the folder as it was; cut short, it goes on where it was when it is run again, or begins anew with another zone.
 */
export async function adoptForeignFolder(
  folder: string,
  request: AdoptRequest & { readonly zone?: string | undefined },
  control: AdoptControl = {},
): Promise<AdoptReport> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw new WorkbenchError('store-missing', `There is no folder ${folder}`, { cause: error });
  });
  if (!(await isForeignFolder(root))) {
    throw new WorkbenchError(
      'store-missing',
      `${folder} holds nothing to adopt: there is no data/<timeframe> and no objects folder in it`,
    );
  }
  if (request.dryRun === true) return dryRun(root, request, control);
  const lock = await wordingDiskErrors(() => takeOwnerLock(join(root, ...lockFile.split('/'))));
  if ('heldBy' in lock) {
    const who =
      lock.heldBy === null ? 'another process' : `process ${lock.heldBy.pid} on ${lock.heldBy.host}`;
    throw new WorkbenchError('store-owned', `${folder} is being adopted by ${who}`);
  }
  try {
    return await adopt(root, request, control, createOwnership(lock, folder).ensure);
  } finally {
    await lock.release();
    // Of a folder that was left as it was.
    if ((await readStoreFile(root).catch(() => undefined)) === null)
      await diskFs(root)
        .removeEmptyFolder(lockFolder)
        .catch(() => undefined);
  }
}

async function adopt(
  root: string,
  request: AdoptRequest & { readonly zone?: string | undefined },
  control: AdoptControl,
  ensureOwned: () => Promise<void>,
): Promise<AdoptReport> {
  const begun = await beginDraft(root, request.zone);
  const { id, zone } = begun;
  const store = await Store.open({ ...storeParts(root, id), access: 'owner', ensureOwned });
  let report: AdoptReport;
  try {
    // A first record, so that files of ours without one are what they are: leftovers, not a lost log.
    if (store.sequence === 0) await store.checkpoint();
    report = await createAdoptFolder(adoptParts(root, store, id, zone))(request, control);
  } catch (error) {
    await store.close();
    if (control.signal?.aborted === true) throw await stoppedAdopting(root, begun, error);
    throw error;
  }
  await store.close();
  await createStoreFile(root, systemClock(), { id, settings: foreignSettings(zone) });
  await rm(draftPath(root), { force: true });
  return report;
}

async function dryRun(
  root: string,
  request: AdoptRequest & { readonly zone?: string | undefined },
  control: AdoptControl,
): Promise<AdoptReport> {
  const nothing = () =>
    Promise.resolve({
      state: new StoreState(),
      segments: [],
      bytesSinceCheckpoint: 0,
      warnings: [],
      damage: [],
      isWhole: true,
    });
  const store = await Store.open({ ...storeParts(root, ''), access: 'reader', recover: nothing });
  return createAdoptFolder(adoptParts(root, store, '', request.zone ?? foreignZone))(request, control);
}

function storeParts(root: string, storeId: string) {
  return { fs: diskFs(root), clock: systemClock, encodePart, settings: defaultStoreSettings, storeId };
}

function adoptParts(root: string, store: Store, storeId: string, zone: string) {
  return {
    store,
    root,
    storeId,
    zone,
    clock: systemClock,
    trashDays: 7,
    locks: createPartitionLocks(),
    createEngine: createAdoptEngine,
  };
}

function createAdoptEngine(): Promise<Engine> {
  return createEngine({ threads: 2, memoryLimit: '1GB', trustsFileNames: false });
}

/**
 * An adoption that was cut short goes on as it was begun: what it wrote bears its name and its zone. With another zone it
 * is undone first.
 */
async function beginDraft(root: string, zone: string | undefined): Promise<Draft> {
  const known = draft.safeParse(parseJson(await readFile(draftPath(root), 'utf8').catch(() => 'null'))).data;
  const goesOn = known?.isUndone === false && (zone ?? known.zone) === known.zone;
  if (known !== undefined && goesOn) return known;
  if (known !== undefined) await undo(root, known);
  const begun = {
    ...{ id: randomUUID(), zone: zone ?? foreignZone, begunMs: systemClock() },
    isUndone: false,
  };
  await writeDraft(root, begun);
  return begun;
}

/** What a user who has stopped an adoption is told, once it is undone. */
async function stoppedAdopting(root: string, begun: Draft, cause: unknown): Promise<WorkbenchError> {
  try {
    await wordingDiskErrors(() => undo(root, begun));
    return new WorkbenchError('cancelled', 'Stopped; the folder is as it was', { cause });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = `Stopped; what was done could not be undone (${why}): run it again with --zone, or to its end`;
    return new WorkbenchError('cancelled', text, { cause: error });
  }
}

async function undo(root: string, begun: Draft): Promise<void> {
  await writeDraft(root, { ...begun, isUndone: true });
  const fs = diskFs(root);
  await undoAdoption({
    ...{ fs, root, storeId: begun.id, sinceMs: begun.begunMs },
    createEngine: createAdoptEngine,
  });
  await rm(draftPath(root), { force: true });
  await fs.removeEmptyFolder(jobFolder);
}

function writeDraft(root: string, begun: Draft): Promise<void> {
  return writeFileAtomically(draftPath(root), `${JSON.stringify(begun)}\n`);
}

function draftPath(root: string): string {
  return join(root, ...draftFile.split('/'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
