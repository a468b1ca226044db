import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, robustDeviation } from '../../../../../electron/queries/quality/robust-statistics.ts';

const sortedMedian = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

describe('median', () => {
  it('is the middle of what is sorted', () => {
    const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, (given) => {
        expect(median(Float64Array.from(given))).toBeCloseTo(sortedMedian(given)!, 9);
      }),
    );
  });

  it('leaves out what is no number, and is none of nothing', () => {
    expect(median(Float64Array.of(Number.NaN, 3, Number.NaN, 1))).toBe(2);
    expect(median(new Float64Array(0))).toBeNaN();
  });

  it('leaves its argument as it is', () => {
    const values = Float64Array.of(3, 1, 2);
    median(values);
    expect([...values]).toEqual([3, 1, 2]);
  });
});

describe('robustDeviation', () => {
  it('does not see a single extreme', () => {
    expect(robustDeviation(Float64Array.of(1, 2, 3, 4, 5))).toBeCloseTo(1.4826);
    expect(robustDeviation(Float64Array.of(1, 2, 3, 4, 1e9))).toBeCloseTo(1.4826);
  });
});
