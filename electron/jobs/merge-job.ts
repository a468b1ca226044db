import { counted } from '#shared/counted';
import type { Compression } from '#shared/domain/compression';
import type { CompactionReport } from '#shared/domain/compaction';
import type { CalendarId } from '#shared/domain/session-calendar';
import { tierIds, type TierId } from '#shared/domain/tier';
import { WorkbenchError } from '#shared/errors';
import { DAY } from '#shared/units';
import type { MergeRequest, MergeResult, Replaced } from '../engine/merge-files.ts';
import { absoluteShapes } from '../engine/shaped-source.ts';
import type { Clock } from '../platform/clock.ts';
import { wordingDiskErrors } from '../storage/disk-error.ts';
import { shapesOf, type FileEntry, type Tombstone } from '../storage/file-entry.ts';
import { metadataOf } from '../storage/file-metadata.ts';
import { dotPath, tierOf } from '../storage/layout.ts';
import type { Merge } from '../storage/plan-compaction.ts';
import { folderOf, makeFolderDurably, publishWritten } from '../storage/publish-file.ts';
import type { Store } from '../storage/store.ts';
import { unusedCompactedPath } from '../storage/unused-path.ts';
import type { Compactor } from './compactor.ts';
import { globalXSlots } from './global-x.ts';
import type { PartitionLocks } from './partition-locks.ts';
import { orRemoveUnfinished } from './remove-unfinished.ts';

/** What merging needs of the world. */
export interface MergeParts {
  readonly store: Store;
  readonly root: string;
  readonly storeId: string;
  readonly compactor: Compactor;
  readonly locks: PartitionLocks;
  readonly clock: Clock;
  readonly trashDays: number;
  readonly calendarOf: (symbol: string) => CalendarId;
  /** How files of a dataset and timeframe are compressed; in the hot tier unless another is named. */
  readonly compressionFor: (dataset: string, timeframe: string, tier?: TierId) => Compression;
}

export interface MergeOptions {
  /** Leaves the merged files where they are, dead. */
  readonly keepParts: boolean;
  /** The tier of the merged file, where that is not the one its merged inputs are in. */
  readonly tier?: TierId;
  /** Of the job that the tombstones name; made of what is merged when left out. */
  readonly job?: string;
  /** Rows that take the place of all that the merged files hold of some symbols and time. */
  readonly replacement?: Replaced & { readonly rows: number; readonly upTo: number };
}

/**
 * Merges files into one, verifies it, and switches readers over with one record of the log. Until that record the
 * store is as it was, whatever happens; afterwards the inputs are dead.
 */
export async function mergeAndSwitch(
  parts: MergeParts,
  merge: Merge,
  options: MergeOptions,
  signal?: AbortSignal,
): Promise<CompactionReport> {
  const unlock = parts.locks.take(merge);
  try {
    return await mergeLocked(parts, merge, options, signal);
  } finally {
    unlock();
  }
}

/** The same for a caller that has the lock of the partition already. */
export async function mergeLocked(
  parts: MergeParts,
  merge: Merge,
  options: MergeOptions,
  signal?: AbortSignal,
): Promise<CompactionReport> {
  const release = parts.store.pin();
  try {
    return await wordingDiskErrors(() => switchOver(parts, merge, options, signal));
  } catch (error) {
    // The process that merges knows files by where they lie; people know them by where they are in the store.
    if (!(error instanceof WorkbenchError)) throw error;
    const message = error.message.replaceAll(`${parts.root}/`, '');
    throw new WorkbenchError(error.code, message, { cause: error });
  } finally {
    release();
  }
}

async function switchOver(
  parts: MergeParts,
  merge: Merge,
  options: MergeOptions,
  signal?: AbortSignal,
): Promise<CompactionReport> {
  const { store, compactor } = parts;
  const { dataset, timeframe, period, inputs } = merge;
  const { keepParts, replacement, tier = warmestTier(merge) } = options;
  refuseAbsent(store, inputs, tier);
  const path = await unusedCompactedPath(store, dataset, timeframe, period, tier);
  const sequence = Math.max(replacement?.upTo ?? 0, ...inputs.map((input) => input.sequence));
  const output: Output = { path, sequence, tier };
  await makeFolderDurably(store.fs, folderOf(path));
  const request = mergeRequest(parts, merge, output, replacement);
  const merging = compactor.merge(dataset.name, request, signal);
  const result = await orRemoveUnfinished(store.fs, [path], merging);
  await refuseMiscounted(store, merge, path, result, replacement);
  await publishWritten(store.fs, path);
  const superseded =
    replacement === undefined
      ? []
      : [{ dataset: dataset.name, timeframe, partition: replacement.partition, upTo: replacement.upTo }];
  await store.swap(
    [entryOf(merge, path, sequence, result)],
    tombstonesOf(parts, merge, path, options),
    superseded,
  );
  return reportOf(merge, path, result, keepParts);
}

/** The file that a merge makes. */
interface Output {
  readonly path: string;
  readonly sequence: number;
  readonly tier: TierId;
}

function mergeRequest(
  { root, storeId, calendarOf, compressionFor }: MergeParts,
  merge: Merge,
  { path, sequence, tier }: Output,
  replacement: MergeOptions['replacement'],
): MergeRequest {
  const { dataset, timeframe, period, inputs } = merge;
  const inputPaths = inputs.map((input) => input.path);
  return {
    inputs: inputPaths.map((input) => `${root}/${input}`),
    output: `${root}/${dotPath(path)}`,
    metadata: metadataOf(storeId, dataset, sequence, inputPaths),
    compression: compressionFor(dataset.name, timeframe, tier),
    globalX: globalXSlots(dataset, timeframe, period, symbolsOf(merge, replacement), calendarOf),
    ...(replacement === undefined ? {} : { replaced: replacement }),
    ...(inputs.some(({ shape }) => shape !== undefined)
      ? { shapes: Object.fromEntries(absoluteShapes(root, shapesOf(inputs))) }
      : {}),
    ...recordedRows(inputs),
  };
}

/** Rows that nobody accounts for: then what was written is removed. */
async function refuseMiscounted(
  { fs }: Store,
  { period, inputs }: Merge,
  path: string,
  { rowsIn, replacedRows }: MergeResult,
  replacement: MergeOptions['replacement'],
): Promise<void> {
  const expected = sum(inputs, ({ rows }) => rows) + (replacement?.rows ?? 0);
  if (rowsIn + replacedRows === expected) return;
  await fs.remove(dotPath(path));
  throw new WorkbenchError(
    'compaction-unverified',
    `${period}: its files hold ${counted(rowsIn + replacedRows, 'row')} where the catalog counts ${expected}; nothing was changed`,
  );
}

function tombstonesOf(
  { store, clock, trashDays }: MergeParts,
  { dataset, timeframe, period, inputs }: Merge,
  replacedBy: string,
  { keepParts, job: given, replacement }: MergeOptions,
): readonly Tombstone[] {
  const verb = replacement === undefined ? 'compact' : 'replace';
  const job = given ?? `${verb}-${dataset.name}-${timeframe}-${period}-${store.sequence}`;
  const atMs = clock();
  const deadlineMs = keepParts ? null : atMs + trashDays * DAY;
  return inputs.map((input) => ({ ...input, replacedBy, job, atMs, deadlineMs }));
}

function reportOf(
  { dataset, timeframe, level, period, inputs }: Merge,
  output: string,
  { rowsOut, duplicates, conflicts, conflictKeys, ...result }: MergeResult,
  keptParts: boolean,
): CompactionReport {
  return {
    ...{ dataset: dataset.name, timeframe, level, partition: period, output },
    inputs: inputs.map(({ path }) => path),
    rowsIn: result.rowsIn + result.replacedRows,
    ...{ rowsOut, duplicates, conflicts, conflictKeys },
    sizeBytesBefore: sum(inputs, ({ sizeBytes }) => sizeBytes),
    sizeBytesAfter: result.sizeBytes,
    keptParts,
    rollups: [],
  };
}

function recordedRows(inputs: readonly FileEntry[]): Pick<MergeRequest, 'recorded'> {
  const recorded = inputs.flatMap(({ rowDigest, spans }) =>
    rowDigest === undefined ? [] : [{ digest: rowDigest, spans }],
  );
  return recorded.length === inputs.length ? { recorded } : {};
}

/** Loose parts do not bring a merged file back: what came late joins it where it is. */
function warmestTier({ inputs }: Merge): TierId {
  const tiers = inputs.filter(({ level }) => level !== 'part').map(({ path }) => tierOf(path));
  return tierIds.find((tier) => tiers.includes(tier)) ?? 'hot';
}

function refuseAbsent(store: Store, inputs: readonly FileEntry[], tier: TierId): void {
  const absent = inputs.map((input) => [input.path, store.catalog.absence(input)] as const);
  for (const [path, reason] of absent) {
    if (reason !== null) throw new WorkbenchError('tier-missing', `${path}: ${reason}`);
  }
  const reason = store.absentTiers.get(tier);
  if (reason !== undefined) throw new WorkbenchError('tier-missing', reason);
}

function symbolsOf({ inputs }: Merge, replacement: MergeOptions['replacement']): readonly string[] {
  return [
    ...inputs.flatMap(({ spans }) => spans.map(({ symbol }) => symbol)),
    ...(replacement?.symbols ?? []),
  ];
}

function entryOf(
  { dataset, timeframe, level, period }: Merge,
  path: string,
  sequence: number,
  { rowsOut, sizeBytes, sha256, spans, rowDigest }: MergeResult,
): FileEntry {
  return {
    path,
    dataset: dataset.name,
    timeframe,
    level,
    partition: period,
    rows: rowsOut,
    sizeBytes,
    sequence,
    sha256,
    spans,
    rowDigest,
  };
}

function sum<T>(items: readonly T[], read: (item: T) => number): number {
  return items.reduce((total, item) => total + read(item), 0);
}
