import { allocateBars, barsBetween, type Bars } from '#shared/domain/candle';
import { bollinger } from '#shared/math/bollinger';
import { ema } from '#shared/math/ema';
import {
  indicatorOf,
  indicatorKinds,
  indicatorParameters,
  mostSettling,
  parameterFaults,
} from '#shared/math/indicator-parameters';
import {
  indicatorSeries,
  indicatorSettling,
  indicatorWarmUp,
  type Indicator,
} from '#shared/math/indicator-set';
import { describe, expect, it } from 'vitest';
import { largestDifference } from '../../../helpers/series.ts';

/** A market that wanders: waves of several lengths, so that no average settles by luck. */
function market(count: number, price = 100): Bars {
  const bars = allocateBars(count);
  const at = (index: number) =>
    price * (1 + 0.1 * Math.sin(index / 90) + 0.02 * Math.sin(index / 7) + 0.01 * Math.sin(index * 1.7));
  for (let index = 0; index < count; index += 1) {
    bars.ts[index] = index * 60_000;
    bars.open[index] = at(index - 1);
    bars.close[index] = at(index);
    bars.high[index] = Math.max(at(index), at(index - 1)) * 1.001;
    bars.low[index] = Math.min(at(index), at(index - 1)) * 0.999;
  }
  return bars;
}

const usual: readonly Indicator[] = [
  ...[9, 21, 50, 200].map((period) => indicatorOf('ema', { period })),
  ...indicatorKinds.filter((kind) => kind !== 'ema').map((kind) => indicatorOf(kind)),
];
const nameOf = (indicator: Indicator) => JSON.stringify(indicator);

describe.each(usual.map((indicator) => ({ name: nameOf(indicator), indicator })))(
  'indicatorSeries of $name',
  ({ indicator }) => {
    const windowLength = 300;

    it('has the same values in a window as from the first bar on', () => {
      const bars = market(indicatorSettling(indicator) + windowLength + 700);
      const start = bars.ts.length - windowLength;
      const leadIn = indicatorSettling(indicator);
      const whole = indicatorSeries(indicator, bars, start);
      const near = indicatorSeries(indicator, barsBetween(bars, start - leadIn, bars.ts.length), leadIn);
      whole.lines.forEach(({ values }, index) => {
        // A line that swings round zero is right to a part in 10^12 of the prices it is made of.
        expect(largestDifference(near.lines[index]!.values, values)).toBeLessThan(1e-9);
        expect(values).toHaveLength(windowLength);
      });
    });

    it('has its first value after the warm-up, and says how many bars are missing until then', () => {
      const warmUp = indicatorWarmUp(indicator);
      const before = indicatorSeries(indicator, market(warmUp));
      const after = indicatorSeries(indicator, market(warmUp + 1));
      expect(before.missing).toBe(1);
      // The line of MACD comes before its signal does.
      expect(before.lines.some(({ values }) => values.length > 0 && !Number.isNaN(values.at(-1)))).toBe(
        indicator.kind === 'macd',
      );
      expect(after.missing).toBe(0);
      expect(after.lines.every(({ values }) => !Number.isNaN(values.at(-1)))).toBe(true);
    });

    it('passes over a bar without prices and goes on behind it', () => {
      const whole = market(indicatorWarmUp(indicator) + 60);
      const hole = whole.ts.length - 20;
      const holed = { ...whole, close: whole.close.with(hole, Number.NaN) };
      const { lines } = indicatorSeries(indicator, holed);
      for (const { values } of lines) {
        expect(values[hole]).toBeNaN();
        expect(values[hole + 1]).not.toBeNaN();
      }
    });

    it.each([1e-8, 1e9])('takes prices of %f', (price) => {
      const { lines } = indicatorSeries(indicator, market(indicatorWarmUp(indicator) + 50, price));
      expect(lines.every(({ values }) => Number.isFinite(values.at(-1)))).toBe(true);
    });

    it('has nothing to say of no bars and of one', () => {
      expect(indicatorSeries(indicator, market(0)).lines.every(({ values }) => values.length === 0)).toBe(
        true,
      );
      expect(indicatorSeries(indicator, market(1)).missing).toBe(indicatorWarmUp(indicator));
    });
  },
);

describe('indicatorSeries', () => {
  it('is what the indicators themselves give', () => {
    const bars = market(400);
    expect(indicatorSeries({ kind: 'ema', period: 9 }, bars).lines[0]!.values).toEqual(
      ema(bars.close, 9).values,
    );
    expect(
      indicatorSeries({ kind: 'bollinger', period: 20, deviations: 2 }, bars).lines.map(({ name }) => name),
    ).toEqual(['middle', 'upper', 'lower']);
    expect(indicatorSeries({ kind: 'bollinger', period: 20, deviations: 3 }, bars).lines[1]!.values).toEqual(
      bollinger(bars.close, 20, 3).upper,
    );
  });
});

describe('indicatorParameters', () => {
  it.each(indicatorKinds)('of %s are usual ones by themselves', (kind) => {
    expect(parameterFaults(indicatorOf(kind))).toEqual({});
  });

  it.each(indicatorKinds)('of %s never ask for more bars than one question brings', (kind) => {
    const largest = Object.fromEntries(indicatorParameters[kind].map(({ name, max }) => [name, max]));
    expect(indicatorSettling(indicatorOf(kind, largest))).toBeLessThanOrEqual(mostSettling);
  });

  it('say what is wrong, and with which', () => {
    expect(parameterFaults({ kind: 'ema', period: 0 })).toEqual({ period: 'Period must be from 1 to 500' });
    expect(parameterFaults({ kind: 'rsi', period: 2.5 })).toEqual({
      period: 'Period must be a whole number',
    });
    expect(parameterFaults({ kind: 'atr', period: Number.NaN })).toEqual({
      period: 'Period must be from 1 to 300',
    });
    expect(parameterFaults({ kind: 'macd', fast: 26, slow: 26, signal: 9 })).toEqual({
      fast: 'Fast must be shorter than slow',
    });
  });
});
