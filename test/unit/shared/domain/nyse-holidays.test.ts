import { describe, expect, it } from 'vitest';
import { formatCivilDate, parseCivilDate, weekdayOf } from '#shared/domain/civil-date';
import { nyseException } from '#shared/domain/nyse-holidays';

describe('nyseException', () => {
  // As the exchange published these years.
  it.each([
    [2021, '01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24', '11-26'],
    [2022, '01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26', '11-25'],
    [2023, '01-02 01-16 02-20 04-07 05-29 06-19 07-04 09-04 11-23 12-25', '07-03 11-24'],
    [2024, '01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25', '07-03 11-29 12-24'],
    [2025, '01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25', '07-03 11-28 12-24'],
    [2026, '01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25', '11-27 12-24'],
    [2027, '01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24', '11-26'],
    [2012, '01-02 01-16 02-20 04-06 05-28 07-04 09-03 10-29 10-30 11-22 12-25', '07-03 11-23 12-24'],
    [2002, '01-01 01-21 02-18 03-29 05-27 07-04 09-02 11-28 12-25', '07-05 11-29 12-24'],
  ])('has the holidays and half days of %d', (year, holidays, halfDays) => {
    expect(daysOf(year, 'holiday')).toBe(holidays);
    expect(daysOf(year, 'half-day')).toBe(halfDays);
  });

  it('knows the days the exchange closed for an event', () => {
    const closed = [
      '2001-09-11',
      '2001-09-14',
      '2004-06-11',
      '2007-01-02',
      '2012-10-29',
      '2018-12-05',
      '2025-01-09',
    ];
    expect(closed.map((day) => nyseException(dayNumber(day))?.kind)).toEqual(Array(7).fill('holiday'));
    expect(nyseException(dayNumber('2001-09-17'))).toBeNull();
  });

  // Western Easter as almanacs give it, with its earliest and latest dates.
  it.each([
    ['1998-04-10'],
    ['1999-04-02'],
    ['2000-04-21'],
    ['2008-03-21'],
    ['2011-04-22'],
    ['2016-03-25'],
    ['2019-04-19'],
    ['2035-03-23'],
    ['2038-04-23'],
  ])('finds Good Friday on %s', (day) => {
    expect(nyseException(dayNumber(day))).toEqual({ kind: 'holiday', name: 'Good Friday' });
  });

  it('keeps Juneteenth from 2022 on only', () => {
    expect(nyseException(dayNumber('2021-06-18'))).toBeNull();
    expect(nyseException(dayNumber('2022-06-20'))?.name).toBe('Juneteenth');
  });

  it('leaves out of a year eight weekdays at least, and shortens four at most', () => {
    for (let year = 1998; year <= 2060; year += 1) {
      const holidays = daysOf(year, 'holiday').split(' ');
      expect(holidays.length, String(year)).toBeGreaterThanOrEqual(8);
      expect(daysOf(year, 'half-day').split(' ').length, String(year)).toBeLessThanOrEqual(4);
    }
  });
});

function dayNumber(day: string): number {
  return parseCivilDate(day) ?? Number.NaN;
}

function daysOf(year: number, kind: 'holiday' | 'half-day'): string {
  const days: string[] = [];
  for (let day = dayNumber(`${year}-01-01`); day <= dayNumber(`${year}-12-31`); day += 1) {
    const isWeekday = weekdayOf(day) % 6 !== 0;
    if (isWeekday && nyseException(day)?.kind === kind) days.push(formatCivilDate(day).slice(5));
  }
  return days.join(' ');
}
