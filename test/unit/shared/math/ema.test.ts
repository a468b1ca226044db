import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ema, emaSettling, emaWarmUp } from '#shared/math/ema';
import {
  column,
  cutInTwo,
  largestDifference,
  prices,
  rounded,
  throughJson,
} from '../../../helpers/series.ts';

describe('ema', () => {
  it('gives the values of the 10-day table in StockCharts ChartSchool, "Moving Averages"', () => {
    const close = column(`
      22.27 22.19 22.08 22.17 22.18 22.13 22.23 22.43 22.24 22.29 22.15 22.39 22.38 22.61 23.36
      24.05 23.75 23.83 23.95 23.63 23.82 23.87 23.65 23.19 23.10 23.33 22.68 23.10 22.40 22.17`);
    expect(rounded(ema(close, 10).values, 2)).toEqual([
      22.22, 22.21, 22.24, 22.27, 22.33, 22.52, 22.8, 22.97, 23.13, 23.28, 23.34, 23.43, 23.51, 23.53, 23.47,
      23.4, 23.39, 23.26, 23.23, 23.08, 22.92,
    ]);
  });

  it('agrees with the weights written out', () => {
    fc.assert(
      fc.property(prices(150), fc.integer({ min: 1, max: 30 }), (close, period) => {
        expect(largestDifference(ema(close, period).values, writtenOut(close, period))).toBeLessThan(1e-12);
      }),
    );
  });

  it('goes on from its state as if it had seen everything, also after a trip through JSON', () => {
    fc.assert(
      fc.property(
        prices(),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (close, period, share) => {
          const [first, second] = cutInTwo(close, share);
          const before = ema(first, period);
          const after = ema(second, period, throughJson(before.state));
          expect([...before.values, ...after.values]).toEqual([...ema(close, period).values]);
        },
      ),
    );
  });

  it.each([9, 21, 50, 200])('over %d forgets where it began once it has settled', (period) => {
    const close = Float64Array.from(
      { length: emaSettling(period) + 500 },
      (_, index) => 100 + 10 * Math.sin(index / 40),
    );
    const late = ema(close.subarray(500), period).values.at(-1) ?? Number.NaN;
    expect(Math.abs(late / (ema(close, period).values.at(-1) ?? Number.NaN) - 1)).toBeLessThan(1e-12);
  });

  it('has its first value after the warm-up', () => {
    const { values } = ema(new Float64Array(30).fill(7), 10);
    expect(values.findIndex((value) => !Number.isNaN(value))).toBe(emaWarmUp(10));
  });

  it('refuses the state of another period', () => {
    expect(() => ema(column('1 2'), 3, ema(column('1 2'), 2).state)).toThrow('over 2 cannot go on over 3');
  });
});

/** Each average from scratch: the seed and every later value with its own weight. */
function writtenOut(close: Float64Array, period: number): Float64Array {
  const weight = 2 / (period + 1);
  return close.map((_, index) => {
    const later = index - period + 1;
    if (later < 0) return Number.NaN;
    const seed = close.subarray(0, period).reduce((sum, value) => sum + value, 0) / period;
    let total = seed * (1 - weight) ** later;
    for (let age = 0; age < later; age += 1)
      total += weight * (1 - weight) ** age * (close[index - age] ?? 0);
    return total;
  });
}
