import { hasEnded, type Caller, type JobList, type JobSummary } from '#shared/domain/job';
import type { MissedRun, Schedule, ScheduledRun, ScheduledTask } from '#shared/domain/schedule';
import type { Clock } from '../../platform/clock.ts';
import { diskError } from '../../storage/disk-error.ts';
import type { Timing } from './cron.ts';
import { decideRun } from './decide-run.ts';

export interface ScheduleRunParts {
  readonly clock: Clock;
  readonly jobs: () => Promise<JobList>;
  /** Queues what a task comes down to. */
  readonly begin: (task: ScheduledTask, requestedBy: Caller) => Promise<JobSummary>;
  /** Writes down what has changed of a schedule. */
  readonly change: (id: string, changes: Partial<Schedule>) => Promise<Schedule>;
}

/** Begins the job of a schedule that is due, or notes why it did not run. */
export async function runIfDue(parts: ScheduleRunParts, schedule: Schedule, timing: Timing): Promise<void> {
  const nowMs = parts.clock();
  const miss = (lastMissed: MissedRun) =>
    parts.change(schedule.id, { handledMs: lastMissed.dueMs, lastMissed });
  const decision = decideRun(schedule, timing, nowMs);
  switch (decision.kind) {
    case 'wait':
      break;
    case 'rewind':
      await parts.change(schedule.id, { handledMs: nowMs });
      break;
    case 'miss':
      await miss({ dueMs: decision.dueMs, atMs: nowMs, because: decision.because });
      break;
    case 'run':
      if (await isAtWork(parts, schedule)) {
        await miss({ dueMs: decision.dueMs, atMs: nowMs, because: 'the run before was still at work' });
      } else {
        // Why it did not begin is written down with the schedule.
        await beginRun(parts, schedule, decision.dueMs, 'schedule').catch(() => undefined);
      }
  }
}

/** Whether the job of its last run has not ended yet. */
export async function isAtWork({ jobs }: ScheduleRunParts, { lastRun }: Schedule): Promise<boolean> {
  if (lastRun?.jobId == null) return false;
  return (await jobs()).jobs.some((job) => job.id === lastRun.jobId && !hasEnded(job));
}

/** Queues the job of a schedule. That it is due (at `dueMs`, null for a run by hand) is written down first. */
export async function beginRun(
  { clock, begin, change }: ScheduleRunParts,
  { id, task, handledMs }: Schedule,
  dueMs: number | null,
  requestedBy: Caller,
): Promise<JobSummary> {
  const run: ScheduledRun = { dueMs, atMs: clock(), jobId: null, fault: null };
  await change(id, { lastRun: run, handledMs: dueMs ?? handledMs });
  try {
    const job = await begin(task, requestedBy);
    // The job is there: that its number could not be written down is no reason to call it failed.
    await change(id, { lastRun: { ...run, jobId: job.id } }).catch(() => undefined);
    return job;
  } catch (error) {
    const failure = diskError(error);
    await change(id, { lastRun: { ...run, fault: failure.message } }).catch(() => undefined);
    throw failure;
  }
}
