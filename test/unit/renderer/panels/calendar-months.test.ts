import type { DayCoverage } from '#shared/domain/quality';
import { formatCivilDate, parseCivilDate } from '#shared/domain/civil-date';
import { describe, expect, it } from 'vitest';
import { calendarMonths, dayAfterKey, shadeOf } from '../../../../renderer/panels/quality/calendar-months.ts';

function covered(day: string, change: Partial<DayCoverage> = {}): DayCoverage {
  return {
    ...{ day, from: 0, until: 1, state: 'complete', expected: 390, found: 390 },
    ...{ explained: 0, extended: 0, reason: null },
    ...change,
  };
}

/** Every date from one to another. */
function datesFrom(first: string, last: string): DayCoverage[] {
  const [from, through] = [parseCivilDate(first) ?? 0, parseCivilDate(last) ?? 0];
  return Array.from({ length: through - from + 1 }, (_, index) => covered(formatCivilDate(from + index)));
}

describe('calendarMonths', () => {
  it('puts each day in the place of its date, from the first day on', () => {
    const months = calendarMonths(datesFrom('2024-12-30', '2025-01-02'));
    expect(months.map(({ id, days }) => [id, days.length, days.findIndex((day) => day !== null)])).toEqual([
      ['2024-12', 31, 29],
      ['2025-01', 2, 0],
    ]);
  });
});

describe('shadeOf', () => {
  it.each([
    [{ state: 'closed', expected: 0, found: 0 }, 'closed'],
    [{ state: 'missing', found: 0 }, 'missing'],
    [{ state: 'partial', found: 194 }, 'little'],
    [{ state: 'partial', found: 195 }, 'some'],
    [{ state: 'partial', found: 371 }, 'most'],
    [{ state: 'complete' }, 'all'],
  ] as const)('of %j is %s', (change, shade) => {
    expect(shadeOf(covered('2025-09-02', change))).toBe(shade);
  });
});

describe('dayAfterKey', () => {
  const days = datesFrom('2025-01-30', '2025-04-02');
  const after = (from: string, key: string) => {
    const next = dayAfterKey(
      days,
      days.findIndex(({ day }) => day === from),
      key,
    );
    return next === null ? null : days[next]?.day;
  };

  it.each([
    ['2025-03-01', 'ArrowLeft', '2025-02-28'],
    ['2025-04-02', 'ArrowRight', '2025-04-02'],
    ['2025-03-10', 'ArrowUp', '2025-02-10'],
    ['2025-03-31', 'ArrowUp', '2025-02-28'],
    ['2025-03-31', 'ArrowDown', '2025-04-02'],
    ['2025-02-10', 'ArrowUp', '2025-01-30'],
    ['2025-02-10', 'PageUp', '2025-01-30'],
    ['2025-03-10', 'Home', '2025-01-30'],
    ['2025-03-10', 'End', '2025-04-02'],
    ['2025-03-10', 'x', null],
  ])('leads from %s by %s to %s', (from, key, to) => {
    expect(after(from, key)).toBe(to);
  });
});
