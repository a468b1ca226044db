import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bollinger, bollingerWarmUp } from '#shared/math/bollinger';
import { column, cutInTwo, prices, throughJson } from '../../../helpers/series.ts';

describe('bollinger', () => {
  it('gives the values of the table in StockCharts ChartSchool, "Bollinger Bands"', () => {
    const close = column(`
      86.16 89.09 88.78 90.32 89.07 91.15 89.44 89.18 86.93 87.68 86.96 89.43
      89.32 88.72 87.45 87.26 89.50 87.90 89.13 90.70 92.90 92.98 91.80 92.66`);
    const { middle, upper, lower } = bollinger(close);
    const published = [
      [88.71, 91.29, 86.12],
      [89.05, 91.95, 86.14],
      [89.24, 92.61, 85.87],
      [89.39, 92.93, 85.85],
      [89.51, 93.31, 85.7],
    ];
    published.forEach(([centre = 0, top = 0, bottom = 0], index) => {
      // The table was made of closes with more digits than it shows.
      const at = bollingerWarmUp(20) + index;
      expect(Math.abs((middle[at] ?? 0) - centre)).toBeLessThan(0.011);
      expect(Math.abs((upper[at] ?? 0) - top)).toBeLessThan(0.011);
      expect(Math.abs((lower[at] ?? 0) - bottom)).toBeLessThan(0.011);
    });
  });

  it('keeps its digits where prices are large and hardly move', () => {
    const close = Float64Array.from({ length: 40 }, (_, index) => 1e9 + (index % 2));
    const { upper, middle } = bollinger(close);
    expect((upper.at(-1) ?? 0) - (middle.at(-1) ?? 0)).toBeCloseTo(1, 6);
  });

  it('does not depend on what was before its window', () => {
    const close = Float64Array.from({ length: 100 }, (_, index) => 50 + Math.sin(index));
    expect(bollinger(close.subarray(80)).upper.at(-1)).toBe(bollinger(close).upper.at(-1));
  });

  it('goes on from its state as if it had seen everything', () => {
    fc.assert(
      fc.property(prices(100), fc.double({ min: 0, max: 1, noNaN: true }), (close, share) => {
        const [first, second] = cutInTwo(close, share);
        const before = bollinger(first);
        const after = bollinger(second, 20, 2, throughJson(before.state));
        expect([...before.upper, ...after.upper]).toEqual([...bollinger(close).upper]);
      }),
    );
  });
});
