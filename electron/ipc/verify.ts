import type { Contract } from '#shared/ipc';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { VerifyKind } from '../jobs/verify/verify-job.ts';
import type { Handlers } from './handlers.ts';

export function verifyHandlers(kind: VerifyKind, jobs: JobQueue): Handlers<Contract['verify']> {
  return {
    run: (request, signal, requestedBy) => jobs.run(kind, request, { requestedBy }, signal),
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
  };
}
