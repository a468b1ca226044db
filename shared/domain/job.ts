import type { ErrorCode } from '../errors.ts';

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted'] as const;

/** `interrupted`: the process that ran it ended before the job did. */
export type JobState = (typeof jobStates)[number];

export const callers = ['window', 'cli', 'schedule', 'api'] as const;

/** Who asks something of a store. */
export type Caller = (typeof callers)[number];

/** How far a job is, in the units of its work. A total is null until it is known, or where there is none. */
export interface JobProgress {
  readonly files: number;
  readonly filesTotal: number | null;
  readonly rows: number;
  readonly rowsTotal: number | null;
  readonly sizeBytes: number;
  readonly sizeBytesTotal: number | null;
  /** What is being worked on; null when there is nothing to say. */
  readonly doing: string | null;
}

/** One long operation, as lists show it. */
export interface JobSummary {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly state: JobState;
  readonly requestedBy: Caller;
  readonly createdMs: number;
  readonly startedMs: number | null;
  /** Null while it has not ended, and when nobody was there to see it end. */
  readonly endedMs: number | null;
  /** What no other job may touch meanwhile: `candles/5m/2025-09-02`, or `*` for the whole store. */
  readonly partitions: readonly string[];
  /** The job that has to end before this one can begin. */
  readonly waitsFor: string | null;
  readonly progress: JobProgress;
  /** 1 for the first; more after failures that a further attempt could mend. */
  readonly attempt: number;
  /** It was told to stop and has not yet. */
  readonly isCancelling: boolean;
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
  /** What somebody should look at in the report of a job that is done: `2 problems`. Absent when there is nothing. */
  readonly finding?: string | undefined;
  /** Whether the same request can be run again, as a job of its own. */
  readonly canResume: boolean;
  /** The job that did so. */
  readonly resumedBy: string | null;
}

export interface Job extends JobSummary {
  /** What came of it; of one that did not come to its end, what it had done by then. Null when there is nothing. */
  readonly report: unknown;
}

export interface JobLogLine {
  readonly atMs: number;
  readonly text: string;
}

export interface JobDetails {
  readonly job: Job;
  /** Oldest first. */
  readonly log: readonly JobLogLine[];
}

export interface JobList {
  /** Newest first. */
  readonly jobs: readonly JobSummary[];
  /** Files of the history that cannot be read. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

export const noProgress: JobProgress = {
  files: 0,
  filesTotal: null,
  rows: 0,
  rowsTotal: null,
  sizeBytes: 0,
  sizeBytesTotal: null,
  doing: null,
};

/** Whether a job is over, however it ended: it neither waits nor runs. */
export function hasEnded({ state }: Pick<JobSummary, 'state'>): boolean {
  return state !== 'queued' && state !== 'running';
}

/** Share of the work that is done, 0 to 1, by the finest unit that has a total; null when none has. */
export function jobShare({ progress }: Pick<JobSummary, 'progress'>): number | null {
  const { rows, rowsTotal, sizeBytes, sizeBytesTotal, files, filesTotal } = progress;
  const units = [
    [rows, rowsTotal],
    [sizeBytes, sizeBytesTotal],
    [files, filesTotal],
  ] as const;
  for (const [done, total] of units) {
    if (total !== null && total > 0) return Math.min(1, done / total);
  }
  return null;
}

/** How long a running job still takes if it goes on as so far; null while too little of it is done to tell. */
export function jobTimeLeftMs(
  job: Pick<JobSummary, 'progress' | 'startedMs' | 'state'>,
  nowMs: number,
): number | null {
  const share = jobShare(job);
  if (job.state !== 'running' || job.startedMs === null || share === null || share < 0.01) return null;
  return Math.max(0, ((nowMs - job.startedMs) * (1 - share)) / share);
}
