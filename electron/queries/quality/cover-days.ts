import { formatCivilDate, parseCivilDate } from '#shared/domain/civil-date';
import {
  bucketAt,
  calendarZone,
  dayStatus,
  isOpen,
  sessionDayOf,
  sessionDayRange,
  type CalendarId,
} from '#shared/domain/session-calendar';
import type { TimeRange } from '#shared/domain/time-range';
import { timeframeLength } from '#shared/domain/timeframe';
import { instantOfLocal, localDayNumber } from '#shared/domain/zone-time';
import { DAY, HOUR } from '#shared/units';
import type { AbsentRun, Coverage, CoverageRange, CoveredDay } from './cover-sessions.ts';
import type { FindingList } from './finding-list.ts';

/**
 * Compares bars of a day and longer (sorted, each once) with the trading days of the calendar. Writers stamp such bars
 * with midnight in UTC, midnight at the exchange, or the opening: each is the bar of that date.
 */
export function coverDays(ts: Float64Array, range: CoverageRange, list: FindingList): Coverage {
  const { calendar, timeframe, from, until, now } = range;
  const zone = calendarZone(calendar);
  const followsOn = new Uint8Array(ts.length).fill(1);
  if (ts.length > 0) followsOn[0] = 0;
  const months = new Int32Array(ts.length);
  const bars = new Set<number>();
  ts.forEach((at, index) => {
    const dayNumber = dateOfBar(calendar, zone, at);
    // Bars of days are compared within their year.
    months[index] = Number(formatCivilDate(dayNumber).slice(0, 4)) * 12;
    const { status, reason } = dayStatus(calendar, dayNumber);
    // A week is stamped with its Monday, also where that is a holiday.
    if (status === 'closed' && timeframeLength(timeframe) === DAY)
      list.add('closed-hours', index, at, () => reason ?? 'Closed');
    else bars.add(bucketAt(calendar, timeframe, noonOf(zone, dayNumber)).from);
  });

  const days: CoveredDay[] = [];
  const absent: AbsentRun[] = [];
  let counted = Number.NaN;
  for (let at = sessionDayRange(calendar, from).from as number; at < until;) {
    const bar = bucketAt(calendar, timeframe, at);
    const { from: opens, until: next } = sessionDayRange(calendar, at);
    const dayNumber = parseCivilDate(sessionDayOf(calendar, at)) ?? 0;
    if (opens >= from && bar.until <= now) {
      const isFound = bars.has(bar.from);
      const slots = bar.from === counted ? 0 : 1;
      counted = bar.from;
      days.push({
        day: formatCivilDate(dayNumber),
        from: opens,
        until: next,
        slots,
        found: isFound ? slots : 0,
        extended: 0,
        reason: dayStatus(calendar, dayNumber).reason,
      });
      if (!isFound) absent.push({ day: days.length - 1, from: opens, until: next, bars: slots });
    }
    at = next;
  }
  return { days, absent, followsOn, months };
}

/** The trading day that a bar of a day or longer is for. */
export function dayOfBar(calendar: CalendarId, ts: number): TimeRange {
  const zone = calendarZone(calendar);
  return sessionDayRange(calendar, noonOf(zone, dateOfBar(calendar, zone, ts)));
}

/** Days since 1970 of the date that a bar is for. */
function dateOfBar(calendar: CalendarId, zone: string, ts: number): number {
  if (ts % DAY === 0) return ts / DAY;
  if (calendar === 'fx' && isOpen(calendar, ts)) return parseCivilDate(sessionDayOf(calendar, ts)) ?? 0;
  return localDayNumber(zone, ts);
}

/** Within the trading day of a date, in every calendar. */
function noonOf(zone: string, dayNumber: number): number {
  return instantOfLocal(zone, dayNumber, 12 * HOUR);
}
