import type { Contract } from '#shared/ipc';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { VerifyKind } from '../jobs/verify/verify-job.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls to check the store. `start` answers when the job is queued, `run` when it has ended. */
export function verifyHandlers(kind: VerifyKind, jobs: JobQueue): Handlers<Contract['verify']> {
  return {
    run: (request, signal, requestedBy) => jobs.run(kind, request, { requestedBy }, signal),
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
  };
}
