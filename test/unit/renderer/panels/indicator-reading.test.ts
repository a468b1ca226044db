import { indicatorOf } from '#shared/math/indicator-parameters';
import type { IndicatorKind, LineName } from '#shared/math/indicator-set';
import { describe, expect, it } from 'vitest';
import { comparisonReading } from '../../../../renderer/panels/chart/comparison-reading.ts';
import { indicatorReading } from '../../../../renderer/panels/chart/indicator-reading.ts';

function read(kind: IndicatorKind, values: Partial<Record<LineName, number>>, decimals = 2, missing = 0) {
  const setting = {
    id: 'x',
    indicator: indicatorOf(kind),
    colour: 'blue',
    width: 1,
    isHidden: false,
  } as const;
  const lines = Object.entries(values).map(([name, value]) => ({
    name: name as LineName,
    values: Float64Array.of(value),
  }));
  return indicatorReading(setting, { lines, missing }, 0, decimals).map(({ name, text, tone }) =>
    [name, text, tone].join('|'),
  );
}

describe('indicatorReading', () => {
  it('has the precision of the symbol', () => {
    expect(read('ema', { average: 1.08345 }, 5)).toEqual(['|1.08345|blue']);
    expect(read('ema', { average: 3e-8 }, 10)).toEqual(['|0.0000000300|blue']);
    expect(read('ema', { average: 1e9 })).toEqual(['|1,000,000,000.00|blue']);
  });

  it('names the values of an indicator that has several, each in its colour', () => {
    expect(read('macd', { line: 0.4, signal: -0.5, histogram: -0.1 })).toEqual([
      'line|0.40|blue',
      'signal|−0.50|orange',
      'histogram|−0.10|down',
    ]);
    expect(read('bollinger', { middle: 2, upper: 3, lower: 1 })).toEqual([
      'middle|2.00|blue',
      'upper|3.00|blue',
      'lower|1.00|blue',
    ]);
  });

  it('finds words for differences between prices that are next to nothing', () => {
    expect(read('atr', { range: 4.354e-11 }, 10)).toEqual(['|4.35e-11|blue']);
    expect(read('macd', { line: -4e-11, signal: 0, histogram: 5e-9 }, 10)).toEqual([
      'line|−4.00e-11|blue',
      'signal|0.0000000000|orange',
      'histogram|5.00e-9|up',
    ]);
  });

  it('never writes a minus before a zero', () => {
    expect(read('macd', { line: -0.001, signal: 0, histogram: -0.001 })[0]).toBe('line|0.00|blue');
  });

  it('says a trend and a regime in words', () => {
    expect(read('trend', { state: 1 })).toEqual(['|up|up']);
    expect(read('trend', { state: -1 })).toEqual(['|down|down']);
    expect(read('trend', { state: 0 })).toEqual(['|sideways|plain']);
    expect(read('volatility', { state: 2 })).toEqual(['|high|plain']);
  });

  it('says how many bars are missing, and nothing where there is no value', () => {
    expect(read('rsi', {}, 2, 12)).toEqual(['|needs 12 more bars|plain']);
    expect(read('rsi', {}, 2, 1)).toEqual(['|needs 1 more bar|plain']);
    expect(read('rsi', { strength: Number.NaN })).toEqual(['|–|blue']);
    expect(read('trend', { state: Number.NaN })).toEqual(['|–|plain']);
    expect(read('volatility', { state: Number.NaN })).toEqual(['|–|plain']);
  });
});

describe('comparisonReading', () => {
  const gap = Number.NaN;
  const ts = Float64Array.of(0, 1, 2, 3, 4);

  it('counts the change from the first bar on the screen that has a close', () => {
    const closes = Float64Array.of(5, gap, 8, 9, 10);
    expect(comparisonReading(ts, closes, 3, 1)).toEqual({ close: 9, base: 8 });
  });

  it('has no close in a gap, but for the newest bar that of the last one there was', () => {
    const closes = Float64Array.of(5, gap, 8, gap, gap);
    expect(comparisonReading(ts, closes, 1, 0)).toEqual({ close: null, base: 5 });
    expect(comparisonReading(ts, closes, 4, 0)).toEqual({ close: 8, base: 5 });
  });

  it('has nothing where there is nothing', () => {
    const nothing = { close: null, base: null };
    expect(comparisonReading(ts, new Float64Array(5).fill(gap), 4, 0)).toEqual(nothing);
    expect(comparisonReading(new Float64Array(), new Float64Array(), -1, 0)).toEqual(nothing);
  });
});
