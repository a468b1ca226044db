import { describeFault } from '#shared/describe-fault';
import type { Caller, JobList, JobSummary } from '#shared/domain/job';
import {
  scheduleLimits,
  shownRuns,
  type ListedSchedule,
  type Schedule,
  type ScheduledTask,
  type ScheduleList,
} from '#shared/domain/schedule';
import { WorkbenchError } from '#shared/errors';
import { scheduleRequest } from '#schemas/documents/schedules-document';
import type { ScheduleFile } from '../../documents/schedule-file.ts';
import { systemClock, type Clock } from '../../platform/clock.ts';
import { diskError, wordingDiskErrors } from '../../storage/disk-error.ts';
import { nextTimes, readTiming, type Timing } from './cron.ts';
import { beginRun, isAtWork, runIfDue } from './schedule-runs.ts';

/** How a process that runs the schedules of its store looks at them. */
export interface SchedulePace {
  readonly clock: Clock;
  /** How long after the opening to look for the first time, and then how often: a machine that has slept is noticed. */
  readonly firstLookMs: number;
  readonly lookMs: number;
}

/** The first look comes when a window has its chart. */
export const usualPace: SchedulePace = { clock: systemClock, firstLookMs: 2_000, lookMs: 10_000 };

export interface ScheduleParts {
  readonly file: ScheduleFile;
  /** Null where schedules are shown and changed, but not run. */
  readonly pace: SchedulePace | null;
  readonly drawId: () => string;
  readonly jobs: () => Promise<JobList>;
  /** Queues what a task comes down to. */
  readonly begin: (task: ScheduledTask, requestedBy: Caller) => Promise<JobSummary>;
}

/** What a store does by itself, and when. */
export interface Schedules {
  readonly list: () => Promise<ScheduleList>;
  /** What keeps any of them from running, one sentence each; none for those that are off. */
  readonly faults: () => Promise<readonly string[]>;
  /** When a cron expression is due next; throws what is wrong with it. */
  readonly preview: (cron: string, zone: string) => readonly number[];
  /** Adds one, or changes the one of that id; what was due before that is not made up for. */
  readonly save: (request: unknown, id?: string) => Promise<ListedSchedule>;
  readonly remove: (id: string) => Promise<void>;
  /** Queues the job of one now; `busy` while its last one is at work. */
  readonly run: (id: string, requestedBy: Caller) => Promise<JobSummary>;
  /** Told when a schedule was changed, was run, or missed a run. */
  readonly onChange: (listener: () => void) => void;
  /** Starts nothing more; returns when what is being started was. */
  readonly close: () => Promise<void>;
}

/**
 * Keeps the schedules of a store and, with a pace, runs them. That a run is due is written down before its job begins, so
 * that no crash and no other process makes it begin twice. While the file cannot be read or written, nothing runs.
 */
export function createSchedules({ file, pace, drawId, jobs, begin }: ScheduleParts): Schedules {
  const clock = pace?.clock ?? systemClock;
  const runs = { clock, jobs, begin, change };
  const listeners = new Set<() => void>();
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  if (pace !== null) lookIn(pace.firstLookMs, pace.lookMs);

  function lookIn(delayMs: number, lookMs: number): void {
    timer = setTimeout(() => {
      // A disk that takes nothing is tried again; what is wrong with the file is told to who asks.
      void inTurn(look)
        .catch(ignore)
        .then(() => {
          if (!isClosed) lookIn(lookMs, lookMs);
        });
    }, delayMs);
    timer.unref();
  }

  /** One at a time, so that no change is lost to another. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = last.then(() => wordingDiskErrors(act));
    last = turn.catch(ignore);
    return turn;
  }

  async function write(schedules: readonly Schedule[]): Promise<void> {
    await file.write(schedules);
    for (const listener of listeners) listener();
  }

  async function change(id: string, changes: Partial<Schedule>): Promise<Schedule> {
    const schedules = await file.read();
    const known = schedules.find((each) => each.id === id);
    if (known === undefined) throw unknown(id);
    const changed = { ...known, ...changes };
    await write(schedules.map((each) => (each.id === id ? changed : each)));
    return changed;
  }

  async function look(): Promise<void> {
    for (const schedule of await file.read()) {
      if (isClosed) return;
      const timing = timingOf(schedule, clock());
      if (!('fault' in timing)) await runIfDue(runs, schedule, timing);
    }
  }

  function listed(schedule: Schedule, known: JobList): ListedSchedule {
    const nowMs = clock();
    const timing = timingOf(schedule, nowMs);
    const job = known.jobs.find(({ id }) => id === schedule.lastRun?.jobId);
    const isDue = schedule.isOn && !('fault' in timing);
    return {
      ...schedule,
      nextMs: isDue ? nextTimes(timing, Math.max(nowMs, schedule.handledMs), shownRuns) : [],
      lastState: job?.state ?? null,
      fault: 'fault' in timing ? timing.fault : null,
    };
  }

  return {
    list: () =>
      wordingDiskErrors(async () => {
        const [schedules, known] = [await file.read(), await jobs()];
        return { schedules: schedules.map((each) => listed(each, known)), isKept: pace !== null };
      }),
    async faults() {
      try {
        const nowMs = clock();
        return (await file.read()).flatMap((schedule) => faultOf(schedule, nowMs) ?? []);
      } catch (error) {
        return [diskError(error).message];
      }
    },
    preview: (cron, zone) => {
      const nowMs = clock();
      return nextTimes(readTiming(cron, zone, nowMs), nowMs, shownRuns);
    },
    save: (request, id) =>
      inTurn(async () => {
        const nowMs = clock();
        const { schedules, saved } = withSaved(await file.read(), checked(request, nowMs), {
          ...{ nowMs, id, newId: `schedule-${drawId()}` },
        });
        await write(schedules);
        return listed(saved, await jobs());
      }),
    remove: (id) =>
      inTurn(async () => {
        const schedules = await file.read();
        if (!schedules.some((each) => each.id === id)) throw unknown(id);
        await write(schedules.filter((each) => each.id !== id));
      }),
    run: (id, requestedBy) =>
      inTurn(async () => {
        const schedule = (await file.read()).find((each) => each.id === id);
        if (schedule === undefined) throw unknown(id);
        if (await isAtWork(runs, schedule))
          throw new WorkbenchError('busy', `"${schedule.name}" is at work already`);
        return beginRun(runs, schedule, null, requestedBy);
      }),
    onChange: (listener) => void listeners.add(listener),
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await last;
    },
  };
}

/** The schedules with one more, or with the one of `id` changed. What was due before `nowMs` is not made up for. */
function withSaved(
  schedules: readonly Schedule[],
  given: ReturnType<typeof checked>,
  { nowMs, id, newId }: { readonly nowMs: number; readonly id: string | undefined; readonly newId: string },
): { readonly schedules: readonly Schedule[]; readonly saved: Schedule } {
  if (schedules.some((each) => each.id !== id && each.name === given.name))
    throw new WorkbenchError('argument-invalid', `name: there is a schedule ${given.name} already`);
  const known = schedules.find((each) => each.id === id);
  if (id !== undefined && known === undefined) throw unknown(id);
  if (known === undefined && schedules.length >= scheduleLimits.schedules)
    throw new WorkbenchError(
      'argument-invalid',
      `schedules: there are ${scheduleLimits.schedules} already, and no more can be kept`,
    );
  const saved: Schedule = {
    ...{ id: newId, createdMs: nowMs, lastRun: null, lastMissed: null },
    ...known,
    ...given,
    handledMs: Math.max(nowMs, known?.handledMs ?? 0),
  };
  const changed = schedules.map((each) => (each.id === id ? saved : each));
  return { schedules: known === undefined ? [...schedules, saved] : changed, saved };
}

function checked(request: unknown, nowMs: number) {
  const parsed = scheduleRequest.safeParse(request);
  if (!parsed.success) throw new WorkbenchError('argument-invalid', describeFault(parsed.error));
  readTiming(parsed.data.cron, parsed.data.zone, nowMs);
  return parsed.data;
}

function timingOf({ cron, zone }: Schedule, nowMs: number): Timing | { readonly fault: string } {
  try {
    return readTiming(cron, zone, nowMs);
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

function faultOf(schedule: Schedule, nowMs: number): string | null {
  if (!schedule.isOn) return null;
  const timing = timingOf(schedule, nowMs);
  const fault = 'fault' in timing ? timing.fault : (schedule.lastRun?.fault ?? null);
  return fault === null ? null : `"${schedule.name}" did not run: ${fault}`;
}

function unknown(id: string): WorkbenchError {
  return new WorkbenchError('argument-invalid', `id: there is no schedule ${id}`);
}

function ignore(): void {
  // Named, since it is meant.
}
