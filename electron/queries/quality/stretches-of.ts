import { sessionDayRange, type CalendarId } from '#shared/domain/session-calendar';
import type { Stretch } from '#shared/domain/stretches';
import { timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { DAY } from '#shared/units';

/** Bars that are looked at together at the most: some thirty megabytes. */
const mostBars = 600_000;

/**
 * Parts a range into years, or into quarters, months or days where bars are so short that a year is too many. Each part
 * but the first and the last begins and ends with a trading day, so that none has to know of another.
 */
export function stretchesOf(
  calendar: CalendarId,
  timeframe: Timeframe,
  { from, until }: Stretch,
): readonly Stretch[] {
  const length = timeframeLength(timeframe);
  if (length >= DAY) return [{ from, until }];
  const months = [12, 3, 1].find((count) => (count * 31 * DAY) / length <= mostBars) ?? 0;
  const stretches: Stretch[] = [];
  for (let start = from; start < until;) {
    const end = Math.min(until, sessionDayRange(calendar, periodEnd(start, months)).from);
    // A period may end within the trading day that it began with.
    const next = end > start ? end : Math.min(until, sessionDayRange(calendar, start).until);
    stretches.push({ from: start, until: next });
    start = next;
  }
  return stretches;
}

/** End of the period that a trading day is of, which may begin shortly before it. */
function periodEnd(start: number, months: number): number {
  if (months === 0) return start + DAY;
  const within = new Date(start + DAY);
  const month = within.getUTCMonth();
  return Date.UTC(within.getUTCFullYear(), month - (month % months) + months, 1);
}
