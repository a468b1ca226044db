import { civilDateOf, dayNumberOf, weekdayOf } from './civil-date.ts';

/** A weekday on which New York's exchanges do not trade, or close early. */
export interface NyseException {
  readonly kind: 'holiday' | 'half-day';
  readonly name: string;
}

const [monday, thursday, friday] = [1, 4, 5];
const years = new Map<number, ReadonlyMap<number, NyseException>>();

/**
 * Days that followed no rule, from the exchange's announcements since 1998. Of 1999-12-31 other lists say nothing:
 * the board announced that early close in June 1999.
 */
const oneOffs: Readonly<Record<string, NyseException>> = {
  '1999-12-31': { kind: 'half-day', name: "New Year's Eve 1999" },
  '2001-09-11': { kind: 'holiday', name: 'September 11 attacks' },
  '2001-09-12': { kind: 'holiday', name: 'September 11 attacks' },
  '2001-09-13': { kind: 'holiday', name: 'September 11 attacks' },
  '2001-09-14': { kind: 'holiday', name: 'September 11 attacks' },
  '2003-12-26': { kind: 'half-day', name: 'Day after Christmas' },
  '2004-06-11': { kind: 'holiday', name: 'Mourning for Ronald Reagan' },
  '2007-01-02': { kind: 'holiday', name: 'Mourning for Gerald Ford' },
  '2012-10-29': { kind: 'holiday', name: 'Hurricane Sandy' },
  '2012-10-30': { kind: 'holiday', name: 'Hurricane Sandy' },
  '2018-12-05': { kind: 'holiday', name: 'Mourning for George H. W. Bush' },
  '2025-01-09': { kind: 'holiday', name: 'Mourning for Jimmy Carter' },
};

/**
 * What the New York Stock Exchange's published rules say of a day, null for an ordinary one. Right from 1998 on, when
 * the tenth holiday came; earlier years follow the same rules and miss what was different then. Weekends are not
 * its business. Days that opened late (2002-09-11) or closed a few minutes early (2005-06-01) count as ordinary.
 */
export function nyseException(dayNumber: number): NyseException | null {
  const { year } = civilDateOf(dayNumber);
  let known = years.get(year);
  if (known === undefined) years.set(year, (known = exceptionsOf(year)));
  return known.get(dayNumber) ?? null;
}

function exceptionsOf(year: number): ReadonlyMap<number, NyseException> {
  const days = new Map<number, NyseException>();
  // Holidays last: where Christmas Eve is the observed holiday it is no half day.
  for (const [dayNumber, name] of halfDays(year)) days.set(dayNumber, { kind: 'half-day', name });
  for (const [dayNumber, name] of holidays(year)) days.set(dayNumber, { kind: 'holiday', name });
  for (const [text, exception] of Object.entries(oneOffs)) {
    const [oneOffYear, month, day] = text.split('-').map(Number);
    if (oneOffYear === year) days.set(on(year, month ?? 0, day ?? 0), exception);
  }
  return days;
}

function holidays(year: number): readonly (readonly [number, string])[] {
  const newYear = on(year, 1, 1);
  return [
    // On a Saturday it is not kept: the last day of the year stays a trading day for the accounts.
    [weekdayOf(newYear) === 0 ? newYear + 1 : newYear, "New Year's Day"],
    ...(year >= 1998 ? [[nth(year, 1, monday, 3), 'Martin Luther King Jr. Day'] as const] : []),
    [nth(year, 2, monday, 3), "Washington's Birthday"],
    [easterSunday(year) - 2, 'Good Friday'],
    [lastMonday(year, 5), 'Memorial Day'],
    ...(year >= 2022 ? [[observed(on(year, 6, 19)), 'Juneteenth'] as const] : []),
    [observed(on(year, 7, 4)), 'Independence Day'],
    [nth(year, 9, monday, 1), 'Labor Day'],
    [nth(year, 11, thursday, 4), 'Thanksgiving Day'],
    [observed(on(year, 12, 25)), 'Christmas Day'],
  ];
}

/** Trading ends at 13:00. */
function halfDays(year: number): readonly (readonly [number, string])[] {
  const days: (readonly [number, string])[] = [
    [nth(year, 11, thursday, 4) + 1, 'Day after Thanksgiving'],
    [on(year, 12, 24), 'Christmas Eve'],
  ];
  const independenceDay = on(year, 7, 4);
  const weekday = weekdayOf(independenceDay);
  // Until 2012 a holiday on a Thursday shortened the Friday after it, since then the Wednesday before.
  if (weekday === thursday && year < 2013) days.push([independenceDay + 1, 'Day after Independence Day']);
  else if (weekday > monday && weekday <= friday) days.push([independenceDay - 1, 'Eve of Independence Day']);
  return days;
}

function on(year: number, month: number, day: number): number {
  return dayNumberOf({ year, month, day });
}

/** Saturdays are kept on the Friday before, Sundays on the Monday after. */
function observed(dayNumber: number): number {
  const weekday = weekdayOf(dayNumber);
  if (weekday === 6) return dayNumber - 1;
  return weekday === 0 ? dayNumber + 1 : dayNumber;
}

function nth(year: number, month: number, weekday: number, count: number): number {
  const first = on(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (count - 1);
}

function lastMonday(year: number, month: number): number {
  const fourth = nth(year, month, monday, 4);
  return civilDateOf(fourth + 7).month === month ? fourth + 7 : fourth;
}

/** The Sunday after the church's full moon on or after 21 March, in the Gregorian reckoning (1900 to 2199). */
function easterSunday(year: number): number {
  const goldenNumber = year % 19;
  const moonAge = (19 * goldenNumber + 24) % 30;
  // The lunar calendar never lets the full moon fall on 19 April, nor twice on 18 April within one cycle.
  const correction = moonAge === 29 || (moonAge === 28 && goldenNumber > 10) ? 1 : 0;
  const fullMoon = on(year, 3, 21) + moonAge - correction;
  return fullMoon + 7 - weekdayOf(fullMoon);
}
