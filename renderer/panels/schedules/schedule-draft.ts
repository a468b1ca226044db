import {
  scheduledTasks,
  scheduleLimits,
  type ScheduledTask,
  type ScheduleRequest,
} from '#shared/domain/schedule';

/** A schedule as it is typed. */
export interface ScheduleDraft {
  /** Null for a new one. */
  readonly id: string | null;
  readonly name: string;
  readonly task: ScheduledTask;
  readonly cron: string;
  readonly zone: string;
  readonly isOn: boolean;
  /** Hours, as typed. */
  readonly catchUp: string;
}

/** A check of the files at 03:30 every day in the zone, made up for within 12 hours if it was missed. */
export function newDraft(zone: string): ScheduleDraft {
  return { id: null, name: '', task: 'verify', cron: '30 3 * * *', zone, isOn: true, catchUp: '12' };
}

/** A schedule as it is edited. With no id it is saved as a new one. */
export function draftOf(
  { name, task, cron, zone, isOn, catchUpHours }: ScheduleRequest,
  id: string | null = null,
): ScheduleDraft {
  return { id, name, task, cron, zone, isOn, catchUp: String(catchUpHours) };
}

/** What was typed and not saved; null when there is none, or of another version. */
export function readDraft(text: string): ScheduleDraft | null {
  if (text === '') return null;
  try {
    const { id, name, task, cron, zone, isOn, catchUp } = JSON.parse(text) as Partial<ScheduleDraft>;
    const known = scheduledTasks.find((each) => each === task);
    if (known === undefined || [name, cron, zone, catchUp].some((field) => typeof field !== 'string'))
      return null;
    return {
      ...{ id: id ?? null, task: known, isOn: isOn ?? true },
      ...{ name: name ?? '', cron: cron ?? '', zone: zone ?? '', catchUp: catchUp ?? '' },
    };
  } catch {
    return null;
  }
}

export interface DraftFaults {
  readonly name: string | null;
  readonly catchUp: string | null;
}

/** What is wrong with what the window can judge; the expression and its zone are judged by the store. */
export function faultsOf({ name, catchUp }: ScheduleDraft): DraftFaults {
  const hours = Number(catchUp);
  const isCount = /^\d+$/.test(catchUp.trim()) && hours <= scheduleLimits.catchUpHours;
  return {
    name: name.trim() === '' ? 'Give it a name' : null,
    catchUp: isCount ? null : `Write hours from 0 to ${scheduleLimits.catchUpHours}`,
  };
}
