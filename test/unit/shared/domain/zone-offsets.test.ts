import { describe, expect, it } from 'vitest';
import { isZone, offsetChanges, offsetMinutesAt, zoneAbbreviation } from '#shared/domain/zone-offsets';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { DAY, HOUR } from '#shared/units';

const newYork = 'America/New_York';

describe('offsetMinutesAt', () => {
  it('changes at 02:00 local on the nights New York changes its clocks', () => {
    const changes = offsetChanges(newYork, Date.UTC(2025, 0, 1), Date.UTC(2026, 0, 1));
    expect(changes.map(formatIsoUtc)).toEqual(['2025-03-09T07:00:00.000Z', '2025-11-02T06:00:00.000Z']);
    expect(changes.map((ts) => [offsetMinutesAt(newYork, ts - 1), offsetMinutesAt(newYork, ts)])).toEqual([
      [-300, -240],
      [-240, -300],
    ]);
  });

  it.each([
    [newYork],
    ['Europe/London'],
    ['Asia/Kolkata'],
    ['Australia/Lord_Howe'],
    ['America/Sao_Paulo'],
    ['Africa/Casablanca'],
    ['Pacific/Apia'],
    ['Africa/Monrovia'],
  ])('agrees with the platform in %s from 1950 to 2099', (zone) => {
    const platform = platformOffset(zone);
    // A step that is no multiple of a day walks through all hours of the day.
    for (let ts = Date.UTC(1950, 0, 2); ts < Date.UTC(2099, 11, 31); ts += 9 * DAY + 7 * HOUR) {
      if (offsetMinutesAt(zone, ts) !== platform(ts)) {
        expect.fail(`${zone} ${formatIsoUtc(ts)}: ${offsetMinutesAt(zone, ts)}, not ${platform(ts)}`);
      }
    }
  });

  it('keeps the nearest known offset before 1950 and after 2100', () => {
    expect(offsetMinutesAt(newYork, Date.UTC(1900, 0, 1))).toBe(-300);
    expect(offsetMinutesAt('Asia/Tokyo', Date.UTC(2500, 0, 1))).toBe(540);
  });

  it('refuses a zone that does not exist by its name', () => {
    expect(() => offsetMinutesAt('Mars/Olympus', 0)).toThrow('Not a time zone: Mars/Olympus');
    expect(isZone('Mars/Olympus')).toBe(false);
    expect(isZone(newYork)).toBe(true);
  });
});

describe('zoneAbbreviation', () => {
  it('follows summer time', () => {
    const [winter, summer] = [Date.UTC(2025, 0, 15), Date.UTC(2025, 6, 15)];
    expect([winter, summer].map((ts) => zoneAbbreviation(newYork, ts))).toEqual(['EST', 'EDT']);
    expect([winter, summer].map((ts) => zoneAbbreviation('Europe/London', ts))).toEqual(['GMT', 'BST']);
    expect(zoneAbbreviation('UTC', summer)).toBe('UTC');
  });
});

/** By wall clock rather than by the offset's name, so that the two ways can disagree. */
function platformOffset(zone: string): (ts: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (ts) => {
    const parts = Object.fromEntries(
      format.formatToParts(ts).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    return (Date.UTC(year, month - 1, day, hour, minute, second) - ts) / 60_000;
  };
}
