import { counted } from '#shared/counted';
import type { TrashedFile } from '#shared/domain/trash';
import { contract, type PurgeRequest, type RestoreRequest } from '#shared/ipc';
import { WorkbenchError } from '#shared/errors';
import { parseDataPath } from '../../storage/layout.ts';
import type { JobKind } from '../queue/job-kind.ts';
import { partitionName } from '../queue/job-partitions.ts';
import type { Trash } from './trash.ts';

export interface TrashPlan<Request> {
  readonly request: Request;
  readonly files: readonly TrashedFile[];
}

export type RestoreKind = JobKind<RestoreRequest, TrashPlan<RestoreRequest>, readonly string[]>;
export type PurgeKind = JobKind<PurgeRequest, TrashPlan<PurgeRequest>, readonly string[]>;

/** Undoing a job: its files belong to the store again. */
export function createRestoreKind(trash: Trash): RestoreKind {
  return {
    kind: 'restore',
    plan: async (request) => Promise.resolve({ request, files: filesOf(trash, request.job) }),
    title: ({ request, files }) => `Restore ${counted(files.length, 'file')} of ${request.job}`,
    // Both what comes back and what goes for it.
    partitionsOf: ({ files }) =>
      partitionsOf(files.flatMap(({ path, replacedBy }) => [path, replacedBy ?? path])),
    async run({ request, files }, { signal, progress, log }) {
      progress({ ...totals(files), doing: 'Bringing files back' });
      const restored = await trash.restore(request.job, signal);
      for (const path of restored) log(`${path} belongs to the store again.`);
      progress(done(files));
      return restored;
    },
    resume: contract.trash.startRestore.args,
  };
}

/** Removing for good what is past its deadline, or all of one job. */
export function createPurgeKind(trash: Trash): PurgeKind {
  return {
    kind: 'purge',
    plan: async (request) => ({ request, files: await trash.due(request.job) }),
    title: ({ request, files }) =>
      files.length === 0 && request.job === undefined
        ? 'Empty the trash: nothing is due'
        : `Remove ${counted(files.length, 'file')} from the trash for good`,
    // What lies in the trash is of no partition; two purges take turns by themselves.
    partitionsOf: () => [],
    async run({ request, files }, { signal, progress, log }) {
      progress({ ...totals(files), doing: 'Removing files' });
      const purged = await trash.purge(request.job, signal);
      // What was removed by then is gone for good; the rest waits for the next time.
      signal.throwIfAborted();
      for (const path of purged) log(`${path} was removed for good.`);
      progress(done(files));
      return purged;
    },
    resume: contract.trash.startPurge.args,
  };
}

function filesOf(trash: Trash, job: string): readonly TrashedFile[] {
  const files = trash.ofJob(job);
  if (files.length === 0)
    throw new WorkbenchError('argument-invalid', `job: nothing of ${job} is in the trash`);
  return files;
}

function partitionsOf(paths: readonly string[]): readonly string[] {
  const names = paths.flatMap((path) => {
    const parsed = parseDataPath(path);
    return parsed === null ? [] : [partitionName(parsed.dataset.name, parsed.timeframe, parsed.partition)];
  });
  return [...new Set(names)];
}

function totals(files: readonly TrashedFile[]) {
  const all = done(files);
  return { filesTotal: all.files, rowsTotal: all.rows, sizeBytesTotal: all.sizeBytes };
}

function done(files: readonly TrashedFile[]) {
  return {
    files: files.length,
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}
