import type { Contract } from '#shared/ipc';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { RetainKind } from '../jobs/retention/retain-job.ts';
import type { RetentionStore } from '../jobs/retention/retention-settings.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on what the store keeps. Files are removed by a job, and `start` answers when it is queued. */
export function retentionHandlers(
  settings: RetentionStore,
  kind: RetainKind,
  jobs: JobQueue,
): Handlers<Contract['retention']> {
  return {
    settings: () => Promise.resolve(settings.current()),
    saveSettings: (given) => settings.save(given),
    plan: async (request) => (await kind.plan(request)).plan,
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
  };
}
