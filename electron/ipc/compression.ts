import type { Contract } from '#shared/ipc';
import type { TrialKind } from '../jobs/compression/trial-job.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { Handlers } from './handlers.ts';

/** Answers the call to measure compression, as soon as its job is queued. */
export function compressionHandlers(kind: TrialKind, jobs: JobQueue): Handlers<Contract['compression']> {
  return {
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
  };
}
