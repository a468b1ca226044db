import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rsi, rsiWarmUp } from '#shared/math/rsi';
import {
  column,
  cutInTwo,
  largestDifference,
  prices,
  rounded,
  throughJson,
} from '../../../helpers/series.ts';

describe('rsi', () => {
  it('gives the values of the QQQQ table in StockCharts ChartSchool, "Relative Strength Index"', () => {
    const close = column(`
      44.3389 44.0902 44.1497 43.6124 44.3278 44.8264 45.0955 45.4245 45.8433 46.0826 45.8931
      46.0328 45.6140 46.2820 46.2820 46.0028 46.0328 46.4116 46.2222 45.6439 46.2122 46.2521
      45.7137 46.4515 45.7835 45.3548 44.0288 44.1783 44.2181 44.5672 43.4205 42.6628 43.1314`);
    expect(rounded(rsi(close).values, 2)).toEqual([
      70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87,
      45.46, 37.3, 33.08, 37.77,
    ]);
  });

  it('agrees with averages taken apart from one another', () => {
    fc.assert(
      fc.property(prices(), fc.integer({ min: 2, max: 30 }), (close, period) => {
        expect(largestDifference(rsi(close, period).values, apart(close, period))).toBeLessThan(1e-12);
      }),
    );
  });

  it('goes on from its state as if it had seen everything', () => {
    fc.assert(
      fc.property(prices(), fc.double({ min: 0, max: 1, noNaN: true }), (close, share) => {
        const [first, second] = cutInTwo(close, share);
        const before = rsi(first);
        const after = rsi(second, 14, throughJson(before.state));
        expect([...before.values, ...after.values]).toEqual([...rsi(close).values]);
      }),
    );
  });

  it('is 100 when all rises, 0 when all falls and 50 when nothing moves', () => {
    const [rising, falling, still] = [1, -1, 0].map((step) =>
      Float64Array.from({ length: 20 }, (_, index) => 50 + step * index),
    );
    expect([rising, falling, still].map((values) => rsi(values ?? column('1')).values.at(-1))).toEqual([
      100, 0, 50,
    ]);
  });

  it('has its first value after the warm-up', () => {
    const { values } = rsi(Float64Array.from({ length: 30 }, (_, index) => index % 3));
    expect(values.findIndex((value) => !Number.isNaN(value))).toBe(rsiWarmUp(14));
  });
});

function apart(close: Float64Array, period: number): Float64Array {
  const changes = close.subarray(1).map((value, index) => value - (close[index] ?? 0));
  const gains = wilder(
    changes.map((change) => Math.max(change, 0)),
    period,
  );
  const losses = wilder(
    changes.map((change) => Math.max(-change, 0)),
    period,
  );
  return close.map((_, index) => {
    const [gain, loss] = [gains[index - 1] ?? Number.NaN, losses[index - 1] ?? Number.NaN];
    if (gain + loss === 0) return 50;
    return loss === 0 ? 100 : 100 - 100 / (1 + gain / loss);
  });
}

function wilder(values: Float64Array, period: number): Float64Array {
  let average = values.subarray(0, period).reduce((sum, value) => sum + value, 0) / period;
  return values.map((value, index) => {
    if (index >= period) average = (average * (period - 1) + value) / period;
    return index < period - 1 ? Number.NaN : average;
  });
}
