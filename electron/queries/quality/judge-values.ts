import {
  outlierDeviations,
  priceBound,
  smallestOutlier,
  spikeDeviations,
  volumeBound,
} from '#shared/domain/quality';
import { alignmentStep, type Timeframe } from '#shared/domain/timeframe';
import type { FindingList } from './finding-list.ts';
import { median, robustDeviation } from './robust-statistics.ts';
import type { WrittenRows } from './written-rows.ts';

/** Neighbouring bars that are compared with one another, as places [from, until). */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

export interface ValueContext {
  readonly timeframe: Timeframe;
  /** Months (years for bars of a day and longer), in order and without a gap. */
  readonly periods: readonly Stretch[];
  /** By place: whether the bar follows the one before it on one trading day. The first of a day does not. */
  readonly followsOn: Uint8Array;
}

/**
 * Judges the values of bars by the rules of `findingMeanings`. Answers which of them are not valid: 1 by place.
 */
export function judgeValues(rows: WrittenRows, context: ValueContext, list: FindingList): Uint8Array {
  const isInvalid = new Uint8Array(rows.ts.length);
  const step = alignmentStep(context.timeframe);
  for (const period of context.periods) {
    const typical = typicalOf(rows, period);
    const bars = judgeEach(rows, period, typical, step, isInvalid, list);
    judgeReturns(rows, period, context, bars, list);
  }
  return isInvalid;
}

interface Typical {
  readonly close: number;
  readonly volume: number;
}

function typicalOf({ close, volume }: WrittenRows, { from, until }: Stretch): Typical {
  return {
    close: median(close.subarray(from, until), 0, Infinity),
    volume: median(volume.subarray(from, until), 0, Infinity),
  };
}

/** Which bars of the period have prices that can be compared: 1 by place, from its first. */
function judgeEach(
  rows: WrittenRows,
  { from, until }: Stretch,
  typical: Typical,
  step: number,
  isInvalid: Uint8Array,
  list: FindingList,
): Uint8Array {
  const isSound = new Uint8Array(until - from).fill(1);
  const { ts, open, high, low, close, volume } = rows;
  // Nearly all bars are within them, and are not looked at any closer.
  const least = Number.isNaN(typical.close) ? Number.MIN_VALUE : typical.close / priceBound;
  const most = Number.isNaN(typical.close) ? Number.MAX_VALUE : typical.close * priceBound;
  const mostVolume = Number.isNaN(typical.volume) ? Number.MAX_VALUE : typical.volume * volumeBound;
  for (let index = from; index < until; index += 1) {
    const at = ts[index] ?? 0;
    const [o, h, l, c] = [open[index] ?? NaN, high[index] ?? NaN, low[index] ?? NaN, close[index] ?? NaN];
    const amount = volume[index] ?? NaN;
    const isWithin =
      o >= least &&
      h >= least &&
      l >= least &&
      c >= least &&
      o <= most &&
      h <= most &&
      l <= most &&
      c <= most;
    if (!isWithin || !(amount >= 0 && amount <= mostVolume)) {
      list.add('bounds', index, at, () =>
        boundFault({ open: o, high: h, low: l, close: c }, amount, typical),
      );
      isInvalid[index] = 1;
      isSound[index - from] = 0;
    } else if (h < o || h < c || l > o || l > c) {
      list.add('high-low', index, at, () => `open ${o}, high ${h}, low ${l}, close ${c}`);
      isInvalid[index] = 1;
    }
    if (at % step !== 0) {
      list.add('misaligned', index, at, () => `opens ${(at % step) / 1_000} s behind the grid`);
      isInvalid[index] = 1;
    }
    // Where nothing has a volume, none was recorded.
    if (amount === 0 && !Number.isNaN(typical.volume)) {
      list.add('zero-volume', index, at, () => 'volume 0');
    }
  }
  return isSound;
}

/** What is wrong with the size of a value, in a few words. */
function boundFault(prices: Readonly<Record<string, number>>, volume: number, typical: Typical): string {
  for (const [name, price] of Object.entries(prices)) {
    if (Number.isNaN(price)) return `${name} is missing`;
    if (price <= 0 || price === Infinity) return `${name} is ${price}`;
    if (price > typical.close * priceBound || price < typical.close / priceBound)
      return `${name} ${price}, where the month's median is ${typical.close}`;
  }
  if (Number.isNaN(volume)) return 'volume is missing';
  if (volume < 0 || volume === Infinity) return `volume is ${volume}`;
  return `volume ${volume}, where the month's median is ${typical.volume}`;
}

/** Looks for bars that jump, and for those that jump back: closes, and wicks that no neighbour comes near. */
function judgeReturns(
  { ts, open, high, low, close }: WrittenRows,
  { from, until }: Stretch,
  { followsOn }: ValueContext,
  isSound: Uint8Array,
  list: FindingList,
): void {
  const returns = new Float64Array(until - from).fill(Number.NaN);
  for (let index = from + 1; index < until; index += 1) {
    if (followsOn[index] === 0 || isSound[index - from] === 0 || isSound[index - 1 - from] === 0) continue;
    returns[index - from] = Math.log((close[index] ?? 1) / (close[index - 1] ?? 1));
  }
  const centre = median(returns);
  const deviation = robustDeviation(returns, centre);
  if (Number.isNaN(deviation)) return;
  const farOutlier = Math.max(outlierDeviations * deviation, smallestOutlier);
  const farSpike = Math.max(spikeDeviations * deviation, smallestOutlier);
  const reach = Math.exp(farSpike);
  let jumpedAt = -1;
  for (let index = from; index < until; index += 1) {
    const change = returns[index - from] ?? Number.NaN;
    const next = returns[index + 1 - from] ?? Number.NaN;
    const at = ts[index] ?? 0;
    const isUpAndBack =
      Math.abs(change - centre) > farSpike && Math.abs(change + next) <= Math.abs(change) * 0.25;
    if (isUpAndBack && jumpedAt !== index - 1) {
      jumpedAt = index;
      list.add('spike', index, at, () => `close ${close[index] ?? ''}: ${percent(change)} and back`);
      continue;
    }
    if (jumpedAt === index - 1 && jumpedAt >= 0) continue;
    if (Math.abs(change - centre) > farOutlier) {
      const times = Math.round(Math.abs(change - centre) / Math.max(deviation, 1e-12));
      const far = times > 9_999 ? 'more than 9,999' : String(times);
      list.add('outlier', index, at, () => `${percent(change)}, ${far} robust deviations`);
      continue;
    }
    const top = Math.max(open[index] ?? NaN, close[index] ?? NaN);
    const bottom = Math.min(open[index] ?? NaN, close[index] ?? NaN);
    const isLong = (high[index] ?? 0) > top * reach || (low[index] ?? 0) * reach < bottom;
    if (!isLong || isSound[index - from] === 0) continue;
    const wick = wickOf({ open, high, low, close }, index, from, until, followsOn);
    if (Math.abs(wick) > farSpike) {
      const price = wick > 0 ? `high ${high[index] ?? ''}` : `low ${low[index] ?? ''}`;
      list.add('spike', index, at, () => `${price}: a wick of ${percent(wick)}`);
    }
  }
}

/** The log length of a wick, signed, of which no neighbour reaches half; 0 when there is none or it has no neighbours. */
function wickOf(
  { open, high, low, close }: Pick<WrittenRows, 'open' | 'high' | 'low' | 'close'>,
  index: number,
  from: number,
  until: number,
  followsOn: Uint8Array,
): number {
  if (index === from || index + 1 >= until || followsOn[index] === 0 || followsOn[index + 1] === 0) return 0;
  const top = Math.max(open[index] ?? NaN, close[index] ?? NaN);
  const bottom = Math.min(open[index] ?? NaN, close[index] ?? NaN);
  const up = Math.log((high[index] ?? NaN) / top);
  const down = Math.log(bottom / (low[index] ?? NaN));
  const around = {
    high: Math.max(high[index - 1] ?? 0, high[index + 1] ?? 0),
    low: Math.min(low[index - 1] ?? 0, low[index + 1] ?? 0),
  };
  if (up >= down) return around.high < (high[index] ?? 0) * Math.exp(-up / 2) ? up : 0;
  return around.low > (low[index] ?? 0) * Math.exp(down / 2) ? -down : 0;
}

function percent(change: number): string {
  const value = (Math.exp(change) - 1) * 100;
  return `${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(2)} %`;
}
