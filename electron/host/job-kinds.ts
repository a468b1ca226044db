import type { ObjectsAsOf } from '#shared/domain/viewport';
import type { Exporter } from '../exports/exporter.ts';
import { createExports } from '../exports/exports.ts';
import type { ProfileLibrary } from '../exports/profile-library.ts';
import { createAdoptKind } from '../jobs/adopt/adopt-job.ts';
import { createBackupKind } from '../jobs/backup/backup-job.ts';
import { createTrialKind } from '../jobs/compression/trial-job.ts';
import { createExportKind } from '../jobs/export-job.ts';
import { createQualityCheckKind } from '../jobs/quality/check-job.ts';
import { createQuarantineKind } from '../jobs/quality/quarantine.ts';
import type { OpenObject } from '../jobs/retention/plan-retention.ts';
import { createRetainKind } from '../jobs/retention/retain-job.ts';
import { createRollupKind } from '../jobs/rollups/rollup-job.ts';
import { createTierKind } from '../jobs/tiers/tier-job.ts';
import { createPurgeKind, createRestoreKind } from '../jobs/trash/trash-jobs.ts';
import { createVerifyKind } from '../jobs/verify/verify-job.ts';
import { createVerify } from '../jobs/verify/verify.ts';
import { systemClock } from '../platform/clock.ts';
import type { HostOptions } from './host-options.ts';
import type { StoreChangers } from './store-changers.ts';
import type { StoreCore } from './store-core.ts';
import type { StoreReaders } from './store-readers.ts';

export interface JobKindParts {
  readonly core: StoreCore;
  readonly readers: StoreReaders;
  readonly changers: StoreChangers;
  readonly options: HostOptions;
  readonly profiles: ProfileLibrary;
  readonly exporter: Exporter;
}

/** The kinds of job that a store has, by the names of the services that they are. */
export function createJobKinds({ core, readers, changers, options, profiles, exporter }: JobKindParts) {
  const { store, background, tiers, calendarOf } = core;
  const { series, objects, quality } = readers;
  const { merging, rollups, holds, keepAverages, trash } = changers;
  const { refreshAround } = rollups;
  const { folder, document } = options;
  return {
    rollup: createRollupKind(rollups),
    compressionTrial: createTrialKind({ store, root: folder, lab: changers.compactor }),
    backup: createBackupKind({ store, root: folder, document, clock: systemClock }),
    restore: createRestoreKind(trash),
    purge: createPurgeKind(trash),
    tierMove: createTierKind({ ...merging, tiers, holds, refreshAround }),
    retain: createRetainKind({
      ...{ ...merging, holds, refreshAround, zone: document.settings.zone },
      settings: changers.retention.current,
      openObjects: async () => openOf(await objects.asOf(Number.MAX_SAFE_INTEGER)),
    }),
    verify: createVerifyKind(createVerify(merging), store),
    check: createQualityCheckKind(quality, series, systemClock),
    quarantine: createQuarantineKind({ merging, keepAverages, holds, refreshAround, engine: background }),
    adopt: createAdoptKind(changers.adoption),
    exportKind: createExportKind(
      createExports({
        ...{ store, root: folder, storeId: document.id, profiles, exporter, quality, calendarOf },
        symbols: () => series.list().map(({ symbol }) => symbol),
        timeframesOf: series.timeframesOf,
      }),
    ),
  };
}

function openOf({ objects }: ObjectsAsOf): readonly OpenObject[] {
  return objects
    .filter(({ t_end }) => t_end === null)
    .map(({ object_id: id, symbol, timeframe, event_ts: lastEventMs }) => ({
      id,
      symbol,
      timeframe,
      lastEventMs,
    }));
}
