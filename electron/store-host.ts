import type { CalendarId } from '#shared/domain/session-calendar';
import { hasEnded, type JobSummary } from '#shared/domain/job';
import { chosenCompression, compressionProfile } from '#shared/domain/compression';
import type { ObjectsAsOf } from '#shared/domain/viewport';
import type { StoreChange } from '#shared/domain/store-summary';
import { rollups as rollupDataset } from '#schemas/datasets/rollups';
import type { StoreDocument } from '#schemas/documents/store-document';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { exportProfileFiles } from './documents/export-profile-files.ts';
import { scheduleFile } from './documents/schedule-file.ts';
import { createSavedQueries } from './documents/saved-queries.ts';
import { createExpectedGaps } from './documents/expected-gaps.ts';
import { createEngine } from './engine/engine.ts';
import { writeRows } from './engine/write-rows.ts';
import { createExporter } from './exports/exporter.ts';
import { createExports } from './exports/exports.ts';
import { createProfileLibrary } from './exports/profile-library.ts';
import { createAppendRows } from './ingest/append-rows.ts';
import type { StoreHandlers } from './ipc/handlers.ts';
import { afterDropped, refuseWrites } from './ipc/guard-handlers.ts';
import { allHandlers } from './ipc/index.ts';
import { createAdoption } from './jobs/adopt/adopt-files.ts';
import { createAdoptKind } from './jobs/adopt/adopt-job.ts';
import { createCompaction } from './jobs/compaction.ts';
import { createCompactor } from './jobs/compactor.ts';
import { createTrialKind } from './jobs/compression/trial-job.ts';
import { createCurrentObjects } from './jobs/current-objects.ts';
import { createExportKind } from './jobs/export-job.ts';
import { createHealthKind } from './jobs/health-job.ts';
import { createImporter } from './jobs/imports/importer.ts';
import { createImports } from './jobs/imports/import-job.ts';
import { createKeepAverages } from './jobs/keep-averages.ts';
import type { MergeParts } from './jobs/merge-job.ts';
import { createPartitionLocks } from './jobs/partition-locks.ts';
import { createJobQueue } from './jobs/queue/job-queue.ts';
import { createQualityCheckKind } from './jobs/quality/check-job.ts';
import { createQuarantineKind } from './jobs/quality/quarantine.ts';
import { createReplaceDay } from './jobs/replace-day.ts';
import { createAudit } from './jobs/retention/audit.ts';
import { createForecastKind } from './jobs/retention/forecast-job.ts';
import { createHolds } from './jobs/retention/holds.ts';
import type { OpenObject } from './jobs/retention/plan-retention.ts';
import { createRetainKind } from './jobs/retention/retain-job.ts';
import { createRetentionStore } from './jobs/retention/retention-settings.ts';
import { createRollupKind } from './jobs/rollups/rollup-job.ts';
import { createRollups } from './jobs/rollups/rollups.ts';
import { createSchedules, type SchedulePace } from './jobs/schedules/schedules.ts';
import { taskJobs } from './jobs/schedules/task-jobs.ts';
import { createStoreSettings } from './jobs/store-settings.ts';
import { createTierKind } from './jobs/tiers/tier-job.ts';
import { tierLinks } from './jobs/tiers/tier-places.ts';
import { createTiers } from './jobs/tiers/tiers.ts';
import { createPurgeKind, createRestoreKind } from './jobs/trash-jobs.ts';
import { createTrash, moveToTrash, type Trash } from './jobs/trash.ts';
import { refuseLostLog } from './jobs/verify/refuse-lost-log.ts';
import { createVerifyKind } from './jobs/verify/verify-job.ts';
import { createVerify } from './jobs/verify/verify.ts';
import type { StartChild } from './platform/child.ts';
import { systemClock } from './platform/clock.ts';
import { diskFs } from './platform/fs.ts';
import { meteredFs } from './platform/metered-fs.ts';
import { createAggregateReader } from './queries/aggregate-reader.ts';
import { createBarReader } from './queries/bar-reader.ts';
import { createDescribe } from './queries/describe-store.ts';
import { createListFiles } from './queries/list-files.ts';
import { createObjectReader } from './queries/object-reader.ts';
import { createRollupCoverage } from './queries/rollup-coverage.ts';
import { createQuality } from './queries/quality/quality.ts';
import { createHealth, type Health } from './queries/health/health.ts';
import { createMeter, type Meter } from './queries/health/meter.ts';
import { createCompressionRatio } from './queries/storage/compression-ratio.ts';
import { createStorage } from './queries/storage/storage.ts';
import { createSeries } from './queries/series.ts';
import { createViewport, type Viewport } from './queries/viewport.ts';
import { createUserQueries } from './queries/sql/user-queries.ts';
import {
  foreignSource,
  readerSource,
  type FollowedStore,
  type ForeignFolder,
  type StateSource,
} from './state-source.ts';
import {
  expectedGapsFile,
  exportProfileFolder,
  parseSavedQueryName,
  savedQueryFolder,
  savedQueryPath,
  schedulesFile,
} from './storage/layout.ts';
import { encodePart } from './storage/part-writer.ts';
import { defaultStoreSettings, Store } from './storage/store.ts';

export interface HostOptions {
  readonly folder: string;
  readonly document: StoreDocument;
  readonly access: 'owner' | 'reader';
  readonly startChild: StartChild;
  readonly appVersion: string;
  /** A folder that another program keeps, without a log of ours. Such a store is for reading only. */
  readonly foreign?: ForeignFolder;
  /** For a reader that stays open: why it is one, and that it takes in what the owner commits. */
  readonly followed?: FollowedStore;
  /** For a reader: its jobs are kept with those of the store. */
  readonly keepsHistory?: boolean;
  /** Runs the schedules of a store that is owned; otherwise they are only shown and changed. */
  readonly schedules?: SchedulePace;
  /** Settings were changed and are on disk: the store is to be opened anew with them. */
  readonly onSettings?: (document: StoreDocument) => void;
}

/** A store opened in this process, and the answers to its contract. */
export interface StoreHost {
  readonly store: Store;
  readonly handlers: StoreHandlers;
  /** Told of every event of the contract that concerns the store. */
  readonly onEvent: (listener: (channel: string, payload: unknown) => void) => void;
  /** Stops what runs and queues nothing more; the store still answers. */
  readonly stopJobs: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const segmentCacheBytes = 100_663_296;
const rollupCacheBytes = 33_554_432;
const averageCacheBytes = 8_388_608;
const comparedCacheBytes = 16_777_216;
const cachedEvents = 100_000;
const changeIntervalMs = 50;
const purgeIntervalMs = 3_600_000;
/** A sample is taken where the newest is an hour old. */
const sizeIntervalMs = 60_000;
/** How soon a disk that comes or goes is noticed. */
const tierIntervalMs = 10_000;

/** Builds the services of one store and hands them to one another. */
export async function createStoreHost(options: HostOptions): Promise<StoreHost> {
  const { folder, document, access, startChild, appVersion } = options;
  const { settings } = document;
  const source = await sourceOf(options);
  // Before the store: an open store that nobody closes goes on writing.
  const meter = createMeter();
  const engine = await createEngine({
    threads: 2,
    memoryLimit: '512MB',
    onStatement: (sql, elapsedMs) => meter.statement(sql, elapsedMs, systemClock()),
    // Other programs write their files anew under the same names.
    trustsFileNames: options.foreign === undefined,
  });
  let tiersChosen = settings.tiers;
  const store = await Store.open({
    fs: meteredFs(
      diskFs(folder, () => tierLinks(tiersChosen)),
      meter.written,
    ),
    clock: systemClock,
    encodePart,
    settings: { ...defaultStoreSettings, durability: settings.durability, rowsPerPart: settings.rowsPerPart },
    storeId: document.id,
    access,
    ...(source === null ? {} : { recover: source.recover, readOnlyReason: source.readOnlyReason }),
  }).catch(async (error: unknown) => {
    engine.close();
    await source?.close();
    throw error;
  });
  // Before anything is decided about files whose disk is not there.
  const tiers = createTiers(
    store,
    { root: folder, storeId: document.id },
    () => tiersChosen,
    (kept) => {
      tiersChosen = kept;
    },
  );
  await tiers.start();
  const looking = setInterval(() => void tiers.look().catch(() => undefined), tierIntervalMs);
  looking.unref();
  if (access === 'owner') {
    await refuseLostLog(store, engine, folder).catch(async (error: unknown) => {
      clearInterval(looking);
      await store.close();
      engine.close();
      throw error;
    });
  }
  const jobs = createJobQueue({
    fs: store.fs,
    clock: systemClock,
    access,
    keepsHistory: access === 'owner' || options.keepsHistory === true,
    drawSuffix: () => randomBytes(2).toString('hex'),
  });
  const calendarOf = (symbol: string): CalendarId =>
    (Object.hasOwn(settings.calendars, symbol) ? settings.calendars[symbol] : undefined) ??
    settings.defaultCalendar;
  const series = createSeries(store, calendarOf);
  const objects = createObjectReader(store, engine, folder, cachedEvents);
  const bars = createBarReader(store, engine, folder, segmentCacheBytes);
  const rolled = createBarReader(store, engine, folder, rollupCacheBytes, rollupDataset);
  const coverage = createRollupCoverage(store);
  const readAggregates = createAggregateReader(store, bars, rolled, coverage);
  const userQueries = createUserQueries({ store, root: folder, coverage, calendarOf }, series, startChild);
  const compactor = createCompactor(startChild);
  const merging: MergeParts = {
    store,
    root: folder,
    storeId: document.id,
    compactor,
    locks: createPartitionLocks(),
    clock: systemClock,
    trashDays: settings.trashDays,
    calendarOf,
    compressionFor: (dataset, timeframe, tier = 'hot') =>
      tier === 'hot'
        ? chosenCompression(settings.compression, settings.compressionRules, dataset, timeframe)
        : compressionProfile(tiersChosen[tier].profile),
  };
  const rollups = createRollups({ ...merging, roller: compactor }, series.timeframesOf);
  const adoption = createAdoption({
    ...merging,
    zone: settings.zone,
    createEngine: () => createEngine({ threads: 1, memoryLimit: '512MB', trustsFileNames: false }),
  });
  const expectedGaps = createExpectedGaps(folder, expectedGapsFile, systemClock, () =>
    randomBytes(3).toString('hex'),
  );
  // Its scans take long, and nobody is to wait for them.
  const scanning = await engine.sibling();
  const quality = createQuality({
    ...{ store, root: folder, objects, series, calendarOf },
    engine: scanning,
    bars: createBarReader(store, scanning, folder, comparedCacheBytes),
    expectedGaps: () => expectedGaps.list(),
    clock: systemClock,
  });
  const exporter = createExporter(startChild);
  const exportProfiles = createProfileLibrary(exportProfileFiles(join(folder, exportProfileFolder)));
  const background = await engine.sibling();
  const keepAverages = createKeepAverages({
    store,
    root: folder,
    bars: createBarReader(store, background, folder, averageCacheBytes),
    periods: settings.emaPeriods,
  });
  const currentObjects = createCurrentObjects(store, background, folder);
  const holds = createHolds(store.fs, systemClock, () => randomBytes(3).toString('hex'));
  const trash = createTrash(store, systemClock, settings.trashDays, merging.locks, holds);
  const retention = createRetentionStore(folder, settings.retention);
  const purging = access === 'owner' ? keepTrash(store, trash) : undefined;
  if (access === 'owner') {
    await currentObjects.start();
    adoption.start();
  } else source?.follow(store);
  const compaction = createCompaction(
    { ...merging, calendar: settings.defaultCalendar },
    rollups.refreshAround,
    keepAverages,
  );
  const replaceDay = createReplaceDay(
    merging,
    (dataset, rows, path) => writeRows(background, dataset, rows, path, {}),
    settings.zone,
    rollups.refreshAround,
    keepAverages,
  );
  const kinds = {
    rollup: createRollupKind(rollups),
    compressionTrial: createTrialKind({ store, root: folder, lab: compactor }),
    restore: createRestoreKind(trash),
    purge: createPurgeKind(trash),
    tierMove: createTierKind({ ...merging, tiers, holds, refreshAround: rollups.refreshAround }),
    retain: createRetainKind({
      ...merging,
      holds,
      zone: settings.zone,
      settings: retention.current,
      openObjects: async () => openOf(await objects.asOf(Number.MAX_SAFE_INTEGER)),
      refreshAround: rollups.refreshAround,
    }),
    verify: createVerifyKind(createVerify(merging), store),
    check: createQualityCheckKind(quality, series, systemClock),
    quarantine: createQuarantineKind({
      ...{ merging, keepAverages, holds },
      engine: background,
      refreshAround: rollups.refreshAround,
    }),
    adopt: createAdoptKind(adoption),
    exportKind: createExportKind(
      createExports({
        store,
        root: folder,
        storeId: document.id,
        profiles: exportProfiles,
        exporter,
        quality,
        symbols: () => series.list().map(({ symbol }) => symbol),
        timeframesOf: series.timeframesOf,
        calendarOf,
      }),
    ),
  };
  const importer = createImporter(startChild);
  const imports = createImports({
    ...{ merging, importer, zone: settings.zone, keepAverages },
    refreshAround: rollups.refreshAround,
  });
  const describe = createDescribe(store, document, folder, appVersion, adoption.notes);
  const compressionRatio = createCompressionRatio(store, folder, background);
  const health = createHealth({
    store,
    folder,
    compressionRatio,
    clock: systemClock,
    isDemo: document.isDemo,
    series,
    calendarOf,
    meter,
    warnings: () => [...openingWarnings(store), ...adoption.notes()],
    tiers: tiers.list,
    failedJobsSince: async (sinceMs) => troubleSince((await jobs.list()).jobs, sinceMs),
    watcherLagMs: adoption.lagMs,
    scheduleFaults: () => schedules.faults(),
  });
  const remembering = access === 'owner' ? keepSizes(health) : undefined;
  const healthKind = createHealthKind(health);
  const forecast = createForecastKind(kinds.retain);
  // Those that were cut short before this opening can be run again.
  for (const kind of [compaction.kind, imports.kind, healthKind, forecast, ...Object.values(kinds)])
    jobs.register(kind);
  const pace = access === 'owner' ? (options.schedules ?? null) : null;
  const schedules = createSchedules({
    file: scheduleFile(folder, schedulesFile),
    pace,
    drawId: () => randomBytes(3).toString('hex'),
    jobs: jobs.list,
    begin: taskJobs({ ...kinds, compaction, healthKind, forecast }, jobs, pace?.clock ?? systemClock),
  });
  const handlers: StoreHandlers = allHandlers({
    checkpoint: () => store.checkpoint(),
    describe,
    series,
    viewport: timed(createViewport({ bars, readAggregates, objects, series, calendarOf }), meter),
    objects,
    appendRows: createAppendRows(store, settings.zone),
    jobs,
    schedules,
    compaction,
    replaceDay,
    currentObjects,
    listFiles: createListFiles(store),
    trash,
    holds,
    retention,
    audit: createAudit(store),
    adoption,
    imports,
    ...kinds,
    health,
    storage: createStorage({
      store,
      folder,
      engine: background,
      clock: systemClock,
      compressionRatio,
      tiers: tiers.list,
    }),
    tiers,
    quality: { quality, expectedGaps, quarantine: kinds.quarantine, check: kinds.check },
    userQueries,
    savedQueries: createSavedQueries(folder, {
      folder: savedQueryFolder,
      pathOf: savedQueryPath,
      nameOf: parseSavedQueryName,
    }),
    settings: createStoreSettings({
      ...{ folder, document, tiers, retention },
      busyWith: async () => (await jobs.list()).jobs.find((job) => !hasEnded(job))?.title ?? null,
      onChange: (changed) => options.onSettings?.(changed),
    }),
    exportProfiles,
  });
  return {
    store,
    handlers:
      source === null
        ? afterDropped(handlers, adoption.takeIn)
        : refuseWrites(handlers, source.readOnlyReason),
    onEvent(listener) {
      collectChanges(store, (payload) => listener('store.changed', payload));
      jobs.onChange((payload) => listener('jobs.changed', payload));
      schedules.onChange(() => listener('schedules.changed', { atMs: systemClock() }));
    },
    async stopJobs() {
      await schedules.close();
      await jobs.close();
    },
    async close() {
      clearInterval(looking);
      clearInterval(purging);
      clearInterval(remembering);
      await schedules.close();
      await jobs.close();
      compactor.close();
      importer.close();
      userQueries.close();
      exporter.close();
      await adoption.close();
      await source?.close();
      if (access === 'owner') await currentObjects.close().catch(() => undefined);
      await trash.settled();
      await store.close();
      scanning.close();
      background.close();
      engine.close();
    },
  };
}

/** Null for an owner, whose log says everything. */
function sourceOf({ folder, document, access, foreign, followed }: HostOptions): Promise<StateSource> | null {
  if (foreign !== undefined) return foreignSource(folder, foreign);
  return access === 'owner' ? null : readerSource(folder, document.id, document.settings.zone, followed);
}

/** Finishes what a crash left of moving files to the trash, and empties it of what is past its deadline. */
function keepTrash(store: Store, trash: Trash): NodeJS.Timeout {
  const keep = async () => {
    await moveToTrash(store);
    await trash.purge();
  };
  // What cannot be done now is tried again, and is nothing that readers see.
  keep().catch(() => undefined);
  const timer = setInterval(() => void keep().catch(() => undefined), purgeIntervalMs);
  timer.unref();
  return timer;
}

/** So that growth can be told, also to who opens the store later. */
function keepSizes(health: Health): NodeJS.Timeout {
  // A cache of no consequence: what cannot be kept now is kept in an hour.
  const timer = setInterval(() => void health.remember().catch(() => undefined), sizeIntervalMs);
  timer.unref();
  return timer;
}

/** Without those about tiers, which have a check of their own. */
function openingWarnings({ warnings, absentTiers }: Store): readonly string[] {
  const absences = new Set(absentTiers.values());
  return warnings.filter((warning) => !absences.has(warning));
}

/** What failed or was cut short and not run again, and what the last check of the files found. */
function troubleSince(jobs: readonly JobSummary[], sinceMs: number): readonly string[] {
  const lastCheck = jobs.find(({ kind, state }) => kind === 'verify' && state === 'done');
  return jobs.flatMap((job) => {
    const { state, title, finding, resumedBy, endedMs, createdMs } = job;
    if ((endedMs ?? createdMs) < sinceMs) return [];
    if (job === lastCheck && finding !== undefined) return [`${title} found ${finding}`];
    const isCutShort = state === 'failed' || state === 'interrupted';
    return isCutShort && resumedBy === null
      ? [`${title} ${state === 'failed' ? 'failed' : 'was cut short'}`]
      : [];
  });
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

function timed(viewport: Viewport, meter: Meter): Viewport {
  return async (...args) => {
    const startedMs = performance.now();
    try {
      return await viewport(...args);
    } finally {
      meter.viewport(performance.now() - startedMs);
    }
  };
}

/** Joins what changes within a moment into one event: a busy bot would otherwise send hundreds a second. */
function collectChanges(
  store: Store,
  listener: (payload: { readonly sequence: number; readonly changes: readonly StoreChange[] }) => void,
): void {
  let changes: StoreChange[] = [];
  let timer: NodeJS.Timeout | undefined;
  store.onChange((change) => {
    changes.push(...change.changes);
    timer ??= setTimeout(() => {
      timer = undefined;
      listener({ sequence: store.sequence, changes: joinChanges(changes) });
      changes = [];
    }, changeIntervalMs);
  });
}

function joinChanges(changes: readonly StoreChange[]): StoreChange[] {
  const joined = new Map<string, StoreChange>();
  for (const change of changes) {
    const key = `${change.dataset}|${change.timeframe}|${change.symbol}`;
    const known = joined.get(key) ?? change;
    joined.set(key, {
      ...change,
      from: Math.min(known.from, change.from),
      until: Math.max(known.until, change.until),
    });
  }
  return [...joined.values()];
}
