import type { JobState } from './job.ts';

/** What a schedule can have done. */
export const scheduledTasks = [
  'compact-day',
  'compact-months',
  'verify',
  'verify-deep',
  'retention-dry-run',
  'health',
  'purge',
  'backup',
  'migrate-tiers',
] as const;
export type ScheduledTask = (typeof scheduledTasks)[number];

export const taskNames: Readonly<Record<ScheduledTask, string>> = {
  'compact-day': 'Compact the last trading day',
  'compact-months': 'Compact months',
  verify: 'Check every file',
  'verify-deep': 'Check every byte of every file',
  'retention-dry-run': 'Retention dry run',
  health: 'Look at the health of the store',
  purge: 'Empty the trash of what is past its deadline',
  backup: 'Back up to the folder in the settings',
  'migrate-tiers': 'Move what has aged to the warm and cold tier',
};

/** What somebody wants done when. */
export interface ScheduleRequest {
  readonly name: string;
  /** Five fields, from minutes to days of the week, by the clocks of `zone`. */
  readonly cron: string;
  /** IANA zone. */
  readonly zone: string;
  readonly task: ScheduledTask;
  readonly isOn: boolean;
  /** A run that was missed is made up for, once, if it was due within so many hours; 0: never. */
  readonly catchUpHours: number;
}

/** The last time that a schedule began a job, or tried to. */
export interface ScheduledRun {
  /** Null when somebody asked for it. */
  readonly dueMs: number | null;
  readonly atMs: number;
  /** Null when there is none: see `fault`. */
  readonly jobId: string | null;
  /** Why no job could be begun. */
  readonly fault: string | null;
}

/** A run that was due and was not made. */
export interface MissedRun {
  readonly dueMs: number;
  readonly atMs: number;
  readonly because: string;
}

export interface Schedule extends ScheduleRequest {
  /** `schedule-3f2a9c`. */
  readonly id: string;
  readonly createdMs: number;
  /** What was due up to here was run or given up, so that nothing is run twice. */
  readonly handledMs: number;
  readonly lastRun: ScheduledRun | null;
  readonly lastMissed: MissedRun | null;
}

/** The same as it stands just now. */
export interface ListedSchedule extends Schedule {
  /** The next five; none while it is off. */
  readonly nextMs: readonly number[];
  /** What became of the job of the last run; null when that is not known. */
  readonly lastState: JobState | null;
  /** Why it cannot run: its file was changed by hand. */
  readonly fault: string | null;
}

export interface ScheduleList {
  readonly schedules: readonly ListedSchedule[];
  /** Whether the process that owns the store runs them: a window or `serve` does, other commands do not. */
  readonly isKept: boolean;
}

export const scheduleLimits = { name: 80, cron: 120, catchUpHours: 168, schedules: 100 } as const;
export const shownRuns = 5;
