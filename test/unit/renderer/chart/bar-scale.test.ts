import { MINUTE } from '#shared/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barAt, logicalAt, timeAt, type BarScale } from '../../../../renderer/chart/bar-scale.ts';
import { barsFromSketch } from '../../../helpers/sketch.ts';

// Bars at minutes 0, 1, 4 and 5; minutes 2 and 3 are a gap.
const { ts } = barsFromSketch('XX  XX');
const scale: BarScale = { ts, barLength: MINUTE };

describe('logicalAt', () => {
  it('puts the open of a bar on the bar', () => {
    expect([0, 1, 4, 5].map((minute) => logicalAt(scale, minute * MINUTE))).toEqual([0, 1, 2, 3]);
  });

  it('puts the middle of a bar between it and the next', () => {
    expect(logicalAt(scale, 0.5 * MINUTE)).toBe(0.5);
  });

  it('puts everything in a gap on the bar after it', () => {
    expect([2, 3, 3.9].map((minute) => logicalAt(scale, minute * MINUTE))).toEqual([2, 2, 2]);
  });

  it('goes on beyond both ends at one bar per bar length', () => {
    expect([-2, 7].map((minute) => logicalAt(scale, minute * MINUTE))).toEqual([-2, 5]);
  });

  it('answers 0 where there are no bars', () => {
    expect(logicalAt({ ts: [], barLength: MINUTE }, 12345)).toBe(0);
  });

  it('never runs backwards', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        gaps,
        fc.integer({ min: -50, max: 400 }),
        fc.integer({ min: 0, max: 400 }),
        (steps, at, more) => {
          let time = 0;
          const bars = { ts: steps.map((step) => (time += step * 10)), barLength: 10 };
          expect(logicalAt(bars, at + more)).toBeGreaterThanOrEqual(logicalAt(bars, at));
        },
      ),
    );
  });
});

describe('timeAt', () => {
  it('is the other way round from logicalAt for times that bars hold', () => {
    const minutes = [-3, 0, 0.25, 1, 1.5, 4, 4.75, 5, 9];
    expect(minutes.map((minute) => timeAt(scale, logicalAt(scale, minute * MINUTE)) / MINUTE)).toEqual(
      minutes,
    );
  });
});

describe('barAt', () => {
  it('finds the bar that holds an instant', () => {
    expect(barAt(scale, 1.9 * MINUTE)).toBe(1);
  });

  it('takes the next bar for an instant in a gap', () => {
    expect(barAt(scale, 2.5 * MINUTE)).toBe(2);
  });
});
