import type { Compression } from '#shared/domain/compression';
import type { CompactionReport } from '#shared/domain/compaction';
import type { CalendarId } from '#shared/domain/session-calendar';
import { tierIds, type TierId } from '#shared/domain/tier';
import { WorkbenchError } from '#shared/errors';
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
  /** Rows that take the place of all that the merged files hold of some symbols and time. */
  /** The tier of the merged file, where that is not the one its merged inputs are in. */
  readonly tier?: TierId;
  /** Of the job that the tombstones name; made of what is merged when left out. */
  readonly job?: string;
  readonly replacement?: Replaced & { readonly rows: number; readonly upTo: number };
}

const dayMs = 86_400_000;

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
  { store, root, storeId, compactor, clock, trashDays, calendarOf, compressionFor }: MergeParts,
  merge: Merge,
  { keepParts, tier = warmestTier(merge), job: given, replacement }: MergeOptions,
  signal?: AbortSignal,
): Promise<CompactionReport> {
  const { dataset, timeframe, level, period, inputs } = merge;
  refuseAbsent(store, inputs, tier);
  const output = await unusedCompactedPath(store, dataset, timeframe, period, tier);
  const sequence = Math.max(replacement?.upTo ?? 0, ...inputs.map((input) => input.sequence));
  await makeFolderDurably(store.fs, folderOf(output));
  const result = await compactor.merge(
    dataset.name,
    {
      inputs: inputs.map(({ path }) => `${root}/${path}`),
      output: `${root}/${dotPath(output)}`,
      metadata: metadataOf(
        storeId,
        dataset,
        sequence,
        inputs.map(({ path }) => path),
      ),
      compression: compressionFor(dataset.name, timeframe, tier),
      globalX: globalXSlots(dataset, timeframe, period, symbolsOf(merge, replacement), calendarOf),
      ...(replacement === undefined ? {} : { replaced: replacement }),
      ...(inputs.some(({ shape }) => shape !== undefined)
        ? { shapes: Object.fromEntries(absoluteShapes(root, shapesOf(inputs))) }
        : {}),
      ...recordedRows(inputs),
    },
    signal,
  );
  const rowsIn = sum(inputs, ({ rows }) => rows) + (replacement?.rows ?? 0);
  if (result.rowsIn + result.replacedRows !== rowsIn) {
    await store.fs.remove(dotPath(output));
    throw new WorkbenchError(
      'compaction-unverified',
      `${period}: its files hold ${result.rowsIn + result.replacedRows} rows where the catalog counts ${rowsIn}; nothing was changed`,
    );
  }
  await publishWritten(store.fs, output);
  const verb = replacement === undefined ? 'compact' : 'replace';
  const job = given ?? `${verb}-${dataset.name}-${timeframe}-${period}-${store.sequence}`;
  const deadlineMs = keepParts ? null : clock() + trashDays * dayMs;
  const tombstones = inputs.map((input) => tombstoneOf(input, output, job, clock(), deadlineMs));
  const superseded =
    replacement === undefined
      ? []
      : [{ dataset: dataset.name, timeframe, partition: replacement.partition, upTo: replacement.upTo }];
  await store.swap([entryOf(merge, output, sequence, result)], tombstones, superseded);
  return {
    dataset: dataset.name,
    timeframe,
    level,
    partition: period,
    output,
    inputs: inputs.map(({ path }) => path),
    rowsIn,
    rowsOut: result.rowsOut,
    duplicates: result.duplicates,
    conflicts: result.conflicts,
    conflictKeys: result.conflictKeys,
    sizeBytesBefore: sum(inputs, ({ sizeBytes }) => sizeBytes),
    sizeBytesAfter: result.sizeBytes,
    keptParts: keepParts,
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

function tombstoneOf(
  file: FileEntry,
  replacedBy: string,
  job: string,
  atMs: number,
  deadlineMs: number | null,
): Tombstone {
  return { ...file, replacedBy, job, atMs, deadlineMs };
}

function sum<T>(items: readonly T[], read: (item: T) => number): number {
  return items.reduce((total, item) => total + read(item), 0);
}
