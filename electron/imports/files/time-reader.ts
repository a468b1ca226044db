import type { BarTime, ImportTimeUnit } from '#shared/domain/import';
import { readIsoText } from '#shared/domain/iso-text';
import { timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { offsetMsAt, offsetChanges } from '#shared/domain/zone-offsets';
import { instantBounds, instantOfLocal } from '#shared/domain/zone-time';
import { DAY, HOUR, MINUTE, SECOND } from '#shared/units';
import { isAmbiguousDate, isoSpelling } from './wall-text.ts';

export interface TimeReading {
  readonly unit: ImportTimeUnit;
  readonly zone: string;
  readonly barTime: BarTime;
  readonly timeframe: Timeframe | null;
  /** Whether times must have an offset of their own, or must have none. */
  readonly hasOffset: boolean;
  /** The date of times that say none, in days since 1970. */
  readonly dayNumber: number;
}

/** What a date's wall times are behind UTC when the clocks did not change around it; else null. */
type DayOffset = number | null;

/**
 * Reads the times of one source as the opens of bars, ms UTC. Times come in order and mostly of one day, so what is
 * known of a day is kept: a million are read in a fifth of a second.
 */
export class TimeReader {
  /** What was wrong with the last one. */
  fault = '';
  readonly #reading: TimeReading;
  readonly #barMs: number;
  #date = '';
  readonly #dateBytes = new Uint8Array(10);
  #dayNumber = 0;
  #offsetDay = Number.NaN;
  #dayOffset: DayOffset = null;
  #suffix = '';
  #suffixMs = 0;

  constructor(reading: TimeReading) {
    this.#reading = reading;
    this.#barMs = reading.timeframe === null ? 0 : timeframeLength(reading.timeframe);
  }

  /** The open of the bar whose time this text is; NaN when it is none, and then `fault` says why. */
  readText(text: string): number {
    const { unit } = this.#reading;
    if (unit === 'iso') return this.#opened(this.#iso(text));
    if (text === '') return this.#refuse('is empty');
    return this.readNumber(epochMs(text, unit));
  }

  /**
   * The same by its bytes, of a time on the day of the one before, `YYYY-MM-DD HH:mm[:ss]` without an offset: most are,
   * and making texts of them would take as long as all else about a row. NaN of any other, which says nothing of it.
   */
  readBytes(bytes: Uint8Array, start: number, end: number): number {
    const { unit, hasOffset } = this.#reading;
    const length = end - start;
    if (unit !== 'iso' || hasOffset || (length !== 16 && length !== 19)) return Number.NaN;
    const date = this.#dateBytes;
    for (let place = 0; place < 10; place += 1) if (bytes[start + place] !== date[place]) return Number.NaN;
    const between = bytes[start + 10];
    if ((between !== 32 && between !== 84) || bytes[start + 13] !== 58) return Number.NaN;
    const hour = twoDigitsOf(bytes, start + 11);
    const minute = twoDigitsOf(bytes, start + 14);
    let second = 0;
    if (length === 19) {
      if (bytes[start + 16] !== 58) return Number.NaN;
      second = twoDigitsOf(bytes, start + 17);
    }
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
    return this.#opened(this.#wall(this.#dayNumber, hour * HOUR + minute * MINUTE + second * SECOND));
  }

  /** The same of a number in the source's unit, but that micro- and nanoseconds must be ms already. */
  readNumber(value: number): number {
    const { unit, zone, dayNumber } = this.#reading;
    if (!Number.isFinite(value)) return this.#refuse('is not a time');
    if (unit === 'ms-of-day') {
      if (value < 0 || value >= DAY) return this.#refuse(`is not a time of day: ${value} ms`);
      return this.#opened(this.#wall(dayNumber, value));
    }
    const ms = unit === 's' ? value * 1000 : value;
    if (unit !== 'wall-ms') return this.#opened(this.#bounded(ms));
    const day = Math.floor(ms / DAY);
    return this.#opened(this.#wallIn(zone, day, ms - day * DAY));
  }

  #iso(text: string): number {
    const isPlain = text.length >= 16 && text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45;
    const timeOfDay = isPlain && text.charCodeAt(13) === 58 ? clockMs(text) : Number.NaN;
    if (Number.isNaN(timeOfDay) || !this.#knowsDate(text)) return this.#slowIso(text);
    const end = clockEnd(text);
    if (end === text.length) return this.#unlessMixed(false, () => this.#wall(this.#dayNumber, timeOfDay));
    if (!this.#knowsSuffix(text, end)) return this.#slowIso(text);
    return this.#unlessMixed(true, () => this.#bounded(this.#dayNumber * DAY + timeOfDay - this.#suffixMs));
  }

  #slowIso(text: string): number {
    if (text === '') return this.#refuse('is empty');
    if (isAmbiguousDate(text))
      return this.#refuse(
        `does not say which is the day and which the month: "${shorten(text)}"; write 2025-09-02`,
      );
    const reading = readIsoText(isoSpelling(text));
    if (!reading.ok) return this.#refuse(reading.reason);
    const { dayNumber, timeOfDay, offsetMs } = reading;
    return this.#unlessMixed(offsetMs !== null, () =>
      offsetMs === null
        ? this.#wall(dayNumber, timeOfDay)
        : this.#bounded(dayNumber * DAY + timeOfDay - offsetMs),
    );
  }

  #unlessMixed(hasOffset: boolean, read: () => number): number {
    if (hasOffset === this.#reading.hasOffset) return read();
    return this.#refuse(
      hasOffset
        ? 'has an offset from UTC, which the first time of the file has not'
        : 'has no offset from UTC, which the first time of the file has',
    );
  }

  #wall(dayNumber: number, timeOfDay: number): number {
    return this.#wallIn(this.#reading.zone, dayNumber, timeOfDay);
  }

  #wallIn(zone: string, dayNumber: number, timeOfDay: number): number {
    if (dayNumber !== this.#offsetDay) {
      this.#offsetDay = dayNumber;
      this.#dayOffset = steadyOffset(zone, dayNumber);
    }
    if (this.#dayOffset !== null) return this.#bounded(dayNumber * DAY + timeOfDay - this.#dayOffset);
    return this.#bounded(instantOfLocal(zone, dayNumber, timeOfDay));
  }

  #opened(ts: number): number {
    const { barTime, zone, hasOffset } = this.#reading;
    if (barTime === 'open' || Number.isNaN(ts)) return ts;
    if (hasOffset || this.#barMs < DAY) return ts - this.#barMs;
    // A day is as long as its clocks make it.
    const local = ts + offsetMsAt(zone, ts) - this.#barMs;
    const day = Math.floor(local / DAY);
    return instantOfLocal(zone, day, local - day * DAY);
  }

  #bounded(ts: number): number {
    if (ts >= instantBounds.from && ts < instantBounds.until) return ts;
    const year = new Date(ts).getUTCFullYear();
    return this.#refuse(
      Number.isNaN(year) ? 'is not a time' : `is in the year ${year}; times lie between 1950 and 2099`,
    );
  }

  #refuse(reason: string): number {
    this.fault = reason;
    return Number.NaN;
  }

  #knowsDate(text: string): boolean {
    const date = text.slice(0, 10);
    if (date === this.#date) return true;
    const reading = readIsoText(date);
    if (!reading.ok) return false;
    this.#date = date;
    this.#dayNumber = reading.dayNumber;
    for (let place = 0; place < 10; place += 1) this.#dateBytes[place] = date.charCodeAt(place);
    return true;
  }

  #knowsSuffix(text: string, end: number): boolean {
    const suffix = text.slice(end);
    if (suffix === this.#suffix) return true;
    const reading = readIsoText(`2000-01-01T00:00${suffix}`);
    if (!reading.ok || reading.offsetMs === null) return false;
    this.#suffix = suffix;
    this.#suffixMs = reading.offsetMs;
    return true;
  }
}

/** Numbers since 1970 as ms, and in their own unit where that is s or ms. Digits that no double holds are cut, not rounded. */
function epochMs(text: string, unit: ImportTimeUnit): number {
  const cut = unit === 'us' ? 3 : unit === 'ns' ? 6 : 0;
  const [whole = '', fraction = ''] = text.split('.');
  if (!/^-?\d+$/.test(whole) || !/^0*$/.test(fraction)) return Number(text.trim() === '' ? Number.NaN : text);
  return cut === 0 ? Number(whole) : Number(whole.slice(0, -cut));
}

/** ms after midnight of `YYYY-MM-DD HH:mm[:ss[.fff]]`; NaN when it is not plainly that. */
function clockMs(text: string): number {
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  let ms = hour * HOUR + minute * MINUTE;
  if (hour > 23 || minute > 59) return Number.NaN;
  if (text.charCodeAt(16) !== 58) return ms;
  const second = twoDigits(text, 17);
  if (second > 59) return Number.NaN;
  ms += second * SECOND;
  if (text.charCodeAt(19) !== 46) return ms;
  const end = clockEnd(text);
  return end - 20 < 1 || end - 20 > 9
    ? Number.NaN
    : ms + Number(text.slice(20, Math.min(end, 23)).padEnd(3, '0'));
}

/** Where the clock ends and an offset may begin. */
function clockEnd(text: string): number {
  if (text.charCodeAt(16) !== 58) return 16;
  if (text.charCodeAt(19) !== 46) return 19;
  let end = 20;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : Number.NaN;
}

function twoDigitsOf(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : Number.NaN;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function steadyOffset(zone: string, dayNumber: number): DayOffset {
  const from = (dayNumber - 1) * DAY;
  return offsetChanges(zone, from, from + 3 * DAY).length === 0 ? offsetMsAt(zone, from) : null;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
