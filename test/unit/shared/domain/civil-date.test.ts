import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilDateOf,
  dayNumberOf,
  daysInMonth,
  formatCivilDate,
  parseCivilDate,
  weekdayOf,
} from '#shared/domain/civil-date';
import { DAY } from '#shared/units';

describe('civilDateOf', () => {
  it('agrees with the calendar of the platform on any day of two thousand years', () => {
    fc.assert(
      fc.property(fc.integer({ min: -365_000, max: 365_000 }), (dayNumber) => {
        const date = new Date(dayNumber * DAY);
        const expected = {
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        };
        expect(civilDateOf(dayNumber)).toEqual(expected);
        expect(dayNumberOf(expected)).toBe(dayNumber);
        expect(weekdayOf(dayNumber)).toBe(date.getUTCDay());
      }),
    );
  });

  it('is right on both sides of every New Year from 1900 to 2110', () => {
    for (let year = 1900; year < 2110; year += 1) {
      const first = Date.UTC(year, 0, 1) / DAY;
      expect(civilDateOf(first)).toEqual({ year, month: 1, day: 1 });
      expect(civilDateOf(first - 1)).toEqual({ year: year - 1, month: 12, day: 31 });
    }
  });
});

describe('daysInMonth', () => {
  it('gives February its leap day by the rule of centuries', () => {
    expect([1900, 2000, 2024, 2025].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 29, 28]);
  });
});

describe('parseCivilDate', () => {
  it('reads back what was formatted', () => {
    expect(parseCivilDate(formatCivilDate(20_333))).toBe(20_333);
  });

  it('is null for a day that does not exist and for other text', () => {
    expect(['2025-02-30', '2025-13-01', '2025-1-1', '02/09/2025', ''].map(parseCivilDate)).toEqual(
      Array(5).fill(null),
    );
  });
});
