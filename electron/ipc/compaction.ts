import type { Contract } from '#shared/ipc';
import type { CompactionJob } from '../jobs/compaction.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on merging. `start` answers when the job is queued, `run` when it has ended. */
export function compactionHandlers(
  { kind, overview, show }: CompactionJob,
  jobs: JobQueue,
): Handlers<Contract['compaction']> {
  return {
    plan: async (request) => show(await kind.plan(request)),
    overview: ({ level }) => overview(level),
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
    run: (request, signal, requestedBy) => jobs.run(kind, request, { requestedBy }, signal),
  };
}
