import { compressionProfile } from '#shared/domain/compression';
import type { CompactionReport, ReplaceDayReport } from '#shared/domain/compaction';
import type { TierReport } from '#shared/domain/tier';
import type { CompactionRequest, TierRequest } from '#shared/ipc';
import { tierSettings } from '#schemas/documents/tier-settings';
import { createCompaction } from '../../../electron/jobs/compaction.ts';
import { createPartitionLocks } from '../../../electron/jobs/partition-locks.ts';
import { createReplaceDay, type ReplaceDayRequest } from '../../../electron/jobs/replace-day.ts';
import { noHolds } from '../../../electron/jobs/retention/holds.ts';
import { noRollups } from '../../../electron/jobs/rollups/rollups.ts';
import { createTierKind } from '../../../electron/jobs/tiers/tier-job.ts';
import type { Tiers } from '../../../electron/jobs/tiers/tiers.ts';
import { moveToTrash } from '../../../electron/jobs/trash/move-to-trash.ts';
import { createTrash, type Trash } from '../../../electron/jobs/trash/trash.ts';
import type { MergeParts } from '../../../electron/jobs/merge-job.ts';
import type { Clock } from '../../../electron/platform/clock.ts';
import type { Fs } from '../../../electron/platform/fs.ts';
import { defaultStoreSettings, Store, type StoreSettings } from '../../../electron/storage/store.ts';
import { runnerOf, type RunJob } from '../../helpers/run-job.ts';
import { encodeModelPart } from './model-codec.ts';
import { createModelCompactor, modelRoot, writeUnflushed } from './model-compactor.ts';

/** A store over the model's disk with the jobs that change it, wired as the program wires them. */
export interface ModelStore {
  readonly store: Store;
  readonly compaction: { readonly run: RunJob<CompactionRequest, readonly CompactionReport[]> };
  readonly trash: Trash;
  readonly migrate: RunJob<TierRequest, TierReport>;
  readonly replaceDay: RunJob<ReplaceDayRequest, ReplaceDayReport>;
}

export interface ModelStoreOptions {
  readonly clock?: Clock;
  readonly settings?: Partial<StoreSettings>;
  /** As the store's own; without it no two runs are the same. */
  readonly writer?: string | undefined;
}

const modelTiers: Tiers = {
  settings: () => tierSettings.parse({}),
  save: () => Promise.reject(new Error('The model has no settings')),
  list: () => Promise.resolve([]),
  look: () => Promise.resolve(),
  start: () => Promise.resolve(),
  folderOf: () => modelRoot,
};

export const modelStart = Date.UTC(2025, 8, 3);

export async function openModelStore(
  fs: Fs,
  { clock = () => modelStart, ...options }: ModelStoreOptions = {},
): Promise<ModelStore> {
  const store = await openAs('owner', fs, { clock, ...options });
  const merging: MergeParts = {
    store,
    root: modelRoot,
    storeId: 'model-store',
    compactor: createModelCompactor(fs),
    locks: createPartitionLocks(),
    clock,
    trashDays: 1,
    calendarOf: () => 'crypto',
    compressionFor: () => compressionProfile('high-volume'),
  };
  moveToTrash(store).catch(() => undefined);
  return {
    store,
    compaction: { run: runnerOf(createCompaction({ ...merging, calendar: 'crypto' }).kind) },
    trash: createTrash(store, clock, 1, merging.locks),
    migrate: runnerOf(
      createTierKind({
        ...merging,
        tiers: modelTiers,
        holds: { ...noHolds, list: () => Promise.resolve([]) },
        refreshAround: noRollups,
        freeBytesOf: () => Promise.resolve(null),
      }),
    ),
    replaceDay: runnerOf(
      createReplaceDay(
        merging,
        async (dataset, rows, path) => writeUnflushed(fs, path, await encodeModelPart(dataset, rows, {})),
        'UTC',
      ),
    ),
  };
}

/** The store as a process sees it that does not own it. */
export function readerOf(fs: Fs): Promise<Store> {
  return openAs('reader', fs, {});
}

function openAs(
  access: 'owner' | 'reader',
  fs: Fs,
  { clock = () => modelStart, settings = {}, writer }: ModelStoreOptions,
): Promise<Store> {
  return Store.open({
    fs,
    clock,
    encodePart: encodeModelPart,
    // Small segments, so that the log begins new ones all the time.
    settings: { ...defaultStoreSettings, segmentBytes: 4_096, ...settings },
    storeId: 'model-store',
    access,
    ...(writer === undefined ? {} : { writer }),
  });
}
