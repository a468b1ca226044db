import { HOUR, MINUTE, SECOND } from '../units.ts';
import { dayNumberOf, daysInMonth, isCivilDate } from './civil-date.ts';

/** A wall time as it was written, and its offset from UTC if it had one. */
export interface IsoReading {
  readonly ok: true;
  readonly dayNumber: number;
  readonly timeOfDay: number;
  readonly offsetMs: number | null;
}

export interface Unreadable {
  readonly ok: false;
  /** A predicate that follows the name of the field: `has no 30 February`. */
  readonly reason: string;
}

/** The shape of a time that `readIsoText` takes; whether the clock and the calendar have it is another matter. */
export const isoTextPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}(?::?\d{2}(?::\d{2})?)?)?)?$/;

/**
 * Reads ISO-8601: `2025-09-02`, `2025-09-02T09:30`, seconds, up to nine digits of fraction, a space for the `T`,
 * and `Z`, `+02`, `-0400`, `-04:00`. Fractions are cut to whole ms. A date alone is its midnight.
 */
export function readIsoText(text: string): IsoReading | Unreadable {
  const match = isoTextPattern.exec(text);
  if (match === null) return refuse(`is not an ISO-8601 time: ${quote(text)}`);
  const field = (index: number) => Number(match[index] ?? 0);
  const date = { year: field(1), month: field(2), day: field(3) };
  const [hour, minute, second] = [field(4), field(5), field(6)];
  if (!isCivilDate(date)) return refuse(`is a day that does not exist: ${quote(text)} (${dateFault(date)})`);
  if (hour > 23) return refuse(`has hour ${hour}: ${quote(text)}`);
  if (minute > 59) return refuse(`has minute ${minute}: ${quote(text)}`);
  if (second > 59) return refuse(`has second ${second}: ${quote(text)}`);
  const offsetMs = readOffset(match[8]);
  if (Number.isNaN(offsetMs)) return refuse(`has an offset that no clock keeps: ${quote(text)}`);
  const ms = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const timeOfDay = hour * HOUR + minute * MINUTE + second * SECOND + ms;
  return { ok: true, dayNumber: dayNumberOf(date), timeOfDay, offsetMs };
}

/** The answer that a time cannot be read; `reason` is a predicate, as in `Unreadable`. */
export function refuse(reason: string): Unreadable {
  return { ok: false, reason };
}

/** Null when there is none, NaN when it is out of bounds. */
function readOffset(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (text === 'Z' || text === 'z') return 0;
  const digits = text.slice(1).replaceAll(':', '').padEnd(6, '0');
  const [hours, minutes, seconds] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)));
  const offset = (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + (seconds ?? 0) * SECOND;
  if ((minutes ?? 0) > 59 || (seconds ?? 0) > 59 || offset > 15 * HOUR) return Number.NaN;
  return text.startsWith('-') ? -offset : offset;
}

function dateFault({ year, month }: { readonly year: number; readonly month: number }): string {
  if (month < 1 || month > 12) return `there is no month ${month}`;
  return `that month has ${daysInMonth(year, month)} days`;
}

function quote(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
