import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ema } from '#shared/math/ema';
import { trendDirection, trendWarmUp } from '#shared/math/trend-direction';
import { prices, throughJson } from '../../../helpers/series.ts';

/** Rises for 150 values, then falls as long. */
const hill = Float64Array.from({ length: 300 }, (_, index) => 200 - Math.abs(index - 150));

describe('trendDirection', () => {
  it('turns from up to down after the top, with neither in between', () => {
    const { values } = trendDirection(hill);
    const turns = [...values].filter((value, index) => value !== values[index - 1]);
    expect(turns).toEqual([0, 1, 0, -1]);
    expect(values.indexOf(1)).toBe(trendWarmUp);
    expect(values.indexOf(-1)).toBeGreaterThan(150);
  });

  // No table of it is published; those of the averages it is made of are in their own tests.
  it('is where price and the average over 21 lie against the average over 50', () => {
    fc.assert(
      fc.property(prices(), (close) => {
        const [fast, slow] = [ema(close, 21).values, ema(close, 50).values];
        const sides = Array.from(close, (price, index) =>
          [price, fast[index]!].map((value) => Math.sign(value - slow[index]!)),
        );
        const wanted = sides.map(([a, b]) => (a === b && !Number.isNaN(a) ? a! : 0));
        expect([...trendDirection(close).values]).toEqual(wanted);
      }),
    );
  });

  it('is neither where price stands still', () => {
    expect(new Set(trendDirection(new Float64Array(100).fill(5)).values)).toEqual(new Set([0]));
  });

  it('goes on from its state as if it had seen everything', () => {
    const before = trendDirection(hill.subarray(0, 170));
    const after = trendDirection(hill.subarray(170), throughJson(before.state));
    expect([...before.values, ...after.values]).toEqual([...trendDirection(hill).values]);
  });
});
