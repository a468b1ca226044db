import { DAY, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import {
  formatAxisMark,
  formatBarTime,
  formatDuration,
  formatInstant,
  zoneOfBars,
} from '../../../../renderer/format/time.ts';

const newYork = 'America/New_York';

describe('formatInstant', () => {
  it('always names the zone', () => {
    const ts = Date.UTC(2025, 8, 2, 13, 30);
    expect([formatInstant(ts, newYork), formatInstant(ts, 'UTC')]).toEqual([
      '2025-09-02 09:30:00 EDT',
      '2025-09-02 13:30:00 UTC',
    ]);
  });

  it('tells the two hours of an autumn night apart', () => {
    const [first, second] = [Date.UTC(2025, 10, 2, 5, 30), Date.UTC(2025, 10, 2, 6, 30)];
    expect([formatInstant(first, newYork), formatInstant(second, newYork)]).toEqual([
      '2025-11-02 01:30:00 EDT',
      '2025-11-02 01:30:00 EST',
    ]);
  });

  it('keeps milliseconds where there are any', () => {
    expect(formatInstant(1_250, 'UTC')).toBe('1970-01-01 00:00:01.250 UTC');
  });

  it('does not fail on times that no calendar has', () => {
    expect(formatInstant(Number.NaN, newYork)).toBe('–');
    expect(formatInstant(8e18, newYork)).toMatch(/ (E[DS]T|GMT-5)$/);
    expect(formatInstant(-8e18, newYork)).toMatch(/ (E[DS]T|GMT-5)$/);
  });
});

describe('formatBarTime', () => {
  it('has the time of day only for bars shorter than a day', () => {
    const ts = Date.UTC(2025, 8, 2, 13, 30);
    expect([formatBarTime(ts, newYork, MINUTE), formatBarTime(ts, newYork, DAY)]).toEqual([
      'Tue 2025-09-02 09:30 EDT',
      'Tue 2025-09-02',
    ]);
  });
});

describe('zoneOfBars', () => {
  const midnights = [Date.UTC(2025, 8, 2), Date.UTC(2025, 8, 3)];

  it('calls days from midnight to midnight UTC by their date in UTC', () => {
    expect(zoneOfBars(midnights, DAY, newYork)).toBe('UTC');
    expect(formatBarTime(midnights[0]!, newYork, DAY)).toBe('Tue 2025-09-02');
  });

  it('leaves sessions, and bars shorter than a day, to the zone that is shown', () => {
    expect(zoneOfBars([Date.UTC(2025, 8, 2, 13, 30)], DAY, newYork)).toBe(newYork);
    expect(zoneOfBars(midnights, MINUTE, newYork)).toBe(newYork);
  });
});

describe('formatAxisMark', () => {
  it('says no more than the mark stands for', () => {
    const ts = Date.UTC(2025, 8, 2, 13, 30);
    const marks = ['year', 'month', 'day', 'time', 'time-with-seconds'] as const;
    expect(marks.map((mark) => formatAxisMark(ts, mark, newYork))).toEqual([
      '2025',
      'Sep',
      'Tue 2',
      '09:30',
      '09:30:00',
    ]);
  });
});

describe('formatDuration', () => {
  it('keeps the two largest units', () => {
    expect([5_000, 65_000, 3 * 3_600_000, 3 * DAY + 4 * 3_600_000].map(formatDuration)).toEqual([
      '5 s',
      '1 min 5 s',
      '3 h',
      '3 d 4 h',
    ]);
  });
});
