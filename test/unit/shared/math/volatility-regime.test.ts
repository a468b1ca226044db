import { describe, expect, it } from 'vitest';
import type { RangeColumns } from '#shared/math/atr';
import { volatilityRegime, volatilityRegimes, volatilityWarmUp } from '#shared/math/volatility-regime';
import { throughJson } from '../../../helpers/series.ts';

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
