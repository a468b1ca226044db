import type { Contract } from '#shared/ipc';
import type { Imports } from '../jobs/imports/import-job.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { Handlers } from './handlers.ts';

export function importHandlers({ kind, inspect }: Imports, jobs: JobQueue): Handlers<Contract['imports']> {
  return {
    inspect: (request, signal) => inspect(request, signal),
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
  };
}
