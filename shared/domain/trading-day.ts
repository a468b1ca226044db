import { DAY, epochMs } from '../units.ts';
import { formatCivilDate, parseCivilDate } from './civil-date.ts';
import { calendarZone, dayStatus, sessionsIn, type CalendarId } from './session-calendar.ts';
import type { TimeRange } from './time-range.ts';
import { instantOfLocal, localDayNumber } from './zone-time.ts';

/** From the first opening to the last closing of a trading date, extended hours included; null when it is closed. */
export function tradingDayHours(calendar: CalendarId, date: string): TimeRange | null {
  const dayNumber = parseCivilDate(date);
  if (dayNumber === null) return null;
  const midnight = instantOfLocal(calendarZone(calendar), dayNumber);
  // A trading day may begin on the evening before, and end after midnight.
  const around = { from: epochMs(midnight - DAY), until: epochMs(midnight + 2 * DAY) };
  const open = sessionsIn(calendar, around).filter(({ day }) => day === date);
  const [first, last] = [open[0], open.at(-1)];
  return first === undefined || last === undefined ? null : { from: first.from, until: last.until };
}

/** The newest trading date whose last session has ended by then. */
export function lastTradingDay(calendar: CalendarId, nowMs: number): string {
  for (let dayNumber = localDayNumber(calendarZone(calendar), nowMs) + 1; ; dayNumber -= 1) {
    const date = formatCivilDate(dayNumber);
    const hours = tradingDayHours(calendar, date);
    if (hours !== null && hours.until <= nowMs) return date;
  }
}

/** The UTC days that a trading date has bars on; empty when it is closed. */
export function utcDaysOf(calendar: CalendarId, date: string): readonly string[] {
  const hours = tradingDayHours(calendar, date);
  if (hours === null) return [];
  const days: string[] = [];
  for (let day = Math.floor(hours.from / DAY); day * DAY < hours.until; day += 1) {
    days.push(formatCivilDate(day));
  }
  return days;
}

/** Why a date has no trading: `Weekend`, or the name of the holiday; null when it has. */
export function closedReason(calendar: CalendarId, date: string): string | null {
  const dayNumber = parseCivilDate(date);
  if (dayNumber === null) return 'not a date';
  const { status, reason } = dayStatus(calendar, dayNumber);
  return status === 'closed' ? (reason ?? 'closed') : null;
}
