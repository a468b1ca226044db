import type { SymbolSummary } from '#shared/domain/store-summary';
import { parseTimeframe } from '#shared/domain/timeframe';
import { epochMs, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import {
  coverageIn,
  nearestTimeframe,
  newestBarIn,
  timeframesOf,
} from '../../../../renderer/data/timeframes.ts';

const storedIn = (...texts: string[]): SymbolSummary => ({
  symbol: 'SPY',
  objectEvents: 0,
  calendar: 'us-equity',
  timeframes: texts.map((text) => ({
    timeframe: parseTimeframe(text)!,
    first: epochMs(0),
    last: epochMs(99 * MINUTE),
    bars: 100,
  })),
});

describe('timeframesOf', () => {
  it('offers what is stored and the usual ones that it divides', () => {
    expect(timeframesOf(storedIn('5m', '3m'))).toEqual(['3m', '5m', '15m', '1h', '4h', '1d']);
  });

  it('offers nothing for a symbol without bars', () => {
    expect([timeframesOf(storedIn()), timeframesOf(null)]).toEqual([[], []]);
  });
});

describe('nearestTimeframe', () => {
  it('keeps the one wanted where the symbol has it', () => {
    expect(nearestTimeframe(storedIn('1m'), parseTimeframe('1h'))).toBe('1h');
  });

  it('takes the one nearest in length where it has not', () => {
    expect(nearestTimeframe(storedIn('15m'), parseTimeframe('5m'))).toBe('15m');
  });
});

describe('coverageIn', () => {
  it('counts fewer bars where they are made from shorter ones', () => {
    expect(coverageIn(storedIn('1m'), parseTimeframe('5m')!)).toEqual({
      first: 0,
      last: 99 * MINUTE,
      bars: 20,
    });
  });
});

describe('newestBarIn', () => {
  it('is the one that longer bars are made of: theirs may close long after it', () => {
    const minute = { closedAt: 100 * MINUTE, barLength: MINUTE };
    expect(newestBarIn(storedIn('1m'), parseTimeframe('1d')!)).toEqual(minute);
  });

  it('is of the timeframe itself where that is stored', () => {
    expect(newestBarIn(storedIn('1m', '5m'), parseTimeframe('5m')!)?.closedAt).toBe(104 * MINUTE);
  });

  it('is none where there are no bars', () => {
    expect(newestBarIn(storedIn(), parseTimeframe('5m')!)).toBeNull();
  });
});
