import type { Contract } from '#shared/ipc';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { TierKind } from '../jobs/tiers/tier-job.ts';
import type { Tiers } from '../jobs/tiers/tiers.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on tiers. Files are moved by a job, and `start` answers when it is queued. */
export function tierHandlers(tiers: Tiers, kind: TierKind, jobs: JobQueue): Handlers<Contract['tiers']> {
  return {
    list: () => tiers.list(),
    save: ({ tiers: given }) => tiers.save(given),
    plan: (request) => kind.plan(request),
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
  };
}
