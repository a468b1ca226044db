import { twoDigits } from './civil-date.ts';
import type { ScheduleRequest } from './schedule.ts';
import { calendarZone, closingTimes, type CalendarId } from './session-calendar.ts';

export interface SchedulePreset extends ScheduleRequest {
  readonly id: string;
  /** What it is for, in one sentence. */
  readonly doc: string;
}

/** Bars of the last minute come in a little after it. */
const settlingMinutes = 15;
const minutesOfDay = 1_440;

/** Schedules that most stores want, at hours at which nothing trades; `zone` is the store's own. */
export function schedulePresets(calendar: CalendarId, zone: string): readonly SchedulePreset[] {
  return [
    afterTheClose(calendar),
    {
      id: 'nightly-check',
      name: 'Nightly check',
      doc: 'Compares every file with the log, each night at 03:30.',
      cron: '30 3 * * *',
      zone,
      task: 'verify',
      isOn: true,
      catchUpHours: 12,
    },
    {
      id: 'monthly-compaction',
      name: 'Monthly compaction',
      doc: 'Merges the days of each month that is over into one file, on the 2nd at 04:30.',
      cron: '30 4 2 * *',
      zone,
      task: 'compact-months',
      isOn: true,
      catchUpHours: 72,
    },
    {
      id: 'weekly-retention',
      name: 'Weekly retention dry run',
      doc: 'Lists what the policies would remove, on Sundays at 06:00; removes nothing, the list stays in Jobs.',
      cron: '0 6 * * SUN',
      zone,
      task: 'retention-dry-run',
      isOn: true,
      catchUpHours: 48,
    },
  ];
}

function afterTheClose(calendar: CalendarId): SchedulePreset {
  const { full, half, tradesAtWeekends } = closingTimes(calendar);
  const zone = calendarZone(calendar);
  const minute = (full + settlingMinutes) % minutesOfDay;
  const halfDays = half === null ? '' : `; half days end at ${clockText(half)}, so they are over, too`;
  return {
    id: 'after-the-close',
    name: 'After the close',
    doc: `Compacts the trading day ${settlingMinutes} minutes after its last session ends at ${clockText(full)} in ${zone}${halfDays}.`,
    cron: `${minute % 60} ${Math.floor(minute / 60)} * * ${tradesAtWeekends ? '*' : 'MON-FRI'}`,
    zone,
    task: 'compact-day',
    isOn: true,
    catchUpHours: 12,
  };
}

function clockText(minuteOfDay: number): string {
  const minute = minuteOfDay % minutesOfDay;
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}
