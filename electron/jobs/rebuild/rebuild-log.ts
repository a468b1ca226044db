import { WorkbenchError } from '#shared/errors';
import { colderTiers, type TiersSettings } from '#shared/domain/tier';
import type { RebuildReport, VerifyNote } from '#shared/domain/verify-report';
import { tierSettings } from '#schemas/documents/tier-settings';
import { datasets } from '#schemas/index';
import { randomUUID } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createStoreFile, readStoreFile } from '../../documents/store-file.ts';
import { createEngine } from '../../engine/engine.ts';
import { readStoredRows } from '../../engine/read-stored-rows.ts';
import { systemClock, type Clock } from '../../platform/clock.ts';
import { diskFs, type Fs } from '../../platform/fs.ts';
import { takeOwnerLock } from '../../platform/owner-lock.ts';
import { wordingDiskErrors } from '../../storage/disk-error.ts';
import type { FileEntry } from '../../storage/file-entry.ts';
import {
  lockFile,
  parseDataPath,
  parseSegmentName,
  dataFolders,
  parseTrashPath,
  rejectFolders,
  segmentPath,
  storeFile,
  tombstoneFolder,
  trashFolders,
  walFolder,
} from '../../storage/layout.ts';
import { encodeEntry, type Checkpoint, type CheckpointRows, type DeadFile } from '../../storage/log-entry.ts';
import { LogWriter } from '../../storage/log-writer.ts';
import { recoverLog } from '../../storage/recover-log.ts';
import type { StoreState } from '../../storage/store-state.ts';
import type { TailRow } from '../../storage/tail-row.ts';
import { walkFiles } from '../../storage/walk-files.ts';
import { refuseUnfinishedBackup } from '../backup/settle-backup.ts';
import { tierFault, tierLinks } from '../tiers/tier-places.ts';
import { setAside } from '../verify/set-aside.ts';
import { findFiles, type FilesFound, type FindParts, type NamedFile } from './find-files.ts';
import { planRebuild, type RebuildPlan } from './plan-rebuild.ts';
import { salvageRows } from './salvage-rows.ts';

/** Rows of loose parts that the new log carries, so that they need not be read from a thousand files. */
const largestCarriedRows = 150_000;
/** Above any checkpoint: the new log is one segment. */
const largestSegmentBytes = 1_073_741_824;
/** Files that are read by one query. */
const batchSize = 256;

/** How a caller follows a rebuild, and stops it before the new log counts. */
export type RebuildControl = Pick<FindParts, 'signal' | 'onProgress'>;

/**
 * Makes the log of a store anew from what its files say of themselves. What is left of the old one is set aside, and
 * rows that only it had are carried over. The new log counts from one write on: until then the store is as it was.
 */
export async function rebuildLog(
  folder: string,
  control: RebuildControl = {},
  clock: Clock = systemClock,
): Promise<RebuildReport> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw new WorkbenchError('store-missing', `There is no store at ${folder}`, { cause: error });
  });
  await refuseUnfinishedBackup(root);
  const lock = await wordingDiskErrors(() => takeOwnerLock(`${root}/${lockFile}`));
  if ('heldBy' in lock) {
    const who =
      lock.heldBy === null ? 'another process' : `process ${lock.heldBy.pid} on ${lock.heldBy.host}`;
    throw new WorkbenchError('store-owned', `${folder} is open in ${who}: close it there first`);
  }
  const tiers = await presentTiers(root).catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });
  const engine = await createEngine({ threads: 2, memoryLimit: '1GB', trustsFileNames: true });
  try {
    return await rebuild({ fs: diskFs(root, () => tierLinks(tiers)), root, engine, clock, ...control });
  } finally {
    engine.close();
    await lock.release();
  }
}

/** Files on a disk that is not there would be forgotten by a log that is made of the others. */
async function presentTiers(root: string): Promise<TiersSettings> {
  const document = await readStoreFile(root).catch(() => null);
  if (document === null) return tierSettings.parse({});
  const { id: storeId, settings } = document;
  for (const tier of colderTiers) {
    const fault = await tierFault({ root, storeId }, tier, settings.tiers);
    if (fault !== null)
      throw new WorkbenchError('tier-missing', `The ${tier} tier: ${fault}; its files would be forgotten`);
  }
  return settings.tiers;
}

interface Parts extends FindParts {
  readonly clock: Clock;
}

async function rebuild(parts: Parts): Promise<RebuildReport> {
  const { fs, root, engine, clock } = parts;
  const old = await readOldLog(fs);
  const inPlace = await findFiles(parts, await namedInPlace(fs));
  const inTrash = await findFiles(parts, await namedInTrash(fs));
  if (inPlace.files.length === 0 && inTrash.files.length === 0 && (await readStoreFile(root)) === null) {
    throw new WorkbenchError('store-missing', `${root} is not a store: it holds no file that one wrote`);
  }
  const plan = planRebuild({
    inPlace: inPlace.files,
    inTrash: inTrash.files.map((file) => ({ ...file, job: jobOf(file.at) })),
    tombstones: await readTombstones(fs),
    atMs: clock(),
  });
  const storeId = await keepStoreFile(parts, [...inPlace.files, ...inTrash.files]);
  const salvaged = old.state === null ? [] : await salvageRows(engine, root, old.state.tail, plan.living);
  const checkpoint = await checkpointOf(parts, plan, salvaged, old.state?.sequence ?? 0);
  const numbers = await segmentNumbers(fs);
  parts.signal?.throwIfAborted();
  const log = new LogWriter(
    fs,
    clock,
    largestSegmentBytes,
    numbers.map((number) => ({ number, sizeBytes: 0, lastSequence: 0, isWhole: true })),
  );
  const payload = encodeEntry({ kind: 'checkpoint', ...checkpoint });
  await log.write([{ sequence: checkpoint.covers + 1, payload }], true);
  await log.close();
  // The newest checkpoint counts, whatever lies beside it: from here on the rest is tidying up.
  const setAsidePaths: string[] = [];
  for (const number of numbers) {
    setAsidePaths.push(await setAside(fs, segmentPath(number), 'the log was made anew from the files'));
  }
  return {
    storeId,
    files: plan.living.length,
    rows: plan.living.reduce((sum, { rows }) => sum + rows, 0) + salvaged.length,
    deadFiles: plan.dead.filter(({ place }) => place === 'store').length,
    trashFiles: plan.dead.filter(({ place }) => place === 'trash').length,
    salvagedRows: salvaged.length,
    leftOut: [...old.notes, ...inPlace.leftOut, ...inTrash.leftOut],
    setAside: setAsidePaths,
  };
}

/** As much of the old log as can be read; null when that is nothing that makes sense. */
async function readOldLog(
  fs: Fs,
): Promise<{ readonly state: StoreState | null; readonly notes: readonly VerifyNote[] }> {
  try {
    const { state, warnings } = await recoverLog(fs);
    return { state, notes: warnings.map((detail) => ({ path: walFolder, detail })) };
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'store-too-new') throw error;
    const detail = error instanceof Error ? error.message : String(error);
    return { state: null, notes: [{ path: walFolder, detail: `nothing of it can be read: ${detail}` }] };
  }
}

async function namedInPlace(fs: Fs): Promise<NamedFile[]> {
  const named: NamedFile[] = [];
  for (const folder of dataFolders) {
    for (const { path, kind } of (await walkFiles(fs, folder)).files) {
      if (kind === 'file' && parseDataPath(path) !== null) named.push({ at: path, path });
    }
  }
  return named;
}

async function namedInTrash(fs: Fs): Promise<NamedFile[]> {
  const named: NamedFile[] = [];
  for (const folder of trashFolders) {
    for (const { path: at, kind } of (await walkFiles(fs, folder)).files) {
      const path = parseTrashPath(at)?.path ?? '';
      if (kind === 'file' && parseDataPath(path) !== null) named.push({ at, path });
    }
  }
  return named;
}

function jobOf(at: string): string {
  return parseTrashPath(at)?.job ?? '';
}

async function readTombstones(fs: Fs): Promise<DeadFile[]> {
  const found: DeadFile[] = [];
  for (const { path } of (await walkFiles(fs, tombstoneFolder)).files) {
    try {
      const bytes = await fs.read(path);
      const record = JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())) as {
        files?: DeadFile[];
      };
      found.push(...(record.files ?? []));
    } catch {
      // A tombstone that cannot be read says nothing; the files it spoke of say enough themselves.
    }
  }
  return found;
}

/** The store keeps its id: from `store.json`, or when that is lost too, from the files it wrote. */
async function keepStoreFile({ fs, root, clock }: Parts, files: FilesFound['files']): Promise<string> {
  const known = await readStoreFile(root).catch(async (error: unknown) => {
    if (!(error instanceof WorkbenchError) || error.code !== 'store-unreadable') throw error;
    await setAside(fs, storeFile, error.message);
    return null;
  });
  if (known !== null) return known.id;
  const counts = new Map<string, number>();
  for (const { storeId } of files) if (storeId !== null) counts.set(storeId, (counts.get(storeId) ?? 0) + 1);
  const [commonest] = [...counts].sort(([, a], [, b]) => b - a);
  return (await createStoreFile(root, clock(), { id: commonest?.[0] ?? randomUUID() })).id;
}

async function checkpointOf(
  parts: Parts,
  { living, dead }: RebuildPlan,
  salvaged: readonly TailRow[],
  oldSequence: number,
): Promise<Checkpoint> {
  const covers = [...living, ...dead].reduce((last, { sequence }) => Math.max(last, sequence), oldSequence);
  const tail = [...salvagedTail(salvaged), ...(await carriedTail(parts, living))];
  return { covers, files: living, tombstones: dead, revisions: await revisionsOf(parts.fs), tail };
}

function salvagedTail(salvaged: readonly TailRow[]): CheckpointRows[] {
  return salvaged.map(({ dataset, values, sequence, index }) => ({
    file: null,
    dataset: dataset.name,
    version: dataset.version,
    rows: [values],
    refs: [sequence, index],
  }));
}

/** Rows of the newest loose parts. One that is older than a merged file of its period must not win over that. */
async function carriedTail({ engine, root }: Parts, living: readonly FileEntry[]): Promise<CheckpointRows[]> {
  const merged = living.filter(({ level }) => level !== 'part');
  const isNewest = (part: FileEntry) =>
    !merged.some(
      (file) =>
        file.dataset === part.dataset &&
        file.timeframe === part.timeframe &&
        part.partition.startsWith(file.partition) &&
        file.sequence >= part.sequence,
    );
  const parts: FileEntry[] = [];
  let room = largestCarriedRows;
  for (const part of living.filter(({ level }) => level === 'part').toReversed()) {
    room -= part.rows;
    if (room < 0) break;
    if (isNewest(part)) parts.push(part);
  }
  const carried: CheckpointRows[] = [];
  for (const dataset of datasets) {
    const ofDataset = parts.filter((part) => part.dataset === dataset.name).reverse();
    for (let start = 0; start < ofDataset.length; start += batchSize) {
      const batch = ofDataset.slice(start, start + batchSize);
      const paths = batch.map(({ path }) => path);
      const contents = await readStoredRows(engine, root, paths, dataset);
      batch.forEach(({ path, sequence }, at) => {
        const rows = contents[at] ?? [];
        const refs = rows.flatMap((_, index) => [sequence, index]);
        carried.push({ file: path, dataset: dataset.name, version: dataset.version, rows, refs });
      });
    }
  }
  return carried;
}

/** Every revision that a file of any place has in its name: none of them may be used again. */
async function revisionsOf(fs: Fs): Promise<[string, number][]> {
  const revisions = new Map<string, number>();
  const walks = [...dataFolders, ...trashFolders, ...rejectFolders].map((top) => walkFiles(fs, top));
  for (const { files } of await Promise.all(walks)) {
    for (const { path } of files) {
      const segments = path.split('/');
      const parsed = [0, 1, 2, 3]
        .map((start) => parseDataPath(segments.slice(start).join('/')))
        .find((each) => each !== null);
      if (parsed?.revision == null) continue;
      const key = `${parsed.dataset.name}/${parsed.timeframe}/${parsed.partition}`;
      revisions.set(key, Math.max(parsed.revision, revisions.get(key) ?? 0));
    }
  }
  return [...revisions];
}

async function segmentNumbers(fs: Fs): Promise<number[]> {
  return (await fs.list(walFolder))
    .flatMap(({ name, kind }) => (kind === 'file' ? [parseSegmentName(name)] : []))
    .filter((number) => number !== null)
    .sort((a, b) => a - b);
}
