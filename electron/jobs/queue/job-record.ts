import type { Job, JobDetails, JobState, JobSummary } from '#shared/domain/job';
import type { JobDocument } from '#schemas/documents/job-document';

/** What is remembered of a job that is over. */
export interface EndedJob {
  readonly summary: JobSummary;
  /** Null when it must not simply be run again. */
  readonly request: unknown;
  /** Kept in memory when its file could not be written. */
  readonly unsaved: JobDetails | null;
}

export const closedError = {
  code: 'cancelled',
  message: 'The store was closed before the job had ended',
} as const;

/** Ids sort by time, and say what they are of: `20260102T220000-compact-3f2a`. */
export function idOf(kind: string, createdMs: number, suffix: string): string {
  return `${new Date(createdMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}-${kind}-${suffix}`;
}

/** The last line of a job's log: its state, and the reason where it failed. */
export function endingLine({
  state,
  error,
}: {
  readonly state: JobState;
  readonly error: Job['error'];
}): string {
  return error === null ? `Ended: ${state}.` : `Ended: ${state}. ${error.message}`;
}

/** What the history keeps of a job: all but what is true of this moment only. */
export function documentOf(job: Job, request: unknown): JobDocument {
  return { version: 1, ...omit(job, ['waitsFor', 'isCancelling', 'canResume']), request };
}

/** What memory keeps of a job in the history: all but its report, which may be large and is read when asked for. */
export function endedOf(document: JobDocument): EndedJob {
  const kept = omit(document, ['version', 'request', 'report']);
  const summary = { ...kept, waitsFor: null, isCancelling: false, canResume: false };
  return { summary, request: document.request ?? null, unsaved: null };
}

/** A job that was running or waiting when its process ended. */
export function interrupted(document: JobDocument): JobDocument {
  const message = 'The process that ran it ended before the job did';
  return { ...document, state: 'interrupted', error: { code: 'cancelled', message } };
}

/** A job as lists and events have it. */
export function withoutReport(job: Job): JobSummary {
  return omit(job, ['report']);
}

function omit<T extends object, Key extends keyof T>(from: T, keys: readonly Key[]): Omit<T, Key> {
  const left = { ...from };
  for (const key of keys) Reflect.deleteProperty(left, key);
  return left;
}
