import type { Contract } from '#shared/ipc';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { RollupKind } from '../jobs/rollups/rollup-job.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on bars made beforehand. `start` answers when the job is queued, `refresh` when it has ended. */
export function rollupHandlers(kind: RollupKind, jobs: JobQueue): Handlers<Contract['rollups']> {
  return {
    plan: async (request) => (await kind.plan(request)).files,
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
    refresh: (request, signal, requestedBy) => jobs.run(kind, request, { requestedBy }, signal),
  };
}
