import { counted } from '#shared/counted';
import { WorkbenchError } from '#shared/errors';
import {
  problemOf,
  type Problem,
  type VerifyNote,
  type VerifyProgress,
  type VerifyReport,
} from '#shared/domain/verify-report';
import type { FileShape } from '#shared/domain/file-shape';
import type { UnreadableFile } from '#shared/domain/viewport';
import type { Dataset } from '#schemas/define-dataset';
import { findDataset } from '#schemas/index';
import type { Engine } from '../../engine/engine.ts';
import { notPermitted } from '../../engine/file-fault.ts';
import { readContents, readFooters } from '../../engine/inspect-files.ts';
import { keyOf as shapeKey } from '../../engine/shaped-source.ts';
import { sha256Of } from '../../engine/sha256-of.ts';
import type { Clock } from '../../platform/clock.ts';
import { inspectOwnerLock } from '../../platform/owner-lock.ts';
import { diskError } from '../../storage/disk-error.ts';
import type { FileEntry } from '../../storage/file-entry.ts';
import {
  currentObjectsFile,
  dataFolders,
  lockFile,
  parseDataPath,
  tierFolders,
  tierOf,
} from '../../storage/layout.ts';
import type { Store } from '../../storage/store.ts';
import { walkFiles, type WalkedFile } from '../../storage/walk-files.ts';
import type { PartitionLocks } from '../partition-locks.ts';
import { checkColumns, checkContent, checkFooter } from './check-file.ts';
import { checkLog } from './check-log.ts';
import { checkTrash } from './check-trash.ts';
import { isOurs, strayByFooter, strayByName, strayProblem, type Stray } from './stray-files.ts';

export interface VerifyParts {
  readonly store: Store;
  readonly root: string;
  readonly storeId: string;
  /** One of its own: viewports do not wait for what is read here. */
  readonly engine: Engine;
  readonly clock: Clock;
  readonly locks: PartitionLocks;
}

interface Options {
  /** Reads every byte: digests, statistics, values that must be there. */
  readonly isDeep: boolean;
}

/** Files that are read by one query. */
const batchSize = 256;

/**
 * Checks everything a store is made of against its log, and writes nothing. What other readers and writers do meanwhile
 * is no fault: whatever looks wrong is looked at again before it is told.
 */
export async function verifyStore(
  parts: VerifyParts,
  options: Options,
  onProgress: (progress: VerifyProgress) => void,
  signal?: AbortSignal,
): Promise<VerifyReport> {
  const { store, clock } = parts;
  const release = store.pin();
  try {
    const walked = await walkDatasets(store);
    const files = store.catalog.presentFiles();
    const problems: Problem[] = [...walked.problems, ...absentTiers(store)];
    for (let start = 0; start < files.length; start += batchSize) {
      if (signal?.aborted === true) throw new WorkbenchError('cancelled', 'The check was cancelled');
      problems.push(
        ...(await checkBatch(parts, files.slice(start, start + batchSize), walked.kinds, options, signal)),
      );
      const done = Math.min(files.length, start + batchSize);
      onProgress({ files: done, ofFiles: files.length, problems: problems.length });
    }
    const strays = await findStrays(parts, walked.files, signal);
    const trash = await checkTrash(store.fs, store.catalog, clock());
    const log = await checkLog(store.fs);
    problems.push(...lostLog(store, strays.ours), ...strays.problems, ...trash.problems, ...log.problems);
    problems.push(...(await checkLock(parts)));
    return {
      isClean: problems.length === 0,
      isDeep: options.isDeep,
      files: files.length,
      rows: files.reduce((sum, { rows }) => sum + rows, 0),
      sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      problems,
      notes: [...strays.notes, ...trash.notes, ...log.notes],
    };
  } finally {
    release();
  }
}

interface WalkedStore {
  readonly files: readonly WalkedFile[];
  readonly kinds: ReadonlyMap<string, WalkedFile['kind']>;
  readonly problems: readonly Problem[];
}

async function walkDatasets({ fs }: Store): Promise<WalkedStore> {
  const files: WalkedFile[] = [];
  const problems: Problem[] = [];
  for (const folder of dataFolders) {
    const walk = await walkFiles(fs, folder);
    files.push(...walk.files);
    for (const { folder: at, reason } of walk.unreadable)
      problems.push(problemOf('folder-unreadable', at, reason));
  }
  return { files, kinds: new Map(files.map(({ path, kind }) => [path, kind])), problems };
}

async function checkBatch(
  parts: VerifyParts,
  entries: readonly FileEntry[],
  kinds: WalkedStore['kinds'],
  options: Options,
  signal?: AbortSignal,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const present: FileEntry[] = [];
  const sizeFaults = await Promise.all(
    entries.map((entry) => checkPresence(parts.store, entry, kinds.get(entry.path))),
  );
  entries.forEach((entry, index) => {
    const problem = sizeFaults[index];
    if (problem === undefined || problem === null) present.push(entry);
    else problems.push(problem);
  });
  const whole = options.isDeep ? await checkDigests(parts.root, present, problems) : present;
  for (const [dataset, ofDataset] of byDataset(whole)) {
    problems.push(...(await checkInside(parts, dataset, ofDataset, options, signal)));
  }
  // What was taken out of the store meanwhile may be gone, and rightly.
  return problems.filter(({ path }) => parts.store.catalog.get(path) !== undefined);
}

async function checkPresence(
  { fs }: Store,
  { path, sizeBytes }: FileEntry,
  kind: WalkedFile['kind'] | undefined,
): Promise<Problem | null> {
  try {
    if (kind === 'other') return problemOf('not-a-file', path, 'a link or device is in its place');
    const actual = await fs.size(path);
    if (actual === null)
      return problemOf('missing', path, 'the log counts on this file, and it is not there');
    if (actual === sizeBytes) return null;
    return problemOf('size', path, `it has ${actual} bytes, the log says ${sizeBytes}`);
  } catch (error) {
    return unreadableByDisk(path, error);
  }
}

function unreadableByDisk(path: string, error: unknown): Problem {
  const { code, message } = diskError(error);
  return code === 'permission-denied'
    ? problemOf('not-permitted', path, notPermitted)
    : problemOf('unreadable', path, message);
}

/** Answers the files whose digest is right, or not known. */
async function checkDigests(
  root: string,
  entries: readonly FileEntry[],
  problems: Problem[],
): Promise<readonly FileEntry[]> {
  const right: FileEntry[] = [];
  for (const entry of entries) {
    try {
      const actual = entry.sha256 === null ? null : await sha256Of(`${root}/${entry.path}`);
      if (actual === entry.sha256) right.push(entry);
      else problems.push(problemOf('digest', entry.path, 'its bytes are not those that were written'));
    } catch (error) {
      problems.push(unreadableByDisk(entry.path, error));
    }
  }
  return right;
}

async function checkInside(
  { engine, root, storeId }: VerifyParts,
  dataset: Dataset,
  entries: readonly FileEntry[],
  { isDeep }: Options,
  signal?: AbortSignal,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const unreadable = (files: readonly UnreadableFile[]) =>
    problems.push(
      ...files.map(({ path, reason }) =>
        problemOf(reason === notPermitted ? 'not-permitted' : 'unreadable', path, reason),
      ),
    );
  const footers = await readFooters(engine, root, pathsOf(entries), signal);
  unreadable(footers.unreadable);
  const readable = entries.filter((entry) => {
    const footer = footers.found.get(entry.path);
    if (footer === undefined) return false;
    const faults = checkColumns(entry, dataset, footer);
    problems.push(...faults, ...checkFooter(entry, dataset, storeId, footer));
    return faults.length === 0;
  });
  for (const [shape, ofShape] of byShape(readable)) {
    const contents = await readContents(engine, root, pathsOf(ofShape), { dataset, shape, isDeep }, signal);
    unreadable(contents.unreadable);
    for (const entry of ofShape) {
      const content = contents.found.get(entry.path);
      if (content !== undefined) problems.push(...checkContent(entry, content));
    }
  }
  return problems;
}

/** Files that are read alike: those with our own columns have no shape. */
function byShape(entries: readonly FileEntry[]): readonly (readonly [FileShape | undefined, FileEntry[]])[] {
  const groups = new Map<string, [FileShape | undefined, FileEntry[]]>();
  for (const entry of entries) {
    const key = entry.shape === undefined ? '' : shapeKey(entry.shape);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry.shape, [entry]]);
    else group[1].push(entry);
  }
  return [...groups.values()];
}

interface Strays {
  readonly problems: readonly Problem[];
  readonly notes: readonly VerifyNote[];
  /** How many of them a store wrote. */
  readonly ours: number;
}

async function findStrays(
  { store, engine, root, locks }: VerifyParts,
  files: readonly WalkedFile[],
  signal?: AbortSignal,
): Promise<Strays> {
  const isUnknown = (path: string) =>
    path !== currentObjectsFile &&
    store.catalog.get(path) === undefined &&
    store.catalog.deadFile(path) === undefined;
  const unknown = ({ path }: WalkedFile) => isUnknown(path);
  const problems: Problem[] = [];
  const notes: VerifyNote[] = [];
  let ours = 0;
  const add = (path: string, stray: Stray) => {
    if (stray.kind === 'note') notes.push({ path, detail: stray.detail });
    else problems.push(strayProblem(path, stray.kind));
  };
  const strays = files.filter(unknown);
  // A part gets its name before its record: one that is being written now is known in a moment.
  if (strays.length > 0 && store.access === 'owner') await store.flushParts().catch(() => undefined);
  const unnamed: string[] = [];
  for (const file of strays.filter(unknown)) {
    if ((await store.fs.size(file.path)) === null) continue;
    const stray = strayByName(file);
    if (stray === null) unnamed.push(file.path);
    // Under an owner they are being written, or are swept when the store is next opened.
    else if (stray.kind !== 'dot-file' || store.access === 'reader') add(file.path, stray);
  }
  for (let start = 0; start < unnamed.length; start += batchSize) {
    const paths = unnamed.slice(start, start + batchSize);
    const { found } = await readFooters(engine, root, paths, signal);
    for (const path of paths) {
      if (isAtWork(locks, path) || !isUnknown(path)) continue;
      add(path, strayByFooter(path, found.get(path)));
      if (isOurs(found.get(path))) ours += 1;
    }
  }
  return { problems, notes, ours };
}

/** A job gives its file a name before its record: until it has given its partition back, the file may be its own. */
function isAtWork(locks: PartitionLocks, path: string): boolean {
  const parsed = parseDataPath(path);
  if (parsed === null) return false;
  const { dataset, timeframe, partition } = parsed;
  const unlock = locks.tryTake({ dataset, timeframe, period: partition });
  unlock?.();
  return unlock === null;
}

/** Files of ours and not one record about them: it is the log that is missing, not the files that are too many. */
function lostLog(store: Store, ours: number): Problem[] {
  if (store.isLogWhole && (store.sequence > 0 || ours === 0)) return [];
  const detail = store.isLogWhole
    ? `there is no log, but ${counted(ours, 'file')} that it must have known`
    : 'the beginning of the log is missing, and with it what files there are';
  return [problemOf('log-lost', '_wal', detail)];
}

async function checkLock({ store, root }: VerifyParts): Promise<Problem[]> {
  if (store.access === 'owner' || (await inspectOwnerLock(`${root}/${lockFile}`)) !== 'stale') return [];
  return [problemOf('lock-stale', lockFile, 'the process that owned the store is gone')];
}

/** Of files whose disk is not there nothing can be told: neither that they are missing nor that they are well. */
function absentTiers({ absentTiers: absent, catalog }: Store): Problem[] {
  return [...absent].flatMap(([tier, sentence]) => {
    if (tier === 'hot' || ![...catalog.files()].some(({ path }) => tierOf(path) === tier)) return [];
    return [problemOf('tier-missing', tierFolders[tier], sentence)];
  });
}

function byDataset(entries: readonly FileEntry[]): Map<Dataset, FileEntry[]> {
  const groups = new Map<Dataset, FileEntry[]>();
  for (const entry of entries) {
    const dataset = findDataset(entry.dataset);
    if (dataset === undefined) continue;
    const group = groups.get(dataset);
    if (group === undefined) groups.set(dataset, [entry]);
    else group.push(entry);
  }
  return groups;
}

function pathsOf(entries: readonly FileEntry[]): string[] {
  return entries.map(({ path }) => path);
}
