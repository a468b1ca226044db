import { closedReason, lastTradingDay, tradingDayHours, utcDaysOf } from '#shared/domain/trading-day';
import { describe, expect, it } from 'vitest';

const iso = (ms: number) => new Date(ms).toISOString();

describe('tradingDayHours', () => {
  it('reaches from the first to the last session, extended hours included', () => {
    const hours = tradingDayHours('us-equity', '2025-01-15');
    expect([iso(hours?.from ?? 0), iso(hours?.until ?? 0)]).toEqual([
      '2025-01-15T09:00:00.000Z',
      '2025-01-16T01:00:00.000Z',
    ]);
  });

  it('begins on the evening before where the market does', () => {
    expect(iso(tradingDayHours('fx', '2025-01-15')?.from ?? 0)).toBe('2025-01-14T22:00:00.000Z');
  });

  it('knows none on a weekend', () => {
    expect(tradingDayHours('us-equity', '2025-01-18')).toBeNull();
  });
});

describe('utcDaysOf', () => {
  it('takes in the UTC day that the evening falls on, in winter only', () => {
    expect(utcDaysOf('us-equity', '2025-01-15')).toEqual(['2025-01-15', '2025-01-16']);
    expect(utcDaysOf('us-equity', '2025-07-15')).toEqual(['2025-07-15']);
    expect(utcDaysOf('crypto', '2025-01-18')).toEqual(['2025-01-18']);
    expect(utcDaysOf('us-equity', '2025-01-18')).toEqual([]);
  });
});

describe('lastTradingDay', () => {
  it.each([
    ['us-equity', '2025-01-15T23:00:00Z', '2025-01-14'],
    ['us-equity', '2025-01-16T01:00:00Z', '2025-01-15'],
    ['us-equity', '2025-01-20T12:00:00Z', '2025-01-17'],
    ['fx', '2025-01-15T22:00:00Z', '2025-01-15'],
    ['crypto', '2025-01-18T00:00:00Z', '2025-01-17'],
  ] as const)('of %s at %s is %s', (calendar, now, date) => {
    expect(lastTradingDay(calendar, Date.parse(now))).toBe(date);
  });
});

describe('closedReason', () => {
  it('names the holiday', () => {
    expect(closedReason('us-equity', '2025-07-04')).toBe('Independence Day');
    expect(closedReason('us-equity', '2025-07-03')).toBeNull();
  });
});
