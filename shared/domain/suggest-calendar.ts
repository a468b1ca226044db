import { DAY } from '../units.ts';
import { isOpen, sessionDayOf, type CalendarId } from './session-calendar.ts';

/** Fewer trading days than this prove nothing. */
const fewestDays = 5;

/**
 * A session calendar that bars keep, for a symbol that is held to trade around the clock; null where nothing speaks for
 * one. Bars keep the hours of US equities when none of at least five trading days lies outside 04:00 to 20:00 New York
 * on days of the NYSE, and the week of FX when none lies in its weekends over more than a week.
 */
export function suggestCalendar(
  { ts, barLength }: { readonly ts: ArrayLike<number>; readonly barLength: number },
  now: CalendarId,
): CalendarId | null {
  const [first, last] = [ts[0], ts[ts.length - 1]];
  if (now !== 'crypto' || barLength >= DAY || first === undefined || last === undefined) return null;
  const isKept = (calendar: CalendarId) => {
    for (let index = 0; index < ts.length; index += 1)
      if (!isOpen(calendar, ts[index] ?? first, 'extended')) return false;
    return true;
  };
  if (isKept('us-equity')) return daysOf(ts) >= fewestDays ? 'us-equity' : null;
  return last - first > 8 * DAY && daysOf(ts) >= fewestDays && isKept('fx') ? 'fx' : null;
}

function daysOf(ts: ArrayLike<number>): number {
  const days = new Set<string>();
  for (let index = 0; index < ts.length && days.size < fewestDays; index += 1)
    days.add(sessionDayOf('us-equity', ts[index] ?? 0));
  return days.size;
}
