import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atr, atrWarmUp, type RangeColumns } from '#shared/math/atr';
import { ema } from '#shared/math/ema';
import { volatilityRegime, volatilityRegimes, volatilityWarmUp } from '#shared/math/volatility-regime';
import { ranges, throughJson } from '../../../helpers/series.ts';

describe('volatilityRegime', () => {
  const widths = [
    ...Array<number>(200).fill(1),
    ...Array<number>(40).fill(3),
    ...Array<number>(200).fill(0.4),
  ];
  const bars = barsOf(widths);

  it('calls bars high that are far wider than usual, and low that are far narrower', () => {
    const { values } = volatilityRegime(bars);
    const named = [199, 215, 300].map((index) => volatilityRegimes[values[index] ?? -1]);
    expect(named).toEqual(['normal', 'high', 'low']);
  });

  // No table of it is published; those of the averages it is made of are in their own tests.
  it('is the average true range, as a share of price, against its average over 100', () => {
    fc.assert(
      fc.property(ranges(), (walk) => {
        const shares = atr(walk).values.map((range, index) => range / walk.close[index]!);
        const usual = ema(shares.subarray(atrWarmUp(14)), 100).values;
        const wanted = Array.from(shares, (share, index) => {
          const ratio = share / (usual[index - atrWarmUp(14)] ?? Number.NaN);
          return Number.isNaN(ratio) ? -1 : ratio < 0.75 ? 0 : ratio > 1.4 ? 2 : 1;
        });
        expect([...volatilityRegime(walk).values]).toEqual(wanted);
      }),
    );
  });

  it('says nothing while warming up', () => {
    const { values } = volatilityRegime(bars);
    expect(values.findIndex((value) => value !== -1)).toBe(volatilityWarmUp);
  });

  it.each([0, 5, 60, 150, 440])(
    'goes on from its state after %d bars as if it had seen everything',
    (cut) => {
      const before = volatilityRegime(barsOf(widths.slice(0, cut)));
      const after = volatilityRegime(barsOf(widths.slice(cut)), throughJson(before.state));
      expect([...before.values, ...after.values]).toEqual([...volatilityRegime(bars).values]);
    },
  );
});

/** Bars around 100, each as wide as told. */
function barsOf(widths: readonly number[]): RangeColumns {
  return {
    high: Float64Array.from(widths, (width) => 100 + width / 2),
    low: Float64Array.from(widths, (width) => 100 - width / 2),
    close: new Float64Array(widths.length).fill(100),
  };
}
