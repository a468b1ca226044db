import { hasEnded } from '#shared/domain/job';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { exportProfileFiles } from '../documents/export-profile-files.ts';
import { createSavedQueries } from '../documents/saved-queries.ts';
import { scheduleFile } from '../documents/schedule-file.ts';
import type { Exporter } from '../exports/exporter.ts';
import { createProfileLibrary } from '../exports/profile-library.ts';
import { createAppendRows } from '../ingest/append-rows.ts';
import type { StoreHandlers } from '../ipc/handlers.ts';
import { allHandlers } from '../ipc/index.ts';
import { createBackupState, type BackupState } from '../jobs/backup/backup-state.ts';
import { createHealthKind } from '../jobs/health-job.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import { createAudit } from '../jobs/retention/audit.ts';
import { createForecastKind } from '../jobs/retention/forecast-job.ts';
import { createSchedules, type Schedules } from '../jobs/schedules/schedules.ts';
import { taskJobs } from '../jobs/schedules/task-jobs.ts';
import { createStoreSettings } from '../jobs/store-settings.ts';
import { systemClock } from '../platform/clock.ts';
import { createDescribe } from '../queries/describe-store.ts';
import { createHealth, type Health } from '../queries/health/health.ts';
import { createListFiles } from '../queries/list-files.ts';
import { createCompressionRatio } from '../queries/storage/compression-ratio.ts';
import { createStorage } from '../queries/storage/storage.ts';
import {
  exportProfileFolder,
  parseSavedQueryName,
  savedQueryFolder,
  savedQueryPath,
  schedulesFile,
} from '../storage/layout.ts';
import type { HostOptions } from './host-options.ts';
import { createJobKinds } from './job-kinds.ts';
import type { StoreChangers } from './store-changers.ts';
import type { StoreCore } from './store-core.ts';
import type { StoreReaders } from './store-readers.ts';
import { openingWarnings, troubleSince } from './store-troubles.ts';

export interface ServiceParts {
  readonly core: StoreCore;
  readonly readers: StoreReaders;
  readonly changers: StoreChangers;
  readonly options: HostOptions;
  readonly jobs: JobQueue;
  readonly exporter: Exporter;
}

export interface StoreServices {
  readonly handlers: StoreHandlers;
  readonly schedules: Schedules;
  readonly health: Health;
  readonly backups: BackupState;
}

/** Makes the kinds of job known to the queue, and puts all that answers the contract behind it. */
export function createServices(parts: ServiceParts): StoreServices {
  const { core, readers, changers, options, jobs } = parts;
  const { store, background, tiers } = core;
  const { series } = readers;
  const { adoption, compaction, imports, retention } = changers;
  const { folder, document, appVersion } = options;
  const exportProfiles = createProfileLibrary(exportProfileFiles(join(folder, exportProfileFolder)));
  const kinds = createJobKinds({ ...parts, profiles: exportProfiles });
  const compressionRatio = createCompressionRatio(store, folder, background);
  const backups = createBackupState({
    ...{ document, jobs },
    // What is wrong with their file is told of the schedules.
    schedules: () =>
      schedules.list().then(
        ({ schedules: listed }) => listed,
        () => [],
      ),
  });
  const health = createHealth({
    ...{ store, folder, compressionRatio, series, clock: systemClock, isDemo: document.isDemo },
    ...{ calendarOf: core.calendarOf, meter: core.meter, tiers: tiers.list },
    warnings: () => [...openingWarnings(store), ...adoption.notes()],
    failedJobsSince: async (sinceMs) => troubleSince((await jobs.list()).jobs, sinceMs),
    backup: backups.look,
    watcherLagMs: adoption.lagMs,
    scheduleFaults: () => schedules.faults(),
  });
  const healthKind = createHealthKind(health);
  const forecast = createForecastKind(kinds.retain);
  // Those that were cut short before this opening can be run again.
  for (const kind of [compaction.kind, imports.kind, healthKind, forecast, ...Object.values(kinds)])
    jobs.register(kind);
  const pace = options.access === 'owner' ? (options.schedules ?? null) : null;
  const schedules = createSchedules({
    ...{ file: scheduleFile(folder, schedulesFile), pace, jobs: () => jobs.list() },
    drawId: () => randomBytes(3).toString('hex'),
    begin: taskJobs({ ...kinds, compaction, healthKind, forecast }, jobs, pace?.clock ?? systemClock),
  });
  const handlers = allHandlers({
    ...{ ...readers, ...changers, ...kinds, jobs, schedules, health, tiers, exportProfiles },
    checkpoint: () => store.checkpoint(),
    describe: createDescribe(store, document, folder, appVersion, adoption.notes),
    appendRows: createAppendRows(store, document.settings.zone),
    listFiles: createListFiles(store),
    audit: createAudit(store),
    storage: createStorage({
      ...{ store, folder, compressionRatio, engine: background, clock: systemClock, tiers: tiers.list },
    }),
    quality: {
      ...{ quality: readers.quality, expectedGaps: readers.expectedGaps },
      ...{ quarantine: kinds.quarantine, check: kinds.check },
    },
    savedQueries: createSavedQueries(folder, {
      ...{ folder: savedQueryFolder, pathOf: savedQueryPath, nameOf: parseSavedQueryName },
    }),
    settings: createStoreSettings({
      ...{ folder, document, tiers, retention },
      busyWith: async () => (await jobs.list()).jobs.find((job) => !hasEnded(job))?.title ?? null,
      onChange: (changed) => options.onSettings?.(changed),
    }),
  });
  return { handlers, schedules, health, backups };
}
