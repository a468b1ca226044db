import { WorkbenchError } from '#shared/errors';
import type { Problem, ProblemKind, VerifyReport } from '#shared/domain/verify-report';
import { findDataset } from '#schemas/index';
import type { Clock } from '../../platform/clock.ts';
import type { FileEntry } from '../../storage/file-entry.ts';
import { trashPath } from '../../storage/layout.ts';
import type { PartitionLocks } from '../partition-locks.ts';
import { takeOut, type RescueParts } from './rescue-rows.ts';
import { setAside } from './set-aside.ts';

export interface RepairParts extends RescueParts {
  readonly locks: PartitionLocks;
  readonly clock: Clock;
}

/**
 * Puts right what a report found wrong, as far as that can be done without deleting anything: bad files go to
 * quarantine and readers stop seeing them. Answers the report with what was done about each problem.
 */
export async function repairStore(
  parts: RepairParts,
  report: VerifyReport,
  signal?: AbortSignal,
): Promise<VerifyReport> {
  // Without its log the store knows none of its files: nothing about them can be told.
  if (report.problems.some(({ kind }) => kind === 'log-lost')) return report;
  const done = new Map<string, string | null>();
  for (const { path } of report.problems) {
    if (done.has(path)) continue;
    if (signal?.aborted === true) throw new WorkbenchError('cancelled', 'The repair was cancelled');
    const ofPath = report.problems.filter((problem) => problem.path === path);
    done.set(path, await repairPath(parts, path, ofPath));
  }
  return {
    ...report,
    problems: report.problems.map((problem) => ({ ...problem, repaired: done.get(problem.path) ?? null })),
  };
}

async function repairPath(
  parts: RepairParts,
  path: string,
  problems: readonly Problem[],
): Promise<string | null> {
  const { store } = parts;
  // Nothing is known to be wrong with what may not be read.
  if (problems.every(({ kind }) => kind === 'not-permitted')) return null;
  const entry = store.catalog.get(path);
  const reason = problems.map(({ detail }) => detail).join('; ');
  if (entry !== undefined) return quarantine(parts, entry, reason);
  const [first] = problems;
  if (first === undefined) return null;
  const repair = strayRepairs[first.kind];
  if (repair === undefined) return null;
  switch (repair) {
    case 'set-aside':
      return `set aside as ${await setAside(store.fs, path, reason)}`;
    case 'forget': {
      const dead = [...store.catalog.deadFiles()].find(
        (file) => file.path === path || trashPath(file.job, file.path) === path,
      );
      if (dead === undefined) return null;
      await store.markGone([dead.path], 'nowhere');
      return 'the log no longer counts on it';
    }
    case 'checkpoint':
      await store.checkpoint();
      return 'a new log was begun';
  }
}

/** What is done about something that is no living file; about what is not here nothing can be done from inside. */
const strayRepairs: Partial<Record<ProblemKind, 'set-aside' | 'forget' | 'checkpoint'>> = {
  leftover: 'set-aside',
  'foreign-file': 'set-aside',
  link: 'set-aside',
  'trash-unknown': 'set-aside',
  'trash-missing': 'forget',
  'tombstone-unreadable': 'set-aside',
  'log-damaged': 'checkpoint',
};

async function quarantine(parts: RepairParts, entry: FileEntry, reason: string): Promise<string> {
  const { store, locks, clock } = parts;
  const dataset = findDataset(entry.dataset);
  if (dataset === undefined) throw new Error(`There is no dataset ${entry.dataset}`);
  const unlock = locks.take({ dataset, timeframe: entry.timeframe, period: entry.partition });
  try {
    const atMs = clock();
    const job = `verify-${atMs}`;
    const fate = await takeOut(parts, entry, { ...entry, replacedBy: null, job, atMs, deadlineMs: null });
    await store.unpinned();
    const isThere = (await store.fs.size(entry.path)) !== null;
    const target = isThere
      ? `set aside as ${await setAside(store.fs, entry.path, reason)}`
      : 'taken out of the store';
    await store.markGone([entry.path], 'nowhere');
    return `${target}; ${fate}`;
  } finally {
    unlock();
  }
}
