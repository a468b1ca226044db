import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atr, atrWarmUp, type RangeColumns } from '#shared/math/atr';
import { column, largestDifference, ranges, throughJson } from '../../../helpers/series.ts';

describe('atr', () => {
  it('gives the values of the QQQ table in StockCharts ChartSchool, "Average True Range"', () => {
    const bars = {
      high: column(`48.70 48.72 48.90 48.87 48.82 49.05 49.20 49.35 49.92 50.19 50.12 49.66 49.88 50.19 50.36 50.57
        50.65 50.43 49.63 50.33 50.29 50.17 49.32 48.50 48.32 46.80 47.80 48.39 48.66 48.79`),
      low: column(`47.79 48.14 48.39 48.37 48.24 48.64 48.94 48.86 49.50 49.87 49.20 48.90 49.43 49.73 49.26 50.09
        50.30 49.21 48.98 49.61 49.20 49.43 48.08 47.64 41.55 44.28 47.31 47.20 47.90 47.73`),
      close:
        column(`48.16 48.61 48.75 48.63 48.74 49.03 49.07 49.32 49.91 50.13 49.53 49.50 49.75 50.03 50.31 50.52
        50.41 49.34 49.37 50.23 49.24 49.93 48.43 48.18 46.57 45.41 47.77 47.72 48.62 47.85`),
    };
    const published = [
      0.56, 0.59, 0.59, 0.57, 0.62, 0.62, 0.64, 0.67, 0.69, 0.78, 0.78, 1.21, 1.3, 1.38, 1.37, 1.34, 1.32,
    ];
    const values = atr(bars).values.subarray(atrWarmUp(14));
    // The table was made of prices with more digits than it shows.
    published.forEach((value, index) =>
      expect(Math.abs((values[index] ?? 0) - value), String(index)).toBeLessThan(0.011),
    );
  });

  it('agrees with true ranges listed first and averaged after', () => {
    fc.assert(
      fc.property(ranges(), fc.integer({ min: 1, max: 30 }), (bars, period) => {
        expect(largestDifference(atr(bars, period).values, inTwoPasses(bars, period))).toBeLessThan(1e-12);
      }),
    );
  });

  it('goes on from its state as if it had seen everything', () => {
    fc.assert(
      fc.property(ranges(), fc.double({ min: 0, max: 1, noNaN: true }), (bars, share) => {
        const cut = Math.floor(bars.close.length * share);
        const before = atr(between(bars, 0, cut));
        const after = atr(between(bars, cut), 14, throughJson(before.state));
        expect([...before.values, ...after.values]).toEqual([...atr(bars).values]);
      }),
    );
  });

  it('counts a gap over night as range', () => {
    const bars = { high: column('10 21'), low: column('9 20'), close: column('10 20') };
    expect([...atr(bars, 1).values]).toEqual([1, 11]);
  });
});

function inTwoPasses({ high, low, close }: RangeColumns, period: number): Float64Array {
  const trueRanges = high.map((top, index) => {
    const bottom = low[index] ?? 0;
    const previous = close[index - 1];
    if (previous === undefined) return top - bottom;
    return Math.max(top - bottom, Math.abs(top - previous), Math.abs(bottom - previous));
  });
  let average = trueRanges.subarray(0, period).reduce((sum, value) => sum + value, 0) / period;
  return trueRanges.map((value, index) => {
    if (index >= period) average = (average * (period - 1) + value) / period;
    return index < period - 1 ? Number.NaN : average;
  });
}

function between({ high, low, close }: RangeColumns, from: number, until?: number): RangeColumns {
  return {
    high: high.subarray(from, until),
    low: low.subarray(from, until),
    close: close.subarray(from, until),
  };
}
