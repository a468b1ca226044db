import { DAY, epochMs, HOUR, MINUTE, SECOND, type EpochMs } from '../units.ts';
import {
  civilDateOf,
  dayNumberOf,
  formatCivilDate,
  twoDigits,
  weekdayOf,
  type CivilDate,
} from './civil-date.ts';
import { readIsoText, refuse, type Unreadable } from './iso-text.ts';
import { offsetMsAt } from './zone-offsets.ts';

/** What the clocks and calendars of a zone show at an instant. `month` and `day` count from 1, Sunday is weekday 0. */
export interface LocalParts extends CivilDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly weekday: number;
  /** Days of the local date since 1970-01-01. */
  readonly dayNumber: number;
}

export type ParsedInstant =
  | {
      readonly ok: true;
      readonly ts: EpochMs;
      /** The text had no offset: the zone that was handed in decided. */
      readonly assumedZone: boolean;
    }
  | Unreadable;

/** Instants that the store accepts: `from` <= ts < `until`. */
export const instantBounds = {
  from: epochMs(Date.UTC(1950, 0, 1)),
  until: epochMs(Date.UTC(2100, 0, 1)),
} as const;

/** A number nearer to 1970 than this counts as seconds that were given for ms. */
export const smallestMs = 1e10;

/** Shows `ts` (ms UTC) on the clocks of an IANA zone; throws `argument-invalid` for a zone that is none. */
export function localPartsAt(zone: string, ts: number): LocalParts {
  const local = ts + offsetMsAt(zone, ts);
  const dayNumber = Math.floor(local / DAY);
  const timeOfDay = local - dayNumber * DAY;
  const { year, month, day } = civilDateOf(dayNumber);
  return {
    year,
    month,
    day,
    hour: Math.floor(timeOfDay / HOUR),
    minute: Math.floor(timeOfDay / MINUTE) % 60,
    second: Math.floor(timeOfDay / SECOND) % 60,
    millisecond: timeOfDay % SECOND,
    weekday: weekdayOf(dayNumber),
    dayNumber,
  };
}

/** Days of the local date since 1970-01-01: cheaper than all the parts. */
export function localDayNumber(zone: string, ts: number): number {
  return Math.floor((ts + offsetMsAt(zone, ts)) / DAY);
}

/**
 * The instant at which a zone's clocks show `timeOfDay` ms after midnight of a date.
 *
 * A wall time that the clocks skip is moved forward by what they skip (02:30 becomes 03:30); one that they show
 * twice is the first of the two.
 */
export function instantOfLocal(zone: string, dayNumber: number, timeOfDay = 0): EpochMs {
  const local = dayNumber * DAY + timeOfDay;
  const before = offsetMsAt(zone, local - DAY);
  const after = offsetMsAt(zone, local + DAY);
  const isShown = (offset: number) => offsetMsAt(zone, local - offset) === offset;
  const shown = [before, after].filter(isShown).map((offset) => local - offset);
  return epochMs(shown.length === 0 ? local - before : Math.min(...shown));
}

/** The first instant of the local day that holds `ts`; not always midnight, where clocks change at night. */
export function startOfLocalDay(zone: string, ts: number): EpochMs {
  return instantOfLocal(zone, localDayNumber(zone, ts));
}

/** `2025-09-02T13:30:00.000Z`: always UTC, always with milliseconds. */
export function formatIsoUtc(ts: number): string {
  return new Date(ts).toISOString();
}

/** `2025-09-02T09:30:00.000-04:00`: the wall time of a zone with the offset that makes it unmistakable. */
export function formatIsoInZone(zone: string, ts: number): string {
  const { dayNumber, hour, minute, second, millisecond } = localPartsAt(zone, ts);
  const time = `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}.${String(millisecond).padStart(3, '0')}`;
  return `${formatCivilDate(dayNumber)}T${time}${formatOffset(offsetMsAt(zone, ts))}`;
}

/**
 * Reads an instant as people and programs write them: ISO-8601 with or without offset, or whole ms since 1970 as a
 * number or as digits. Text without an offset is a wall time of `zone` (as `instantOfLocal` has it).
 *
 * Seconds, microseconds and nanoseconds are refused rather than guessed at, and so is every instant outside
 * `instantBounds` and every date that does not exist.
 */
export function parseInstant(given: string | number, zone: string): ParsedInstant {
  if (typeof given === 'number') return fromMs(given);
  if (/^-?\d{9,20}$/.test(given)) return fromMs(Number(given));
  const reading = readIsoText(given);
  if (!reading.ok) return reading;
  const { dayNumber, timeOfDay, offsetMs } = reading;
  if (offsetMs === null) return within(instantOfLocal(zone, dayNumber, timeOfDay), true);
  return within(dayNumber * DAY + timeOfDay - offsetMs, false);
}

/** The instant of a date's wall time given by name, for code and tests that think in dates. */
export function instantOfWallTime(zone: string, date: CivilDate, hour = 0, minute = 0): EpochMs {
  return instantOfLocal(zone, dayNumberOf(date), hour * HOUR + minute * MINUTE);
}

function fromMs(value: number): ParsedInstant {
  if (!Number.isFinite(value)) return refuse(`is not a time: ${value}`);
  const size = Math.abs(value);
  if (size < smallestMs) return refuse(`looks like seconds: ${value}; times are ms since 1970`);
  if (size >= 1e17) return refuse(`looks like nanoseconds: ${value}; times are ms since 1970`);
  if (size >= 1e14) return refuse(`looks like microseconds: ${value}; times are ms since 1970`);
  if (!Number.isInteger(value)) return refuse(`is not a whole number of ms: ${value}`);
  return within(value, false);
}

function within(ts: number, assumedZone: boolean): ParsedInstant {
  if (ts >= instantBounds.from && ts < instantBounds.until) return { ok: true, ts: epochMs(ts), assumedZone };
  const year = civilDateOf(Math.floor(ts / DAY)).year;
  return refuse(`is in the year ${year}; times lie between 1950 and 2099`);
}

function formatOffset(offsetMs: number): string {
  const seconds = Math.abs(offsetMs) / SECOND;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  // A few zones kept local mean time, to the second, well after 1950.
  if (seconds % 60 !== 0) parts.push(seconds % 60);
  return `${offsetMs < 0 ? '-' : '+'}${parts.map(twoDigits).join(':')}`;
}
