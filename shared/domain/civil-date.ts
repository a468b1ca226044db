/** A date of the Gregorian calendar; `month` and `day` count from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
const daysBeforeLeapMonth = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366];

/** Days since 1970-01-01. The date must exist (`isCivilDate`). */
export function dayNumberOf({ year, month, day }: CivilDate): number {
  return daysBeforeYear(year) + (monthTable(year)[month - 1] ?? 0) + day - 1;
}

/** The date of a day number (days since 1970-01-01), which may be negative. */
export function civilDateOf(dayNumber: number): CivilDate {
  let year = 1970 + Math.floor(dayNumber / 365.2425);
  // The mean year puts a day near New Year into the wrong one.
  if (dayNumber < daysBeforeYear(year)) year -= 1;
  else if (dayNumber >= daysBeforeYear(year + 1)) year += 1;
  const dayOfYear = dayNumber - daysBeforeYear(year);
  const table = monthTable(year);
  const guess = dayOfYear >> 5;
  const month = dayOfYear < (table[guess + 1] ?? 0) ? guess : guess + 1;
  return { year, month: month + 1, day: dayOfYear - (table[month] ?? 0) + 1 };
}

/** 0 is Sunday. */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}

/** `month` counts from 1, and must be one of the twelve. */
export function daysInMonth(year: number, month: number): number {
  const table = monthTable(year);
  return (table[month] ?? 0) - (table[month - 1] ?? 0);
}

/** Whether the calendar has such a date: there is no 30 February. */
export function isCivilDate({ year, month, day }: CivilDate): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** `2025-09-02`. */
export function formatCivilDate(dayNumber: number): string {
  const { year, month, day } = civilDateOf(dayNumber);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** The day number of a `2025-09-02`; null for any other text and for a day that does not exist. */
export function parseCivilDate(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return isCivilDate(date) ? dayNumberOf(date) : null;
}

/** For whole numbers from 0 on; those above 99 keep all their digits. */
export function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function daysBeforeYear(year: number): number {
  return (
    365 * (year - 1970) +
    Math.floor((year - 1969) / 4) -
    Math.floor((year - 1901) / 100) +
    Math.floor((year - 1601) / 400)
  );
}

function monthTable(year: number): readonly number[] {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return isLeap ? daysBeforeLeapMonth : daysBeforeMonth;
}
