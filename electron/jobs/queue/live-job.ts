import { noProgress, type Job } from '#shared/domain/job';
import type { AnyJobKind } from './job-kind.ts';
import type { JobLog } from './job-log.ts';

/** A job that waits or runs. */
export interface LiveJob {
  job: Job;
  readonly kind: AnyJobKind;
  readonly plan: unknown;
  /** What the history keeps, so that it can be run again; null when it must not. */
  readonly request: unknown;
  readonly log: JobLog;
  readonly controller: AbortController;
  readonly ended: Promise<Job>;
  readonly settle: (job: Job) => void;
}

export interface NewJob
  extends
    Pick<LiveJob, 'kind' | 'plan' | 'request' | 'log'>,
    Pick<Job, 'id' | 'requestedBy' | 'createdMs' | 'partitions' | 'waitsFor'> {}

/** A job as it is before it was begun. */
export function createLiveJob({ kind, plan, request, log, ...job }: NewJob): LiveJob {
  let settle: (job: Job) => void = () => undefined;
  const ended = new Promise<Job>((resolve) => (settle = resolve));
  return {
    job: {
      ...{ ...job, kind: kind.kind, title: kind.title(plan), state: 'queued' },
      ...{ startedMs: null, endedMs: null, progress: noProgress, attempt: 1, isCancelling: false },
      ...{ error: null, canResume: false, resumedBy: null, report: null },
    },
    ...{ kind, plan, request: kind.resume === undefined ? null : request, log },
    ...{ controller: new AbortController(), ended, settle },
  };
}
