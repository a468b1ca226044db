import { valueAt, type DetectionSeries } from './detection-series.ts';

/** A straight line between two points of time and price. */
export interface Line {
  readonly t0: number;
  readonly p0: number;
  readonly t1: number;
  readonly p1: number;
}

/** A fast move: bars `first` to `last`. Prices are mirrored for a bear, so that every pole goes up. */
export interface Pole {
  readonly sign: 1 | -1;
  readonly first: number;
  readonly last: number;
  readonly foot: number;
  readonly top: number;
}

/** Parallel boundaries of the bars after a pole, mirrored like it: value at bar `pole.last + 1`, and slope per bar. */
export interface Channel {
  readonly upper: number;
  readonly lower: number;
  readonly slope: number;
}

const [shortestPole, longestPole] = [3, 9];
/** Bars of consolidation that make a flag of a pole. */
export const firstBars = 4;

/** A bar as a bull sees it: upside down for a bear. */
export function mirrored({ bars }: DetectionSeries, index: number, sign: 1 | -1) {
  const [top, bottom] = sign === 1 ? [bars.high, bars.low] : [bars.low, bars.high];
  return {
    open: sign * valueAt(bars.open, index),
    high: sign * valueAt(top, index),
    low: sign * valueAt(bottom, index),
    close: sign * valueAt(bars.close, index),
  };
}

/** The tallest pole that ends at a bar, if one stands out by `minHeight` average true ranges. */
export function findPole(
  series: DetectionSeries,
  last: number,
  sign: 1 | -1,
  minHeight: number,
): Pole | null {
  let best: Pole | null = null;
  for (let length = shortestPole; length <= longestPole; length += 1) {
    const first = last - length + 1;
    if (first < 1 || !isContiguous(series, first, last)) break;
    const foot = mirrored(series, first, sign).low;
    const top = mirrored(series, last, sign).high;
    const isTall = top - foot >= minHeight * valueAt(series.range, first - 1);
    if (!isTall || (best !== null && top - foot <= best.top - best.foot)) continue;
    if (isStraight(series, first, last, sign, foot, top)) best = { sign, first, last, foot, top };
  }
  return best;
}

/** Whether the bars after a pole have stayed in its upper half without going on. */
export function isConsolidating(series: DetectionSeries, pole: Pole, index: number): boolean {
  const height = pole.top - pole.foot;
  for (let at = pole.last + 1; at <= index; at += 1) {
    const { high, low } = mirrored(series, at, pole.sign);
    if (high > pole.top + 0.05 * height || low < pole.top - 0.5 * height) return false;
  }
  return (
    mirrored(series, index, pole.sign).close < pole.top - 0.08 * height &&
    isContiguous(series, pole.first, index)
  );
}

/** The tightest parallel lines around the bars from the end of the pole up to `index`, level or leaning against it. */
export function fitChannel(series: DetectionSeries, pole: Pole, index: number): Channel {
  const start = pole.last + 1;
  const count = index - start + 1;
  const bars = Array.from({ length: count }, (_, at) => mirrored(series, start + at, pole.sign));
  const height = pole.top - pole.foot;
  const slope = Math.max(
    -0.04 * height,
    Math.min(0.01 * height, slopeOf(bars.map(({ high, low }) => (high + low) / 2))),
  );
  return {
    slope,
    upper: Math.max(...bars.map(({ high }, at) => high - slope * at)),
    lower: Math.min(...bars.map(({ low }, at) => low - slope * at)),
  };
}

/** A boundary from the first bar after the pole up to the end of bar `index`, in real prices. */
export function boundary(
  series: DetectionSeries,
  pole: Pole,
  channel: Channel,
  edge: 'upper' | 'lower',
  index: number,
): Line {
  const start = pole.last + 1;
  const value = channel[edge];
  return {
    t0: valueAt(series.bars.ts, start),
    p0: pole.sign * value,
    t1: valueAt(series.bars.ts, index),
    p1: pole.sign * (value + channel.slope * (index - start)),
  };
}

function isStraight(
  series: DetectionSeries,
  first: number,
  last: number,
  sign: 1 | -1,
  foot: number,
  top: number,
): boolean {
  let travelled = 0;
  let previous = mirrored(series, first, sign).open;
  const start = previous;
  for (let at = first; at <= last; at += 1) {
    const { high, low, close } = mirrored(series, at, sign);
    if (high > top || low < foot) return false;
    travelled += Math.abs(close - previous);
    previous = close;
  }
  return travelled > 0 && (previous - start) / travelled >= 0.72;
}

/** A thin market may leave out a bar or two. */
function isContiguous({ bars, length }: DetectionSeries, first: number, last: number): boolean {
  return valueAt(bars.ts, last) - valueAt(bars.ts, first) <= (last - first + 2) * length;
}

/** Least squares over equal steps. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [above, below] = [0, 0];
  values.forEach((value, at) => {
    above += (at - middle) * (value - mean);
    below += (at - middle) * (at - middle);
  });
  return below === 0 ? 0 : above / below;
}
