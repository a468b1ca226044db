import { indicatorSeries, type Indicator } from '#shared/math/indicator-set';
import type { Bars } from '#shared/domain/candle';
import { largestDifference } from '../../helpers/series.ts';
import type { Bench } from '../bench.ts';
import { millionBars } from '../stores/minute-bars.ts';
import { sampleByTurns } from '../timing.ts';

const indicators: readonly Indicator[] = [
  { kind: 'ema', period: 21 },
  { kind: 'bollinger', period: 20, deviations: 2 },
  { kind: 'rsi', period: 14 },
  { kind: 'macd', fast: 12, slow: 26, signal: 9 },
  { kind: 'atr', period: 14 },
];

const lines = (bars: Bars) =>
  indicators.map((indicator) => indicatorSeries(indicator, bars).lines[0]?.values ?? new Float64Array(0));

/** The same lines as a textbook has them: first what is to be averaged as a list, then its averages. */
function inTwoPasses(bars: Bars): readonly Float64Array[] {
  const [close, high, low] = [[...bars.close], [...bars.high], [...bars.low]];
  const changes = close.slice(1).map((value, index) => value - (close[index] ?? 0));
  const [gains, losses] = [1, -1].map((side) => changes.map((change) => Math.max(0, side * change)));
  const [gain, loss] = [gains, losses].map((list) => averaged(list ?? [], 14, 1 / 14));
  const ranges = close.map((_, index) => {
    const before = close[index - 1] ?? close[0] ?? 0;
    return index === 0
      ? (high[0] ?? 0) - (low[0] ?? 0)
      : Math.max(high[index] ?? 0, before) - Math.min(low[index] ?? 0, before);
  });
  const [fast, slow] = [12, 26].map((period) => averaged(close, period, 2 / (period + 1)));
  const line = close.map((_, index) => (fast?.[index] ?? 0) - (slow?.[index] ?? 0));
  const signal = averaged(line.slice(25), 9, 2 / 10);
  return [
    averaged(close, 21, 2 / 22),
    close.map((_, index) =>
      index < 19 ? Number.NaN : close.slice(index - 19, index + 1).reduce((sum, value) => sum + value) / 20,
    ),
    [
      Number.NaN,
      ...changes.map((_, index) => {
        const [up, down] = [gain?.[index] ?? 0, loss?.[index] ?? 0];
        return up + down === 0 ? 50 : (100 * up) / (up + down);
      }),
    ],
    line.map((value, index) => value - (signal[index - 25] ?? Number.NaN)),
    averaged(ranges, 14, 1 / 14),
  ].map((list) => Float64Array.from(list));
}

/** The mean of the first values, then each value with its weight. */
function averaged(values: readonly number[], period: number, weight: number): number[] {
  let average = values.slice(0, period).reduce((sum, value) => sum + value, 0) / period;
  return values.map((value, index) => {
    if (index >= period) average = weight * value + (1 - weight) * average;
    return index < period - 1 ? Number.NaN : average;
  });
}

const fiveIndicators: Bench = {
  name: 'five-indicators',
  async run() {
    const bars = millionBars();
    const [ours, theirs] = [lines(bars), inTwoPasses(bars)];
    for (const [index, { kind }] of indicators.entries()) {
      const apart = largestDifference(
        ours[index] ?? new Float64Array(0),
        theirs[index] ?? new Float64Array(0),
      );
      if (!(apart < 1e-12)) throw new Error(`${kind} is ${apart} away from its reference`);
    }
    const took = await sampleByTurns(
      9,
      () => lines(bars),
      () => inTwoPasses(bars),
    );
    return [
      {
        ...{ name: 'five-indicators', ours: took.ours.p50, plain: took.plain.p50 },
        ...{ p50: took.ours.p50, p99: took.ours.p99, unit: 'ms' },
        note: 'EMA, Bollinger, RSI, MACD and ATR of a million bars; plain: lists first, averages after, within 1e-12 of ours',
      },
    ];
  },
};

export const indicatorBenches: readonly Bench[] = [fiveIndicators];
