import type { Caller, JobState, JobSummary } from '#shared/domain/job';

export const stateWords: Readonly<Record<JobState, string>> = {
  queued: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
};

export const callerWords: Readonly<Record<Caller, string>> = {
  window: 'window',
  cli: 'command line',
  schedule: 'schedule',
  api: 'program',
};

export const jobGroups = ['all', 'running', 'queued', 'done', 'failed'] as const;

/** `failed` are all that did not come to their end. */
export type JobGroup = (typeof jobGroups)[number];

export const groupWords: Readonly<Record<JobGroup, string>> = {
  all: 'All',
  running: 'Running',
  queued: 'Waiting',
  done: 'Done',
  failed: 'Failed or stopped',
};

/** The group that a job is listed in: failed, cancelled and interrupted ones are one group. */
export function groupOf({ state }: Pick<JobSummary, 'state'>): Exclude<JobGroup, 'all'> {
  return state === 'running' || state === 'queued' || state === 'done' ? state : 'failed';
}

/** The jobs of a group whose title, kind or id has what is typed. */
export function matchingJobs(
  jobs: readonly JobSummary[],
  group: JobGroup,
  typed: string,
): readonly JobSummary[] {
  const wanted = typed.trim().toLowerCase();
  return jobs.filter(
    (job) =>
      (group === 'all' || groupOf(job) === group) &&
      (wanted === '' || `${job.title} ${job.kind} ${job.id}`.toLowerCase().includes(wanted)),
  );
}
