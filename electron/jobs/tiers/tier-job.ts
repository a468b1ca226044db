import { counted } from '#shared/counted';
import { nameOfHold } from '#shared/domain/hold';
import type { MovedFile, TierId, TierMove, TierPlan, TierReport } from '#shared/domain/tier';
import { WorkbenchError, type ErrorCode } from '#shared/errors';
import { contract, type TierRequest } from '#shared/ipc';
import { parseTimeframe } from '#shared/domain/timeframe';
import { sizeText } from '#shared/size-text';
import { candles } from '#schemas/datasets/candles';
import { findDataset } from '#schemas/index';
import { freeBytes } from '../../platform/disk-space.ts';
import type { FileEntry } from '../../storage/file-entry.ts';
import { periodRange } from '../../storage/layout.ts';
import { mergeAndSwitch, type MergeParts } from '../merge-job.ts';
import type { JobContext, JobKind } from '../queue/job-kind.ts';
import { partitionName } from '../queue/job-partitions.ts';
import { heldBy } from '../retention/held-by.ts';
import type { Holds } from '../retention/holds.ts';
import { followWithRollups } from '../rollups/follow-with-rollups.ts';
import type { RefreshAround } from '../rollups/rollups.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { planMigration } from './plan-migration.ts';
import type { Tiers } from './tiers.ts';

export interface TierParts extends MergeParts {
  readonly tiers: Tiers;
  readonly holds: Pick<Holds, 'list' | 'whileUnchanged'>;
  readonly refreshAround: RefreshAround;
  readonly freeBytesOf?: (folder: string) => Promise<number | null>;
}

export type TierKind = JobKind<TierRequest, TierPlan, TierReport>;

/** What is wrong with one file is no reason to leave the others. */
const concernsOneFile: ReadonlySet<ErrorCode> = new Set(['file-unreadable', 'compaction-unverified', 'held']);

/**
 * Moves files from tier to tier: each is written anew with the tier's compression, checked row by row, flushed, and
 * switched over by one record of the log; the old one goes to the trash of its own disk. Cut short at any step, every
 * file is wholly in one place or the other.
 */
export function createTierKind(parts: TierParts): TierKind {
  const { store, tiers, clock, holds } = parts;

  return {
    kind: 'tier',
    async plan({ atMs, digest, timeframe, ...wish }) {
      if (atMs !== undefined && atMs > clock())
        throw new WorkbenchError('argument-invalid', 'atMs: a run cannot count ages from the future');
      if (store.access === 'owner') await store.flushParts();
      await tiers.look();
      const spelled = timeframe === undefined ? undefined : (parseTimeframe(timeframe) ?? timeframe);
      const plan = planMigration(
        store.catalog.files(),
        { ...wish, timeframe: spelled },
        {
          settings: tiers.settings(),
          holds: await holds.list(),
          nowMs: atMs ?? clock(),
          absence: (file) => store.catalog.absence(file),
        },
      );
      if (digest !== undefined && digest !== plan.digest) throw outdated(plan);
      await refuseTargets(parts, plan);
      return plan;
    },
    title: ({ moves }) => {
      if (moves.length === 0) return 'Tiers: nothing to move';
      const files = counted(moves.length, 'file');
      return `Move ${files} to the ${[...new Set(moves.map(({ to }) => to))].join(' and ')} tier`;
    },
    partitionsOf: ({ moves }) => [
      ...new Set(
        moves.map(({ dataset, timeframe, partition }) => partitionName(dataset, timeframe, partition)),
      ),
    ],
    run: (plan, context) => run(parts, plan, context),
    resume: contract.tiers.start.args,
  };
}

/** That the tiers are there, and have room for all of it even if nothing becomes smaller. */
async function refuseTargets(
  { store, tiers, freeBytesOf = freeBytes }: TierParts,
  { moves }: TierPlan,
): Promise<void> {
  for (const tier of new Set(moves.map(({ to }) => to))) {
    const absence = store.absentTiers.get(tier);
    if (absence !== undefined) throw new WorkbenchError('tier-missing', absence);
    const free = (await freeBytesOf(tiers.folderOf(tier))) ?? (await freeBytesOf(tiers.folderOf('hot')));
    const needed = moves.reduce((sum, { to, sizeBytes }) => sum + (to === tier ? sizeBytes : 0), 0);
    if (free === null || free >= needed) continue;
    throw new WorkbenchError(
      'disk-full',
      `The ${tier} tier at ${tiers.folderOf(tier)} has ${sizeText(free)} free, and ${sizeText(needed)} would move there`,
    );
  }
}

async function run(parts: TierParts, plan: TierPlan, context: JobContext): Promise<TierReport> {
  const { store } = parts;
  const { jobId, signal, progress, log, reportSoFar } = context;
  const moved: MovedFile[] = [];
  const failures: WorkbenchError[] = [];
  const done = { files: 0, rows: 0, sizeBytes: 0 };
  progress({ ...done, filesTotal: plan.moves.length, rowsTotal: plan.rows, sizeBytesTotal: plan.sizeBytes });
  try {
    for (const move of plan.moves) {
      signal.throwIfAborted();
      progress({ doing: `Moving ${move.path} to the ${move.to} tier` });
      const file = store.catalog.get(move.path);
      if (file === undefined) log(`${move.path} was merged or removed since it was planned; it is left out.`);
      else {
        try {
          const made = await moveFile(parts, file, move, jobId, signal);
          moved.push(made);
          reportSoFar(reportOf(moved));
          log(
            `${move.path} is ${made.output} now: ${counted(move.rows, 'row')}, ${move.sizeBytes} bytes before, ${made.sizeBytesAfter} after; verified.`,
          );
        } catch (error) {
          if (!(error instanceof WorkbenchError) || !concernsOneFile.has(error.code)) throw error;
          failures.push(error);
          log(`${move.path} was left where it is: ${error.message}`);
        }
      }
      done.files += 1;
      done.rows += move.rows;
      done.sizeBytes += move.sizeBytes;
      progress(done);
    }
  } finally {
    // Also of a run that was stopped: what it has moved is moved.
    if (moved.length > 0) await moveToTrash(store);
  }
  await followUp(parts, moved, context);
  const [first] = failures;
  if (first !== undefined) {
    const messages = failures.map(({ message }) => message).join('; ');
    throw new WorkbenchError(first.code, messages, { cause: first });
  }
  return reportOf(moved);
}

/** One file, written anew and switched over. A hold that came since the plan was made keeps it where it is. */
function moveFile(
  parts: TierParts,
  file: FileEntry,
  move: TierMove,
  job: string,
  signal: AbortSignal,
): Promise<MovedFile> {
  const dataset = findDataset(file.dataset);
  const { level, timeframe, partition: period } = file;
  if (dataset === undefined || level === 'part') throw new Error(`${file.path} is no merged file`);
  return parts.holds.whileUnchanged(async (active) => {
    const hold = heldBy(active, file);
    if (hold !== null) throw new WorkbenchError('held', `${file.path} is held: ${nameOfHold(hold)}`);
    const merge = { dataset, timeframe, level, period, inputs: [file] };
    const options = { keepParts: false, tier: move.to satisfies TierId, job };
    const { output, sizeBytesAfter } = await mergeAndSwitch(parts, merge, options, signal);
    return { ...move, output, sizeBytesAfter };
  });
}

/** Rollups name the files they were made from, which have other names now. */
function followUp(
  { refreshAround }: TierParts,
  moved: readonly MovedFile[],
  context: JobContext,
): Promise<void> {
  const touched = moved
    .filter(({ dataset }) => dataset === candles.name)
    .map(({ partition }) => periodRange(partition));
  return followWithRollups(refreshAround, touched, context);
}

function reportOf(moved: readonly MovedFile[]): TierReport {
  return {
    moved: [...moved],
    rows: moved.reduce((sum, { rows }) => sum + rows, 0),
    sizeBytesBefore: moved.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    sizeBytesAfter: moved.reduce((sum, { sizeBytesAfter }) => sum + sizeBytesAfter, 0),
  };
}

function outdated({ moves }: TierPlan): WorkbenchError {
  const now = counted(moves.length, 'file');
  return new WorkbenchError(
    'plan-outdated',
    `tiers: the store has changed since the dry run, which would now list ${now}; nothing was moved, look at it again`,
  );
}
