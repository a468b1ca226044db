import type { Job } from '#shared/domain/job';
import type { ErrorCode } from '#shared/errors';
import { diskError } from '../../storage/disk-error.ts';
import type { JobContext } from './job-kind.ts';
import { closedError } from './job-record.ts';
import type { LiveJob } from './live-job.ts';
import { wait } from './wait.ts';

/** What became of a job. */
export interface JobEnding extends Pick<Job, 'state' | 'error' | 'finding'> {
  readonly report?: unknown;
}

export interface AttemptParts {
  /** How long to wait before each further attempt. */
  readonly retryDelaysMs: readonly number[];
  readonly change: (changes: Partial<Job>) => void;
  readonly save: () => Promise<unknown>;
  /** True once the store is being closed: what was stopped then is interrupted, not cancelled. */
  readonly isClosing: () => boolean;
}

const retriedCodes = new Set<ErrorCode>(['disk-failed', 'busy']);

/** Does what a job has planned, again where that may help, until it is done, has failed or was told to stop. */
export async function runAttempts(entry: LiveJob, parts: AttemptParts): Promise<JobEnding> {
  const { kind, plan, log, controller } = entry;
  for (;;) {
    try {
      controller.signal.throwIfAborted();
      const report: unknown = await kind.run(plan, contextOf(entry, parts.change));
      const finding = kind.findingOf?.(report) ?? null;
      return { state: 'done', report, error: null, ...(finding === null ? {} : { finding }) };
    } catch (thrown) {
      if (controller.signal.aborted) {
        return parts.isClosing()
          ? { state: 'interrupted', error: closedError }
          : { state: 'cancelled', error: null };
      }
      const error = diskError(thrown);
      const { code, message } = error;
      const { attempt, progress } = entry.job;
      const mayHelp = kind.canRetry?.(error) ?? retriedCodes.has(code);
      const delayMs = mayHelp ? parts.retryDelaysMs[attempt - 1] : undefined;
      if (delayMs === undefined) return { state: 'failed', error: { code, message } };
      log.add(`Attempt ${attempt} failed: ${message}. The next one is in ${delayMs / 1000} s.`);
      parts.change({
        attempt: attempt + 1,
        progress: { ...progress, doing: `Trying again: ${message}` },
      });
      await parts.save();
      await wait(delayMs, controller.signal);
    }
  }
}

function contextOf(entry: LiveJob, change: AttemptParts['change']): JobContext {
  return {
    jobId: entry.job.id,
    signal: entry.controller.signal,
    progress: (changes) => change({ progress: { ...entry.job.progress, ...changes } }),
    log: entry.log.add,
    reportSoFar: (report) => void (entry.job = { ...entry.job, report }),
  };
}
