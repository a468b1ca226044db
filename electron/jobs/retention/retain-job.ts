import { counted } from '#shared/counted';
import { nameOfHold } from '#shared/domain/hold';
import type { RetentionPlan, RetentionReport, RetentionSettings } from '#shared/domain/retention';
import { WorkbenchError } from '#shared/errors';
import { contract, type RetentionRequest } from '#shared/ipc';
import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import { DAY } from '#shared/units';
import type { Clock } from '../../platform/clock.ts';
import type { FileEntry, Tombstone } from '../../storage/file-entry.ts';
import { parseDataPath } from '../../storage/layout.ts';
import type { Store } from '../../storage/store.ts';
import type { PartitionLocks } from '../partition-locks.ts';
import type { JobContext, JobKind } from '../queue/job-kind.ts';
import { partitionName } from '../queue/job-partitions.ts';
import { followWithRollups } from '../rollups/follow-with-rollups.ts';
import type { RefreshAround } from '../rollups/rollups.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { heldBy } from './held-by.ts';
import type { Holds } from './holds.ts';
import { performanceFiles } from './performance-files.ts';
import { planRetention, type OpenObject, type RetainableFile } from './plan-retention.ts';
import { checkedRetention } from './retention-settings.ts';

export interface RetainPlan {
  readonly settings: RetentionSettings;
  readonly plan: RetentionPlan;
}

export type RetainKind = JobKind<RetentionRequest, RetainPlan, RetentionReport>;

export interface RetainParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly locks: PartitionLocks;
  readonly holds: Pick<Holds, 'list' | 'whileUnchanged'>;
  readonly trashDays: number;
  /** IANA zone of times without an offset. */
  readonly zone: string;
  /** What is set for the store, for a request that brings no policies. */
  readonly settings: () => RetentionSettings;
  readonly refreshAround: RefreshAround;
  /** Of all symbols, as they are known now. */
  readonly openObjects: () => Promise<readonly OpenObject[]>;
}

/** Only with its list: run again, it removes exactly that or nothing. */
const resumable = contract.retention.start.args.refine(
  ({ atMs, digest }) => atMs !== undefined && digest !== undefined,
);

/**
 * Takes files out of the store that are past what the policies keep: into the trash, with a tombstone each, by one
 * record of the log. A run does exactly what was planned; when that is no longer what the policies say, it does nothing.
 */
export function createRetainKind(parts: RetainParts): RetainKind {
  const { store, clock } = parts;

  async function planNow({ policies, guardrails }: RetentionSettings, atMs: number): Promise<RetentionPlan> {
    const files = await retainable(parts);
    const concernsObjects = policies.some(({ isOn, dataset }) => isOn && dataset === objects.name);
    const open = concernsObjects && guardrails.keepOpenObjects ? await parts.openObjects() : [];
    const absence = (file: RetainableFile) => store.catalog.absence(file);
    return planRetention(files, policies, await parts.holds.list(), atMs, guardrails, open, absence);
  }

  return {
    kind: 'retain',
    async plan({ policies, guardrails, atMs, digest }) {
      const settings = checkedRetention({ ...parts.settings(), ...defined({ policies, guardrails }) });
      if (atMs !== undefined && atMs > clock())
        throw new WorkbenchError('argument-invalid', 'atMs: a run cannot count ages from the future');
      if (store.access === 'owner') await store.flushParts();
      const plan = await planNow(settings, atMs ?? clock());
      if (digest !== undefined && digest !== plan.digest) throw outdated(plan);
      return { settings, plan };
    },
    title: ({ plan: { files } }) =>
      files.length === 0
        ? 'Retention: nothing to remove'
        : `Retention: remove ${counted(files.length, 'file')}`,
    partitionsOf: ({ plan: { files } }) => [
      ...new Set(
        files.flatMap(({ path, dataset, timeframe }) => {
          const entry = store.catalog.get(path);
          return entry === undefined ? [] : partitionName(dataset, timeframe, entry.partition);
        }),
      ),
    ],
    resume: resumable,
    async run({ settings, plan }, context) {
      const { jobId, signal, log, progress, reportSoFar } = context;
      const total = { files: plan.files.length, rows: plan.rows, sizeBytes: plan.sizeBytes };
      progress({ filesTotal: total.files, rowsTotal: total.rows, sizeBytesTotal: total.sizeBytes });
      const deadlineMs = await commit(parts, settings, plan, context, planNow);
      progress({ ...total, doing: 'Moving files to the trash' });
      for (const { path, reason } of plan.files) log(`${path} went: ${reason}.`);
      const { files, rows, sizeBytes } = plan;
      const report: RetentionReport = { job: jobId, files, rows, sizeBytes, deadlineMs };
      // From here on they are out of the store, also of a run that is told to stop.
      reportSoFar(report);
      await moveToTrash(store, signal);
      await followUp(parts, plan, context);
      return report;
    },
  };
}

/** The one record that takes the files out of the store; answers until when the trash keeps them. */
async function commit(
  { store, clock, locks, holds, trashDays, zone }: RetainParts,
  settings: RetentionSettings,
  plan: RetentionPlan,
  { jobId, signal, progress }: JobContext,
  planNow: (settings: RetentionSettings, atMs: number) => Promise<RetentionPlan>,
): Promise<number> {
  const done = plan.files.map(({ path }) => store.catalog.deadFile(path));
  // An earlier attempt came as far as this.
  const [before] = done;
  if (before !== undefined && done.every((dead) => dead?.job === jobId)) return before.deadlineMs ?? clock();
  const atMs = clock();
  const deadlineMs = atMs + trashDays * DAY;
  if (plan.files.length === 0) return deadlineMs;
  progress({ doing: 'Looking whether the plan still holds' });
  const now = await planNow(settings, plan.atMs);
  if (now.digest !== plan.digest) throw outdated(now);
  const entries = new Map((await retainable({ store, zone })).map((file) => [file.path, file]));
  const tombstones = plan.files.flatMap(({ path, reason }): Tombstone[] => {
    const entry = entries.get(path);
    return entry === undefined
      ? []
      : [{ ...entryOf(entry), replacedBy: null, job: jobId, atMs, deadlineMs, reason }];
  });
  if (tombstones.length !== plan.files.length) throw outdated(now);
  const unlocks: (() => void)[] = [];
  const years = new Map(
    tombstones.map(({ dataset, timeframe, partition }) => [
      `${dataset}/${timeframe}/${partition.slice(0, 4)}`,
      { dataset: { name: dataset }, timeframe, period: partition },
    ]),
  );
  try {
    for (const partition of years.values()) unlocks.push(locks.take(partition));
    signal.throwIfAborted();
    await removeUnheld(store, holds, tombstones);
  } finally {
    for (const unlock of unlocks) unlock();
  }
  return deadlineMs;
}

/** Where rows leave the store. What is held does not, whoever decided that it should. */
async function removeUnheld(
  store: Store,
  holds: Pick<Holds, 'whileUnchanged'>,
  tombstones: readonly Tombstone[],
): Promise<void> {
  await holds.whileUnchanged(async (active) => {
    for (const file of tombstones) {
      const hold = heldBy(active, file);
      if (hold !== null) throw new WorkbenchError('held', `${file.path} is held: ${nameOfHold(hold)}`);
    }
    await store.swap([], tombstones);
  });
}

/** Rollups that were made of what went are made anew of what is left, or go too. */
function followUp(
  { refreshAround }: RetainParts,
  { files }: RetentionPlan,
  context: JobContext,
): Promise<void> {
  const touched = files
    // Rollups are made of merged files only.
    .filter(({ path, dataset }) => dataset === candles.name && parseDataPath(path)?.level !== 'part')
    .map(({ firstMs, lastMs }) => ({ from: firstMs, until: lastMs + 1 }));
  return followWithRollups(refreshAround, touched, context);
}

async function retainable({ store, zone }: Pick<RetainParts, 'store' | 'zone'>): Promise<RetainableFile[]> {
  const snapshots = await performanceFiles(store.fs, zone);
  // One whose earlier content still lies in the trash waits until that is gone: two of one name cannot.
  return [
    ...store.catalog.files(),
    ...snapshots.filter(({ path }) => store.catalog.deadFile(path) === undefined),
  ];
}

function entryOf({ madeFrom, shape, ...file }: RetainableFile): FileEntry {
  return {
    ...file,
    ...(madeFrom === undefined ? {} : { madeFrom }),
    ...(shape === undefined ? {} : { shape }),
  };
}

function outdated({ files }: RetentionPlan): WorkbenchError {
  const now = counted(files.length, 'file');
  return new WorkbenchError(
    'plan-outdated',
    `retention: the store has changed since the dry run, which would now list ${now}; this run removed nothing, look at it again`,
  );
}

function defined<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>;
}
