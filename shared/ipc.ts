import { z } from 'zod';
import type { AdoptReport } from './domain/adoption.ts';
import { objectTypes } from './domain/chart-object.ts';
import type { BackupPlan } from './domain/backup.ts';
import {
  compactionLevels,
  type CompactionOverview,
  type CompactionReport,
  type PlannedMerge,
  type ReplaceDayReport,
} from './domain/compaction.ts';
import type { ReadLink } from './domain/deep-link.ts';
import type { ExportPlan } from './domain/export-plan.ts';
import { exportDatasets, type ExportProfile, type ProfileList } from './domain/export-profile.ts';
import type { ExportReport } from './domain/export-report.ts';
import { barFields, barTimes, conflictRules, type ImportInspection } from './domain/import.ts';
import type { HealthReport } from './domain/health.ts';
import type { AppendAnswer } from './domain/ingest.ts';
import { journalDatasets, mostJournalRows, type JournalPage } from './domain/journal.ts';
import { jobStates, type Job, type JobDetails, type JobList, type JobSummary } from './domain/job.ts';
import type { Hold } from './domain/hold.ts';
import { fieldTests, filterLimits } from './domain/object-filter.ts';
import type { ExpectedGap, Finding, QuarantinePlan, SeriesQuality } from './domain/quality.ts';
import type { RetentionPlan, RetentionSettings } from './domain/retention.ts';
import type { PlannedRollup, RollupReport } from './domain/rollup.ts';
import { scheduledTasks, scheduleLimits, type ListedSchedule, type ScheduleList } from './domain/schedule.ts';
import type { SqlPage } from './domain/sql-page.ts';
import {
  isQueryName,
  resultFormats,
  sqlLimits,
  type ColumnStatistics,
  type SavedQuery,
  type SqlAnswer,
  type SqlSchema,
  type WrittenResult,
} from './domain/sql.ts';
import type { KnownSymbol, StoreChange, StoreSummary, SymbolSummary } from './domain/store-summary.ts';
import type { ChangedSettings, StoreSettings } from './domain/store-settings.ts';
import type { StorageFile, StorageFileList, StorageMap, StorageSummary } from './domain/storage.ts';
import type { StoredFile } from './domain/stored-file.ts';
import type { AuditList, TrashEntry } from './domain/trash.ts';
import type { VerifyReport } from './domain/verify-report.ts';
import type { ViewportAnswer, ObjectHistory, ObjectsAsOf } from './domain/viewport.ts';
import { isPng } from './domain/png.ts';
import { colderTiers, tierIds, type TierPlan, type TiersSettings, type TierState } from './domain/tier.ts';
import { parseTimeframe } from './domain/timeframe.ts';
import type { SharedFocus, WindowPurpose } from './domain/window-purpose.ts';
import { unwrap, type Reply } from './errors.ts';
import { epochMs, MIB } from './units.ts';

// Compiled checks would have to be tried with eval, which the page's policy refuses and reports.
z.config({ jitless: true });

const instant = () => z.int();
const nothing = z.object({}).strict();

const compactionArgs = z
  .object({
    dataset: z.string().optional(),
    timeframe: z.string().optional(),
    /** UTC day, `2025-09-02`: merges its parts into a day file. */
    day: z.iso.date().optional(),
    /** UTC month, `2025-09`. */
    month: z
      .string()
      .regex(/^\d{4}-\d{2}$/)
      .optional(),
    /** UTC year, `2025`, of a dataset that has years. */
    year: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
    /** Every period of that length; days where a dataset has them, else months, when nothing is said. */
    level: z.enum(compactionLevels).optional(),
    /** The UTC days that a trading date of the store's calendar has bars on; `last`: the newest one that is over. */
    tradingDay: z.union([z.literal('last'), z.iso.date()]).optional(),
    /** Exactly these, each a UTC day, month or year. */
    only: z
      .array(z.object({ dataset: z.string(), timeframe: z.string(), partition: z.string() }).strict())
      .readonly()
      .optional(),
    /** Leaves the merged files where they are; they are no longer part of the store. */
    keepParts: z.boolean().optional(),
  })
  .strict();

const columnName = z.string().max(256);

/** What to import: files that other programs wrote. */
export const importArgs = z
  .object({
    /** Absolute paths of files and folders on the machine of the store. */
    files: z.array(z.string().min(1).max(4_096)).min(1).max(10_000).readonly(),
    symbol: z.string().optional(),
    timeframe: z.string().optional(),
    zone: z.string().max(64).optional(),
    map: z.partialRecord(z.enum(barFields), columnName.optional()).optional(),
    barTime: z.enum(barTimes).optional(),
    onConflict: z.enum(conflictRules).optional(),
    from: z.int().optional(),
    until: z.int().optional(),
  })
  .strict();

/** Names a look at files, so that it can be ended. */
const lookId = z.string().min(1).max(64);

const jobId = z.object({ id: z.string().max(128) }).strict();

const restoreArgs = z.object({ job: z.string() }).strict();
const purgeArgs = z.object({ job: z.string().optional() }).strict();
const verifyArgs = z.object({ deep: z.boolean().optional(), repair: z.boolean().optional() }).strict();

const policyArgs = z
  .object({
    dataset: z.string(),
    timeframe: z.string().nullable(),
    tier: z.enum(tierIds).optional(),
    isOn: z.boolean(),
    maxAgeDays: z.number().nullable(),
    maxSizeBytes: z.number().nullable(),
    maxSizeBytesPerSymbol: z.number().nullable(),
    exclude: z.array(z.string()).readonly(),
  })
  .strict();
const guardrailArgs = z
  .object({
    minAgeDays: z.number(),
    maxSharePercent: z.number(),
    keepRollupSources: z.boolean(),
    keepOpenObjects: z.boolean().default(true),
  })
  .strict();
/** Their values are checked where they are used, so that a refusal names the policy. */
const retentionArgs = z
  .object({
    /** In place of those that are set for the store. */
    policies: z.array(policyArgs).readonly().optional(),
    guardrails: guardrailArgs.optional(),
    /** Of a dry run: its moment and its list. The run is refused when it would remove anything else. */
    atMs: instant().optional(),
    digest: z.string().max(64).optional(),
  })
  .strict();
const holdArgs = z
  .object({
    symbol: z.string().max(64).nullable().optional(),
    dataset: z.string().max(64).nullable().optional(),
    from: instant().nullable().optional(),
    until: instant().nullable().optional(),
    pattern: z.string().max(512).nullable().optional(),
    reason: z.string().max(500),
    owner: z.string().max(100),
  })
  .strict();

const trialArgs = z
  .object({
    dataset: z.string().max(64).optional(),
    timeframe: z.string().max(16).optional(),
    symbol: z.string().max(64).optional(),
  })
  .strict();

const scheduleId = z.string().max(64);
/** Their values are checked where they are used, so that a refusal names the field. */
const scheduleArgs = z
  .object({
    name: z.string().max(scheduleLimits.name * 4),
    cron: z.string().max(scheduleLimits.cron * 4),
    zone: z.string().max(64),
    task: z.enum(scheduledTasks),
    isOn: z.boolean(),
    catchUpHours: z.number(),
  })
  .strict();

const tierArgs = z
  .object({
    /** Only into this tier; of files that come back, only out of it. */
    tier: z.enum(colderTiers).optional(),
    dataset: z.string().max(64).optional(),
    timeframe: z.string().max(16).optional(),
    /** Back into the store itself. */
    isBack: z.boolean().optional(),
    /** Of a dry run: its moment and its list. The run is refused when it would move anything else. */
    atMs: instant().optional(),
    digest: z.string().max(64).optional(),
  })
  .strict();

const storageFilter = z
  .object({
    dataset: z.string().max(64).optional(),
    timeframe: z.string().max(16).optional(),
    symbol: z.string().max(64).optional(),
    /** `2025`, `2025-09` or `2025-09-02`: files of that period and of those in it. */
    period: z.string().max(10).optional(),
    tier: z.enum(tierIds).optional(),
    /** The largest so many. */
    limit: z.int().min(1).max(10_000).optional(),
  })
  .strict();

const backupArgs = z
  .object({
    /** Absolute; the setting `backupFolder` unless given. */
    to: z.string().min(1).max(4_096).optional(),
  })
  .strict();

const rollupArgs = z.object({ rebuild: z.boolean().optional() }).strict();

const timeframe = z.string().transform((text, fault) => {
  const parsed = parseTimeframe(text);
  if (parsed === null) fault.addIssue({ code: 'custom', message: 'is not a timeframe' });
  return parsed ?? z.NEVER;
});

const quarantineArgs = z
  .object({
    symbol: z.string().min(1).max(64),
    timeframe: z.string(),
    from: instant(),
    until: instant(),
    reason: z.string().max(500),
    /** Of the plan: the run is refused when it would take anything else. */
    digest: z.string().max(64).optional(),
  })
  .strict();
const qualityTicket = z.string().min(1).max(100);

const profileId = z.string().min(1).max(64);

const exportArgs = z
  .object({
    profile: profileId,
    datasets: z.array(z.enum(exportDatasets)).readonly().optional(),
    symbols: z.array(z.string()).readonly().optional(),
    timeframe: z.string().optional(),
    from: instant().optional(),
    until: instant().optional(),
    /** Absolute. */
    out: z.string().min(1).max(4_096),
    overwrite: z.boolean().optional(),
    /** Says beside the files how good the bars are, as JSON and as a page. */
    qualityReport: z.boolean().optional(),
  })
  .strict();

const deepLink = z
  .object({
    symbol: z.string().min(1).max(64),
    timeframe: timeframe.nullable(),
    at: instant().transform(epochMs).nullable(),
    objectId: z.string().max(256).nullable(),
  })
  .strict();

const panelId = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/);

const filterTexts = z.array(z.string().max(filterLimits.text)).max(filterLimits.list).readonly();

const objectFilter = z
  .object({
    kinds: filterTexts,
    statuses: filterTexts,
    timeframes: filterTexts,
    condition: z
      .object({
        field: z.string().max(filterLimits.text),
        test: z.enum(fieldTests),
        value: z.string().max(filterLimits.value),
      })
      .strict(),
  })
  .strict();

const objectType = z.enum(objectTypes);

const sharedFocus = z
  .object({
    symbol: z.string().max(64),
    timeframe: z.string().max(8),
    view: z.object({ from: z.number(), until: z.number() }).strict().nullable(),
    at: z.number().nullable(),
    asOf: instant().nullable(),
    isFollowing: z.boolean(),
    objectId: z.string().max(256).nullable(),
    shown: z
      .object({ layers: z.record(objectType, z.boolean()), filters: z.record(objectType, objectFilter) })
      .strict()
      .nullable(),
  })
  .strict();

const sqlTab = z.string().min(1).max(100);
const sqlResult = z.string().max(200);
const sqlSort = z
  .object({ column: z.int().min(0), direction: z.enum(['ascending', 'descending']) })
  .strict()
  .nullable();
const queryName = z
  .string()
  .refine(isQueryName, 'is no name for a query: letters, digits, spaces and . _ ( ) + - up to 80');

const largestPng = 64 * MIB;
const png = z.custom<Uint8Array>(
  (value) => isBytes(value) && value.byteLength <= largestPng && isPng(value),
  'must be a PNG picture of at most 64 MiB',
);

/**
 * Every call that can be made of the process that owns a store, and every event it sends.
 * The window speaks it over Electron's IPC, the command line and other processes over the store's socket.
 *
 * `args` are checked before a handler sees them. Results are types only: the owner is trusted.
 */
export const contract = {
  store: {
    describe: call(nothing).returns<StoreSummary>(),
    /** Writes what the store holds into the log, so that what is older can go. */
    checkpoint: call(nothing).returns<null>(),
    /** Rows were committed or files were swapped. Sent at most every 50 ms, with what changed since the last one. */
    changed: event<{ readonly sequence: number; readonly changes: readonly StoreChange[] }>(),
  },
  symbols: {
    list: call(nothing).returns<readonly SymbolSummary[]>(),
    /** Those of which a bar had closed by then. */
    asOf: call(z.object({ at: instant() }).strict()).returns<readonly KnownSymbol[]>(),
  },
  candles: {
    viewport: call(
      z
        .object({
          symbol: z.string(),
          timeframe: z.string(),
          from: instant(),
          until: instant(),
          priceMin: z.number().optional(),
          priceMax: z.number().optional(),
          /** Only what was known by then: bars closed, events written. */
          asOf: instant().optional(),
          /** Files to read: all, only loose parts (and rows not yet in a file), or only compacted files. */
          levels: z.enum(['all', 'parts', 'compacted']).optional(),
          /** The newest so many bars of the range. */
          maxBars: z.int().positive().optional(),
          /** False leaves objects out of the answer. */
          objects: z.boolean().optional(),
        })
        .strict(),
    ).returns<ViewportAnswer>(),
    /** Rows as they come from outside: each is checked, good ones are stored durably before the answer. */
    append: call(z.object({ rows: z.array(z.unknown()).readonly() }).strict()).returns<AppendAnswer>(),
    /** Takes the place of all bars of a UTC day of the symbols in `rows`; nothing changes if a row is refused. */
    replaceDay: call(
      z.object({ timeframe: z.string(), day: z.iso.date(), rows: z.array(z.unknown()).readonly() }).strict(),
    ).returns<ReplaceDayReport>(),
  },
  objects: {
    append: call(z.object({ rows: z.array(z.unknown()).readonly() }).strict()).returns<AppendAnswer>(),
    /** Every event of one object, oldest first. */
    history: call(z.object({ objectId: z.string() }).strict()).returns<ObjectHistory>(),
    /** The last state by then of every object, of one symbol or of all. */
    asOf: call(z.object({ at: instant(), symbol: z.string().optional() }).strict()).returns<ObjectsAsOf>(),
    /** When an object of the symbol next changed after `at`, or last changed before it; null when none did. */
    nextEvent: call(
      z.object({ symbol: z.string(), at: instant(), direction: z.enum(['next', 'previous']) }).strict(),
    ).returns<number | null>(),
    /** Writes the cache of current states anew from the events; answers how many objects there are. */
    rebuild: call(nothing).returns<{ readonly objects: number }>(),
  },
  /** What programs write down as it happens: decisions, audits, stats and policies, trades and quotes. */
  journal: {
    append: call(
      z.object({ dataset: z.enum(journalDatasets), rows: z.array(z.unknown()).readonly() }).strict(),
    ).returns<AppendAnswer>(),
    /** The newest rows about a symbol before `until`, of all timeframes. */
    list: call(
      z
        .object({
          dataset: z.enum(journalDatasets),
          symbol: z.string(),
          until: instant().optional(),
          limit: z.int().min(1).max(mostJournalRows),
        })
        .strict(),
    ).returns<JournalPage>(),
  },
  compaction: {
    plan: call(compactionArgs).returns<readonly PlannedMerge[]>(),
    /** What has something to merge, by days, by months or by years. */
    overview: call(
      z.object({ level: z.enum(compactionLevels).optional() }).strict(),
    ).returns<CompactionOverview>(),
    /** Queues it, and answers the job. */
    start: call(compactionArgs).returns<JobSummary>(),
    /** The same, to its end. */
    run: call(compactionArgs).returns<readonly CompactionReport[]>(),
  },
  tiers: {
    list: call(nothing).returns<readonly TierState[]>(),
    /** Settings of one tier or both; what is left out stays. Answers all of them as they are kept. */
    save: call(z.object({ tiers: z.unknown() }).strict()).returns<TiersSettings>(),
    /** What `start` would move, checked against the disks. Writes nothing. */
    plan: call(tierArgs).returns<TierPlan>(),
    /** Queues it, and answers the job; its report is a `TierReport`. */
    start: call(tierArgs).returns<JobSummary>(),
  },
  storage: {
    /** What the files take, how fast that grows, and how long the disk will do. */
    summary: call(nothing).returns<StorageSummary>(),
    /** What lies inside one piece of the store, by dataset, symbol, timeframe, month or year, and day. */
    map: call(
      z.object({ path: z.array(z.string().max(64)).max(4).readonly() }).strict(),
    ).returns<StorageMap>(),
    files: call(storageFilter).returns<StorageFileList>(),
    /** What one file of the store says of itself. */
    file: call(
      z.object({ path: z.string().max(1_024), headRows: z.int().min(0).max(200).optional() }).strict(),
    ).returns<StorageFile>(),
  },
  /** Copies of the store in other folders. */
  backups: {
    /** What `start` would copy. Writes nothing there. */
    plan: call(backupArgs).returns<BackupPlan>(),
    /** Queues it, and answers the job; its report is a `BackupReport`. */
    start: call(backupArgs).returns<JobSummary>(),
  },
  compression: {
    /** Measures every profile on rows of the store, and answers the job; its report is a `CompressionTrial`. */
    start: call(trialArgs).returns<JobSummary>(),
  },
  /** Long operations: those that run or wait, and what became of earlier ones. */
  jobs: {
    list: call(
      z
        .object({
          states: z.array(z.enum(jobStates)).readonly().optional(),
          kind: z.string().optional(),
          /** The newest so many. */
          limit: z.int().positive().optional(),
        })
        .strict(),
    ).returns<JobList>(),
    show: call(jobId).returns<JobDetails>(),
    /** Tells a job to stop; it has within a second. */
    cancel: call(jobId).returns<JobSummary>(),
    /** Runs the request of a job that did not come to its end again, as a job of its own. */
    resume: call(jobId).returns<JobSummary>(),
    /** Answers when the job has ended, however it did. */
    wait: call(jobId).returns<Job>(),
    /** Jobs that are new or other than before. Sent at most every 200 ms. */
    changed: event<readonly JobSummary[]>(),
  },
  /** What the store does by itself, by the clocks of a zone. */
  schedules: {
    list: call(nothing).returns<ScheduleList>(),
    /** When an expression is due next, five times; refused for what is none and for what is never due. */
    preview: call(
      z.object({ cron: z.string().max(scheduleLimits.cron * 4), zone: z.string().max(64) }).strict(),
    ).returns<readonly number[]>(),
    /** Adds a schedule, or with `id` changes one. */
    save: call(
      z.object({ id: scheduleId.optional(), schedule: scheduleArgs }).strict(),
    ).returns<ListedSchedule>(),
    remove: call(z.object({ id: scheduleId }).strict()).returns<null>(),
    /** Queues its job now, whenever it is due, and answers the job. */
    run: call(z.object({ id: scheduleId }).strict()).returns<JobSummary>(),
    /** A schedule was changed, was run, or missed a run. */
    changed: event<{ readonly atMs: number }>(),
  },
  rollups: {
    /** What `refresh` would make. Writes nothing. */
    plan: call(rollupArgs).returns<readonly PlannedRollup[]>(),
    start: call(rollupArgs).returns<JobSummary>(),
    /** Makes the rollups that are missing or no longer exact; with `rebuild` all of them, from nothing. */
    refresh: call(rollupArgs).returns<readonly RollupReport[]>(),
  },
  files: {
    /** The living files; rows that were only in the log are written to a file first. */
    list: call(
      z.object({ dataset: z.string().optional(), timeframe: z.string().optional() }).strict(),
    ).returns<readonly StoredFile[]>(),
  },
  trash: {
    list: call(nothing).returns<readonly TrashEntry[]>(),
    /** Undoes a job: its files belong to the store again. Answers their paths. */
    restore: call(restoreArgs).returns<readonly string[]>(),
    startRestore: call(restoreArgs).returns<JobSummary>(),
    /** Removes for good what is past its deadline, or all of one job. Answers the paths. */
    purge: call(purgeArgs).returns<readonly string[]>(),
    startPurge: call(purgeArgs).returns<JobSummary>(),
  },
  /** Files that must not be removed. */
  holds: {
    list: call(z.object({ withReleased: z.boolean().optional() }).strict()).returns<readonly Hold[]>(),
    add: call(holdArgs).returns<Hold>(),
    release: call(z.object({ id: z.string().max(64), by: z.string().max(100) }).strict()).returns<Hold>(),
  },
  retention: {
    settings: call(nothing).returns<RetentionSettings>(),
    /** Keeps them in the store; answers them as they are read from there. */
    saveSettings: call(
      z.object({ policies: z.array(policyArgs).readonly(), guardrails: guardrailArgs }).strict(),
    ).returns<RetentionSettings>(),
    /** The dry run. Writes nothing. */
    plan: call(retentionArgs).returns<RetentionPlan>(),
    /** Queues a run and answers its job; `plan-outdated` when it would not remove what the dry run said. */
    start: call(retentionArgs).returns<JobSummary>(),
  },
  audit: {
    /** Every file that ever left the store, with what became of it; the newest `limit`. */
    list: call(z.object({ limit: z.int().positive().max(20_000).optional() }).strict()).returns<AuditList>(),
  },
  verify: {
    /**
     * Checks every file against the log; `deep` reads every byte. `repair` sets bad files aside, so that readers no
     * longer see them, and deletes none.
     */
    run: call(verifyArgs).returns<VerifyReport>(),
    start: call(verifyArgs).returns<JobSummary>(),
  },
  quality: {
    /**
     * How good the bars of a series are. With a ticket it can be cancelled; the next question with the same ticket
     * cancels the one before.
     */
    assess: call(
      z
        .object({
          symbol: z.string(),
          timeframe: z.string(),
          /** From the first stored bar to the last one when not given. */
          from: instant().optional(),
          until: instant().optional(),
          ticket: qualityTicket.optional(),
        })
        .strict(),
    ).returns<SeriesQuality>(),
    /** Looks at all series, or some, as a job whose report is a `QualityOverview`. */
    startCheck: call(
      z
        .object({ symbols: z.array(z.string()).readonly().optional(), timeframe: z.string().optional() })
        .strict(),
    ).returns<JobSummary>(),
    /** Chart objects that point nowhere, of one symbol or of all. */
    objects: call(z.object({ symbol: z.string().optional() }).strict()).returns<readonly Finding[]>(),
    /** Stops what was asked with a ticket; its caller is told `cancelled`. */
    cancel: call(z.object({ ticket: qualityTicket }).strict()).returns<null>(),
    /** Gaps that somebody said are expected. */
    expectedGaps: call(z.object({ withWithdrawn: z.boolean().optional() }).strict()).returns<
      readonly ExpectedGap[]
    >(),
    /** Says that the bars of a range will not come. Durable when it answers. */
    markExpected: call(
      z
        .object({
          symbol: z.string().min(1).max(64),
          timeframe: timeframe.nullable(),
          from: instant(),
          until: instant(),
          reason: z.string().max(500),
        })
        .strict(),
    ).returns<ExpectedGap>(),
    /** Which bars `startQuarantine` would take out of the store. Writes nothing. */
    planQuarantine: call(quarantineArgs).returns<QuarantinePlan>(),
    /** Queues it and answers the job; the rows are kept beside the store's data, the files go to the trash. */
    startQuarantine: call(quarantineArgs).returns<JobSummary>(),
    withdrawMark: call(z.object({ id: z.string().max(64) }).strict()).returns<ExpectedGap>(),
  },
  settings: {
    read: call(nothing).returns<StoreSettings>(),
    /** Changes what is given; null takes a setting back to its default. Holds when the answer comes. */
    change: call(z.object({ change: z.record(z.string(), z.unknown()) }).strict()).returns<ChangedSettings>(),
  },
  health: {
    /** What the store needs, judged now. */
    check: call(nothing).returns<HealthReport>(),
    /** Metrics in the text format of Prometheus; counters begin when the store is opened. */
    metrics: call(nothing).returns<string>(),
  },
  adoption: {
    /** Makes every file that lies where data does a part of the store; `dryRun` says what would become of each. */
    run: call(
      z.object({ dryRun: z.boolean().optional(), symbol: z.string().optional() }).strict(),
    ).returns<AdoptReport>(),
    start: call(z.object({ symbol: z.string().optional() }).strict()).returns<JobSummary>(),
  },
  sql: {
    /**
     * Runs one SELECT or EXPLAIN over the store as it is now and keeps its rows. A tab's next query takes the place of
     * the one before. A fault in the text has its place.
     */
    run: call(
      z
        .object({
          tab: sqlTab,
          text: z.string().max(sqlLimits.mostTextLength),
          maxRows: z.int().min(1).max(sqlLimits.mostRows).optional(),
          timeoutMs: z.int().min(100).max(sqlLimits.mostTimeMs).optional(),
        })
        .strict(),
    ).returns<SqlAnswer>(),
    /** More rows of a result, in the order of the query or of one of its columns. */
    page: call(
      z
        .object({
          result: sqlResult,
          from: z.int().min(0),
          rows: z.int().min(1).max(sqlLimits.mostPageRows),
          sort: sqlSort,
        })
        .strict(),
    ).returns<SqlPage>(),
    statistics: call(
      z.object({ result: sqlResult, column: z.int().min(0) }).strict(),
    ).returns<ColumnStatistics>(),
    /** Writes all rows that were kept to a file, whole or not at all; one that is there is replaced if that is said. */
    export: call(
      z
        .object({
          result: sqlResult,
          sort: sqlSort,
          format: z.enum(resultFormats),
          /** Absolute path. */
          out: z.string().min(1).max(4_096),
          overwrite: z.boolean().optional(),
        })
        .strict(),
    ).returns<WrittenResult>(),
    /** Stops the query that a tab runs; its caller is told `cancelled` at once. */
    cancel: call(z.object({ tab: sqlTab }).strict()).returns<null>(),
    /** Lets go of what is kept for a tab. */
    release: call(z.object({ tab: sqlTab }).strict()).returns<null>(),
    schema: call(nothing).returns<SqlSchema>(),
    /** Saved queries by name: the `.sql` files of the store's `sql` folder. */
    savedQueries: call(nothing).returns<readonly SavedQuery[]>(),
    saveQuery: call(
      z.object({ name: queryName, text: z.string().max(sqlLimits.mostTextLength) }).strict(),
    ).returns<null>(),
    deleteQuery: call(z.object({ name: queryName }).strict()).returns<null>(),
  },
  exports: {
    /** Ways to export: those of the product, and those saved in the store. */
    profiles: call(nothing).returns<ProfileList>(),
    /** Saves a profile in the store, or replaces the one of its id; answers it as it was saved. */
    saveProfile: call(z.object({ profile: z.unknown() }).strict()).returns<ExportProfile>(),
    deleteProfile: call(z.object({ id: profileId }).strict()).returns<null>(),
    /** What `run` would write, checked against the disk, with the first rows. Writes nothing. */
    plan: call(exportArgs).returns<ExportPlan>(),
    start: call(exportArgs).returns<JobSummary>(),
    /** Writes the files whole; what fails or is cancelled leaves none. */
    run: call(exportArgs).returns<ExportReport>(),
  },
  imports: {
    /**
     * Reads the files, and compares them with what is stored: what an import would come to. Writes nothing. A glimpse
     * reads the start of the files alone, and answers at once however large they are.
     */
    inspect: call(
      importArgs.extend({ look: lookId.optional(), isGlimpse: z.boolean().optional() }),
    ).returns<ImportInspection>(),
    /** Ends a look that is under way, whose caller is told `cancelled`; nothing where it is over. */
    endLook: call(z.object({ look: lookId }).strict()).returns<null>(),
    /** Queues it, and answers the job; its report is an `ImportReport`. */
    start: call(importArgs).returns<JobSummary>(),
  },
  /** What the window remembers: an opaque JSON text that outlives a crash. */
  workspace: {
    load: call(nothing).returns<string | null>(),
    save: call(z.object({ text: z.string().max(4_000_000) }).strict()).returns<null>(),
  },
  /** Arrangements that the user saved by name: an opaque JSON text that all windows share. */
  layouts: {
    load: call(nothing).returns<string | null>(),
    save: call(z.object({ text: z.string().max(4_000_000) }).strict()).returns<null>(),
    /** Another window saved them. */
    changed: event<{ readonly text: string }>(),
  },
  window: {
    /** The first candles of a run are on the screen, or what stands in their place. */
    painted: call(
      z.object({ bars: z.int(), objects: z.int(), elapsedMs: z.number() }).strict(),
    ).returns<null>(),
    describe: call(nothing).returns<WindowPurpose>(),
    /** Opens another window on the same store: on a series if there is one, for one panel if it is named. */
    open: call(z.object({ link: deepLink.nullable(), panel: panelId.nullable() }).strict()).returns<null>(),
    /** Somebody followed a link that leads here. */
    navigated: event<ReadLink>(),
    /** The application menu asks for one of the window's commands. */
    commandAsked: event<{ readonly command: string }>(),
    /** Asks for a store, or an empty folder to begin one in, and shows it in this window. */
    openStore: call(nothing).returns<null>(),
    /** Shows the store's folder where the system shows files. */
    showStoreFolder: call(nothing).returns<null>(),
    /** Shows a file of the store where the system shows files. */
    showFile: call(z.object({ path: z.string().max(1_024) }).strict()).returns<null>(),
    /** A panel that this window had opened in one of its own was closed there. */
    panelReturned: event<{ readonly panel: string }>(),
    /** Tells the other windows on this store what this one looks at. */
    share: call(sharedFocus).returns<null>(),
    shared: event<SharedFocus>(),
    /** Asks where to put a picture of a chart, and puts it there; null when the user would rather not. */
    saveImage: call(
      z.object({ png, symbol: z.string().min(1).max(64), timeframe: z.string().min(2).max(8) }).strict(),
    ).returns<{ readonly file: string } | null>(),
    /** Asks where to put a text under a name that is offered, and puts it there; null when the user would rather not. */
    saveText: call(
      z
        .object({
          text: z.string().max(64 * MIB),
          name: z.string().regex(/^[\w-]{1,80}\.(csv|json)$/),
        })
        .strict(),
    ).returns<{ readonly file: string } | null>(),
    copyImage: call(z.object({ png }).strict()).returns<null>(),
    /** Asks where to put the rows of a query; null when the user would rather not. */
    chooseResultFile: call(
      z.object({ name: z.string().max(120), format: z.enum(resultFormats) }).strict(),
    ).returns<{ readonly file: string } | null>(),
    /** Asks where exported files, those of a tier or a backup are to go; null when the user would rather not say. */
    choosePlace: call(
      z
        .object({
          kind: z.enum(['file', 'folder', 'tier', 'backup']),
          name: z
            .string()
            .max(200)
            .regex(/^[^/\\]*$/),
        })
        .strict(),
    ).returns<{ readonly path: string } | null>(),
    /** Asks which files, or which folder, to import; null when the user would rather not. They may be imported from then on. */
    chooseImports: call(z.object({ kind: z.enum(['files', 'folder']) }).strict()).returns<{
      readonly paths: readonly string[];
    } | null>(),
    /** The user let files fall into the window. They may be imported from then on. */
    filesDropped: event<{ readonly paths: readonly string[] }>(),
    /** The picture that this page was started for, or why there is none. */
    finishPicture: call(
      z.union([
        z.object({ png, bars: z.int(), objects: z.int() }).strict(),
        z.object({ problem: z.string().max(2_000) }).strict(),
      ]),
    ).returns<null>(),
  },
} as const;

export type Contract = typeof contract;

export interface Call<Args, Result> {
  readonly kind: 'call';
  readonly args: z.ZodType<Args>;
  /** Carries the TypeScript type. Never present at run time. */
  readonly result?: Result;
}

export interface Event<Payload> {
  readonly kind: 'event';
  /** Carries the TypeScript type. Never present at run time. */
  readonly payload?: Payload;
}

/** The contract as it is used: async functions, and events that hand back their own unsubscribe. */
export type Client = {
  readonly [Space in keyof Contract]: {
    readonly [Name in keyof Contract[Space]]: Contract[Space][Name] extends Call<infer Args, infer Result>
      ? (args: Args) => Promise<Result>
      : Contract[Space][Name] extends Event<infer Payload>
        ? (listener: (payload: Payload) => void) => () => void
        : never;
  };
};

export type CallArgs<C> = C extends Call<infer Args, unknown> ? Args : never;
export type ViewportQuestion = CallArgs<Contract['candles']['viewport']>;
export type RetentionRequest = CallArgs<Contract['retention']['plan']>;
export type VerifyRequest = CallArgs<Contract['verify']['run']>;
export type RestoreRequest = CallArgs<Contract['trash']['restore']>;
export type PurgeRequest = CallArgs<Contract['trash']['purge']>;
export type TierRequest = CallArgs<Contract['tiers']['start']>;
export type StorageFilter = CallArgs<Contract['storage']['files']>;
export type TrialArgs = CallArgs<Contract['compression']['start']>;
export type BackupArgs = CallArgs<Contract['backups']['start']>;
export type CompactionRequest = CallArgs<Contract['compaction']['run']>;

/** By which preload tells main of files that fell into the window. No page can speak on it. */
export const droppedChannel = 'files-dropped';

/** All that preload puts on `window`. */
export interface Bridge {
  readonly call: (channel: string, args: unknown) => Promise<unknown>;
  readonly subscribe: (channel: string, listener: (payload: unknown) => void) => () => void;
}

/** The contract as a list, for the code that serves and speaks it. */
export const channels = Object.entries<Record<string, Call<unknown, unknown> | Event<unknown>>>(
  contract,
).flatMap(([space, entries]) =>
  Object.entries(entries).map(([name, entry]) => ({ channel: `${space}.${name}`, space, name, entry })),
);

/** The contract as plain functions over any bridge: replies unwrapped, failures thrown as `WorkbenchError`. */
export function createClient(bridge: Bridge): Client {
  const client: Record<string, Record<string, unknown>> = {};
  for (const { channel, space, name, entry } of channels) {
    (client[space] ??= {})[name] =
      entry.kind === 'call'
        ? async (args: unknown) => unwrap((await bridge.call(channel, args)) as Reply<unknown>)
        : (listener: (payload: unknown) => void) => bridge.subscribe(channel, listener);
  }
  return client as unknown as Client;
}

/** By its look: what crossed from another realm is not an instance of this one's class. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && 'BYTES_PER_ELEMENT' in value && value.BYTES_PER_ELEMENT === 1;
}

function call<Args>(args: z.ZodType<Args>) {
  return { returns: <Result>(): Call<Args, Result> => ({ kind: 'call', args }) };
}

function event<Payload>(): Event<Payload> {
  return { kind: 'event' };
}
