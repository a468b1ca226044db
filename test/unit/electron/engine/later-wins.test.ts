import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laterWins } from '../../../../electron/engine/later-wins.ts';

describe('laterWins', () => {
  it('has nothing to say about rows that are in order', () => {
    expect(laterWins(Float64Array.of(1, 2, 5))).toBeNull();
    expect(laterWins(new Float64Array(0))).toBeNull();
  });

  it('puts runs in order, whichever comes first', () => {
    expect(placesOf([4, 5, 1, 2])).toEqual([2, 3, 0, 1]);
    expect(placesOf([1, 4, 2, 3])).toEqual([0, 2, 3, 1]);
  });

  it('keeps the last of several rows of one time', () => {
    expect(placesOf([1, 2, 1, 2])).toEqual([2, 3]);
    expect(placesOf([7, 7, 7])).toEqual([2]);
    expect(placesOf([1, 2, 3, 2, 9, 2])).toEqual([0, 5, 2, 4]);
  });

  it('says the same as a sort that keeps equal ones in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 }), (times) => {
        const last = new Map(times.map((ts, index) => [ts, index]));
        const expected = [...last].sort(([a], [b]) => a - b).map(([, index]) => index);
        expect(placesOf(times)).toEqual(expected);
      }),
    );
  });
});

function placesOf(times: readonly number[]): number[] {
  const places = laterWins(Float64Array.from(times));
  return places === null ? times.map((_, index) => index) : [...places];
}
