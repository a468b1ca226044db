import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumberOf } from '#shared/domain/civil-date';
import {
  formatIsoInZone,
  formatIsoUtc,
  instantBounds,
  instantOfLocal,
  instantOfWallTime,
  localPartsAt,
  parseInstant,
  startOfLocalDay,
} from '#shared/domain/zone-time';
import { DAY, HOUR, MINUTE } from '#shared/units';

const newYork = 'America/New_York';
const zones = [newYork, 'UTC', 'Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'];
const instants = () => fc.integer({ min: instantBounds.from + DAY, max: instantBounds.until - DAY });
const day = (year: number, month: number, date: number) => dayNumberOf({ year, month, day: date });

describe('localPartsAt', () => {
  it('shows the wall time of the zone', () => {
    expect(localPartsAt(newYork, Date.UTC(2025, 8, 2, 13, 30, 15, 250))).toEqual({
      year: 2025,
      month: 9,
      day: 2,
      hour: 9,
      minute: 30,
      second: 15,
      millisecond: 250,
      weekday: 2,
      dayNumber: day(2025, 9, 2),
    });
  });

  it('shows the hour after 01:59 twice in the autumn night', () => {
    const midnight = Date.UTC(2025, 10, 2, 4);
    const hours = [0, 1, 2, 3].map((hour) => localPartsAt(newYork, midnight + hour * HOUR).hour);
    expect(hours).toEqual([0, 1, 1, 2]);
  });
});

describe('instantOfLocal', () => {
  it('gives back the instant of any local time that is shown once', () => {
    fc.assert(
      fc.property(instants(), fc.constantFrom(...zones), (ts, zone) => {
        const { dayNumber, hour, minute, second, millisecond } = localPartsAt(zone, ts);
        const timeOfDay = hour * HOUR + minute * MINUTE + second * 1000 + millisecond;
        const found = instantOfLocal(zone, dayNumber, timeOfDay);
        expect(localPartsAt(zone, found)).toEqual(localPartsAt(zone, ts));
        expect(found).toBeLessThanOrEqual(ts);
      }),
    );
  });

  it('moves a skipped time forward by what the clocks skip', () => {
    const found = instantOfLocal(newYork, day(2025, 3, 9), 2.5 * HOUR);
    expect(formatIsoInZone(newYork, found)).toBe('2025-03-09T03:30:00.000-04:00');
  });

  it('takes the first of a time shown twice', () => {
    const found = instantOfLocal(newYork, day(2025, 11, 2), 1.5 * HOUR);
    expect(formatIsoInZone(newYork, found)).toBe('2025-11-02T01:30:00.000-04:00');
  });

  it('passes over the day that Samoa left out', () => {
    const found = instantOfLocal('Pacific/Apia', day(2011, 12, 30), 12 * HOUR);
    expect(formatIsoInZone('Pacific/Apia', found)).toBe('2011-12-31T12:00:00.000+14:00');
  });
});

describe('startOfLocalDay', () => {
  it('is an hour after midnight where the clocks skip it', () => {
    // Brazil began summer time at midnight.
    const noon = instantOfWallTime('America/Sao_Paulo', { year: 2018, month: 11, day: 4 }, 12);
    const start = startOfLocalDay('America/Sao_Paulo', noon);
    expect(formatIsoInZone('America/Sao_Paulo', start)).toBe('2018-11-04T01:00:00.000-02:00');
  });

  it.each([
    ['2025-03-09', 23],
    ['2025-11-02', 25],
    ['2025-09-02', 24],
  ])('makes %s a day of %d hours in New York', (date, hours) => {
    const noon = parsed(`${date}T12:00`, newYork);
    expect((startOfLocalDay(newYork, noon + DAY) - startOfLocalDay(newYork, noon)) / HOUR).toBe(hours);
  });
});

describe('parseInstant', () => {
  it('reads back every instant that is written with an offset', () => {
    fc.assert(
      fc.property(instants(), fc.constantFrom(...zones), (ts, zone) => {
        expect(parseInstant(formatIsoUtc(ts), zone)).toEqual({ ok: true, ts, assumedZone: false });
        expect(parseInstant(formatIsoInZone(zone, ts), 'UTC')).toEqual({ ok: true, ts, assumedZone: false });
        expect(parseInstant(ts, zone).ok).toBe(Math.abs(ts) >= 1e10);
      }),
    );
  });

  it('reads any offset back to the instant it was written for', () => {
    fc.assert(
      fc.property(instants(), fc.integer({ min: -15 * 60, max: 15 * 60 }), (ts, minutes) => {
        const wall = formatIsoUtc(ts + minutes * MINUTE).slice(0, -1);
        const clock = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
        const digits = clock.map((part) => String(part).padStart(2, '0'));
        const sign = minutes < 0 ? '-' : '+';
        for (const offset of [digits.join(':'), digits.join('')]) {
          expect(parseInstant(`${wall}${sign}${offset}`, newYork)).toMatchObject({ ts });
        }
      }),
    );
  });

  it('takes every spelling of one instant for the same', () => {
    const spellings = [
      '2025-09-02T13:30:00.000Z',
      '2025-09-02T13:30:00Z',
      '2025-09-02t13:30z',
      '2025-09-02 13:30:00+00:00',
      '2025-09-02T09:30:00-0400',
      '2025-09-02T09:30-04',
      '2025-09-02T19:00:00.000000000+05:30',
      '1756819800000',
      1_756_819_800_000,
    ];
    expect(new Set(spellings.map((text) => parsed(text, newYork)))).toEqual(new Set([1_756_819_800_000]));
  });

  it('reads a time without an offset in the zone, and says so', () => {
    expect(parseInstant('2025-09-02 09:30', newYork)).toEqual({
      ok: true,
      ts: 1_756_819_800_000,
      assumedZone: true,
    });
    expect(parseInstant('2025-09-02', newYork)).toMatchObject({
      ts: Date.UTC(2025, 8, 2, 4),
      assumedZone: true,
    });
  });

  it('orders the repeated hour of the autumn night as it happened, whatever the text says', () => {
    expect(parsed('2025-11-02T01:30:00-04:00', newYork)).toBeLessThan(
      parsed('2025-11-02T01:00:00-05:00', newYork),
    );
    expect(parsed('2025-11-02T01:30:00', newYork)).toBe(parsed('2025-11-02T01:30:00-04:00', newYork));
  });

  it('keeps milliseconds and cuts what is finer', () => {
    expect(parsed('2025-09-02T13:30:00.123999999Z', 'UTC') % 1000).toBe(123);
    expect(parsed('2025-09-02T13:30:00.5Z', 'UTC') % 1000).toBe(500);
  });

  it.each([
    ['2025-02-30', 'that month has 28 days'],
    ['2025-13-01', 'there is no month 13'],
    ['2025-09-02T25:00:00Z', 'has hour 25'],
    ['2025-09-02T24:00:00Z', 'has hour 24'],
    ['2025-09-02T09:60', 'has minute 60'],
    ['2025-09-02T09:30:60Z', 'has second 60'],
    ['2025-09-02T09:30:00+24:00', 'has an offset that no clock keeps'],
    ['2025-09-02T09:30:00.1234567890Z', 'is not an ISO-8601 time'],
    ['02.09.2025', 'is not an ISO-8601 time'],
    ['', 'is not an ISO-8601 time'],
    ['1949-12-31T23:59:59Z', 'is in the year 1949'],
    ['2100-01-01T00:00:00Z', 'is in the year 2100'],
    [1_756_819_800, 'looks like seconds'],
    [0, 'looks like seconds'],
    ['1756819800', 'looks like seconds'],
    [1_756_819_800_000_000, 'looks like microseconds'],
    ['1756819800000000000', 'looks like nanoseconds'],
    [1_756_819_800_000.5, 'is not a whole number of ms'],
    [Number.NaN, 'is not a time'],
    [9e12, 'is in the year 2255'],
  ])('refuses %s: %s', (given, reason) => {
    const answer = parseInstant(given, newYork);
    expect(answer.ok ? answer.ts : answer.reason).toContain(reason);
  });

  it('never throws and never leaves its bounds, whatever the text', () => {
    const shape = fc.stringMatching(/^[0-9T:.Z +-]{0,40}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), shape, fc.double()), (given) => {
        const answer = parseInstant(given, newYork);
        if (!answer.ok) return answer.reason.length > 0;
        return answer.ts >= instantBounds.from && answer.ts < instantBounds.until;
      }),
    );
  });
});

function parsed(given: string | number, zone: string): number {
  const answer = parseInstant(given, zone);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.ts;
}
