import { chosenCompression, compressionProfile } from '#shared/domain/compression';
import { randomBytes } from 'node:crypto';
import { createEngine } from '../engine/engine.ts';
import { writeRows } from '../engine/write-rows.ts';
import { createAdoption } from '../jobs/adopt/adopt-files.ts';
import { createCompaction } from '../jobs/compaction.ts';
import { createCompactor } from '../jobs/compactor.ts';
import { createCurrentObjects } from '../jobs/current-objects.ts';
import { createImports } from '../jobs/imports/import-job.ts';
import { createImporter } from '../jobs/imports/importer.ts';
import { createKeepAverages } from '../jobs/keep-averages.ts';
import type { MergeParts } from '../jobs/merge-job.ts';
import { createPartitionLocks } from '../jobs/partition-locks.ts';
import { createReplaceDay } from '../jobs/replace-day.ts';
import { createHolds } from '../jobs/retention/holds.ts';
import { createRetentionStore } from '../jobs/retention/retention-settings.ts';
import { createRollups } from '../jobs/rollups/rollups.ts';
import { createTrash } from '../jobs/trash/trash.ts';
import { systemClock } from '../platform/clock.ts';
import { createBarReader } from '../queries/bar-reader.ts';
import type { HostOptions } from './host-options.ts';
import type { StoreCore } from './store-core.ts';
import type { StoreReaders } from './store-readers.ts';

const averageCacheBytes = 8_388_608;

export type StoreChangers = ReturnType<typeof createStoreChangers>;

/** What writes, merges and removes files of a store. */
export function createStoreChangers(core: StoreCore, { series }: StoreReaders, options: HostOptions) {
  const { store, background } = core;
  const { folder, startChild } = options;
  const { settings } = options.document;
  const compactor = createCompactor(startChild);
  const importer = createImporter(startChild);
  const merging = mergeParts(core, options, compactor);
  const rollups = createRollups({ ...merging, roller: compactor }, series.timeframesOf);
  const { refreshAround } = rollups;
  const averagedBars = createBarReader(store, background, folder, averageCacheBytes);
  const keepAverages = createKeepAverages({
    ...{ store, root: folder, periods: settings.emaPeriods, bars: averagedBars },
  });
  const holds = createHolds(store.fs, systemClock, () => randomBytes(3).toString('hex'));
  const { zone } = settings;
  return {
    ...{ compactor, importer, merging, rollups, averagedBars, keepAverages, holds },
    adoption: createAdoption({
      ...{ ...merging, zone },
      createEngine: () => createEngine({ threads: 1, memoryLimit: '512MB', trustsFileNames: false }),
    }),
    currentObjects: createCurrentObjects(store, background, folder),
    trash: createTrash(store, systemClock, settings.trashDays, merging.locks, holds),
    retention: createRetentionStore(folder, settings.retention),
    compaction: createCompaction(
      { ...merging, calendar: settings.defaultCalendar },
      refreshAround,
      keepAverages,
    ),
    replaceDay: createReplaceDay(
      merging,
      (dataset, rows, path) => writeRows(background, dataset, rows, path, {}),
      zone,
      refreshAround,
      keepAverages,
    ),
    imports: createImports({ merging, importer, zone, keepAverages, refreshAround }),
  };
}

function mergeParts(
  { store, calendarOf, chosenTiers }: StoreCore,
  { folder, document }: HostOptions,
  compactor: MergeParts['compactor'],
): MergeParts {
  const { trashDays, compression, compressionRules } = document.settings;
  return {
    ...{ store, root: folder, storeId: document.id, compactor, calendarOf, trashDays, clock: systemClock },
    locks: createPartitionLocks(),
    compressionFor: (dataset, timeframe, tier = 'hot') =>
      tier === 'hot'
        ? chosenCompression(compression, compressionRules, dataset, timeframe)
        : compressionProfile(chosenTiers()[tier].profile),
  };
}
