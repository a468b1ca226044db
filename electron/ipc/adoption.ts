import type { Contract } from '#shared/ipc';
import type { Adoption } from '../jobs/adopt/adopt-files.ts';
import type { AdoptKind } from '../jobs/adopt/adopt-job.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on files that were put into the store. All but a dry run is a job. */
export function adoptionHandlers(
  adoption: Adoption,
  kind: AdoptKind,
  jobs: JobQueue,
): Handlers<Contract['adoption']> {
  return {
    run: (request, signal, requestedBy) =>
      request.dryRun === true
        ? adoption.adoptAll(request, { signal })
        : jobs.run(kind, { symbol: request.symbol }, { requestedBy }, signal),
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
  };
}
