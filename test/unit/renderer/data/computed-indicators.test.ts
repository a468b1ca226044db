import { barsBetween } from '#shared/domain/candle';
import { indicatorOf } from '#shared/math/indicator-parameters';
import { indicatorSeries, indicatorSettling } from '#shared/math/indicator-set';
import { MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import type { BarWindow } from '../../../../renderer/data/bar-window.ts';
import { computedIndicators } from '../../../../renderer/data/computed-indicators.ts';
import {
  freeColour,
  freeIndicatorId,
  indicatorName,
  leadInOf,
  type IndicatorSetting,
} from '../../../../renderer/data/indicator-setting.ts';
import { evenBars } from '../../../helpers/flat-bars.ts';

const series = (() => {
  const bars = evenBars(2_000, MINUTE);
  return { ...bars, close: bars.close.map((_, index) => 100 + 10 * Math.sin(index / 30)) };
})();

const average = (period: number, change: Partial<IndicatorSetting> = {}): IndicatorSetting => ({
  id: `ema-${period}`,
  indicator: indicatorOf('ema', { period }),
  colour: 'blue',
  width: 1,
  isHidden: false,
  ...change,
});

/** Bars `start` to `end` of the series, with so many before them. */
function window(start: number, end: number, leadIn: number): BarWindow {
  return {
    bars: barsBetween(series, start, end),
    leadIn: barsBetween(series, Math.max(0, start - leadIn), start),
    extent: { first: series.ts[0], last: series.ts[1_999] },
  } as unknown as BarWindow;
}

const valuesOf = (shown: BarWindow, setting: IndicatorSetting) =>
  computedIndicators(shown, [setting]).map((each) => each.series.lines[0]!.values);

describe('computedIndicators', () => {
  it('have at the left edge of a window what they have from the first bar on', () => {
    const settling = indicatorSettling(average(21).indicator);
    const [values] = valuesOf(window(1_500, 1_600, settling), average(21));
    const whole = indicatorSeries(average(21).indicator, series).lines[0]!.values;
    expect(values![0]).toBeCloseTo(whole[1_500]!, 9);
    expect(values).toHaveLength(100);
  });

  it('wait for the bars that they settle on, and take all there are at the beginning of the series', () => {
    expect(valuesOf(window(1_500, 1_600, 50), average(21))).toEqual([]);
    expect(valuesOf(window(30, 130, 5_000), average(21))).toHaveLength(1);
  });

  it('leave out what is hidden', () => {
    expect(valuesOf(window(0, 100, 0), average(9, { isHidden: true }))).toEqual([]);
  });

  it('say how many bars are missing when there are too few', () => {
    const [only] = computedIndicators(window(0, 12, 0), [average(21)]);
    expect(only!.series.missing).toBe(9);
  });

  it('are computed once for each window', () => {
    const shown = window(0, 100, 0);
    const [first] = valuesOf(shown, average(9));
    expect(valuesOf(shown, average(9, { colour: 'red' }))[0]).toBe(first);
    expect(valuesOf(window(0, 100, 0), average(9))[0]).not.toBe(first);
  });
});

describe('leadInOf', () => {
  it('is what the slowest of those that are shown needs', () => {
    const needs = (period: number) => indicatorSettling(average(period).indicator);
    expect(leadInOf([])).toBe(0);
    expect(leadInOf([average(9), average(50)])).toBe(needs(50));
    expect(leadInOf([average(9), average(50, { isHidden: true })])).toBe(needs(9));
  });
});

describe('indicatorName', () => {
  it('has the parameters in it', () => {
    expect(indicatorName(indicatorOf('macd'))).toBe('MACD 12 26 9');
    expect(indicatorName(indicatorOf('bollinger', { deviations: 2.5 }))).toBe('BB 20 2.5');
    expect(indicatorName({ kind: 'trend' })).toBe('Trend');
  });
});

describe('freeIndicatorId and freeColour', () => {
  it('take what nobody has', () => {
    const taken = [average(9, { id: 'ema-1' }), average(21, { id: 'ema-3', colour: 'orange' })];
    expect(freeIndicatorId('ema', taken)).toBe('ema-2');
    expect(freeColour(taken)).toBe('violet');
    expect(freeColour(taken, ['blue', 'red'])).toBe('red');
  });

  it('begin again when every colour is taken', () => {
    expect(freeColour([{ colour: 'blue' }, { colour: 'red' }], ['blue', 'red'])).toBe('blue');
  });
});
