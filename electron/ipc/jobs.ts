import type { JobList, JobState } from '#shared/domain/job';
import type { Contract } from '#shared/ipc';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on jobs. A list keeps the order of the queue, newest first, and its limit takes the newest. */
export function jobHandlers(jobs: JobQueue): Handlers<Contract['jobs']> {
  return {
    list: async (filter) => filtered(await jobs.list(), filter),
    show: ({ id }) => jobs.show(id),
    cancel: ({ id }) => jobs.cancel(id),
    resume: ({ id }, _signal, caller) => jobs.resume(id, caller),
    wait: ({ id }, signal) => jobs.wait(id, signal),
  };
}

function filtered(
  { jobs, unreadable }: JobList,
  {
    states,
    kind,
    limit,
  }: {
    readonly states?: readonly JobState[] | undefined;
    readonly kind?: string | undefined;
    readonly limit?: number | undefined;
  },
): JobList {
  const found = jobs.filter(
    (job) =>
      (states === undefined || states.includes(job.state)) && (kind === undefined || job.kind === kind),
  );
  return { jobs: limit === undefined ? found : found.slice(0, limit), unreadable };
}
