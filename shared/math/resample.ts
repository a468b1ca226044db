import { allocateBars, type Bars } from '../domain/candle.ts';

/** Half-open: the bar that an instant falls into. */
export interface Bucket {
  readonly from: number;
  readonly until: number;
}

/**
 * Bars made of shorter ones: first open, highest high, lowest low, last close, summed volume; the bucket's start
 * becomes `ts`. Buckets without a bar stay away.
 *
 * `bucketAt` is asked once for each bar made. Where buckets nest, resampling in steps gives the same bars as doing it
 * at once; volumes are summed in the order of time, so that the same input always has the same last digit.
 */
export function resampleBars(bars: Bars, bucketAt: (ts: number) => Bucket): Bars {
  const { opens, ends } = cutIntoBuckets(bars.ts, bucketAt);
  const made = allocateBars(opens.length);
  made.ts.set(opens);
  writeBars(bars, ends, made);
  return made;
}

/** Buckets of equal length, counted from 1970-01-01T00:00Z. */
export function utcBuckets(length: number): (ts: number) => Bucket {
  return (ts) => {
    const from = Math.floor(ts / length) * length;
    return { from, until: from + length };
  };
}

/** Where each bar to be made opens, and the index behind the last one that goes into it. */
function cutIntoBuckets(ts: Float64Array, bucketAt: (ts: number) => Bucket) {
  const opens: number[] = [];
  const ends: number[] = [];
  for (let first = 0; first < ts.length;) {
    const { from, until } = bucketAt(ts[first] ?? 0);
    first = endOfBucket(ts, first, until);
    opens.push(from);
    ends.push(first);
  }
  return { opens, ends };
}

/** Looks in steps that double, then halves the last one: a bucket of a day has hundreds of bars. */
function endOfBucket(ts: Float64Array, first: number, until: number): number {
  let step = 1;
  while ((ts[first + step] ?? Infinity) < until) step *= 2;
  let low = first + (step >> 1) + 1;
  let high = Math.min(first + step, ts.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ts[middle] ?? Infinity) < until) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Columns are looked up once, not for each of a million bars. */
function writeBars({ open, high, low, close, volume }: Bars, ends: readonly number[], target: Bars): void {
  let first = 0;
  for (let index = 0; index < ends.length; index += 1) {
    const end = ends[index] ?? 0;
    let highest = high[first] ?? 0;
    let lowest = low[first] ?? 0;
    let sum = 0;
    for (let at = first; at < end; at += 1) {
      const top = high[at] ?? 0;
      const bottom = low[at] ?? 0;
      if (top > highest) highest = top;
      if (bottom < lowest) lowest = bottom;
      sum += volume[at] ?? 0;
    }
    target.open[index] = open[first] ?? 0;
    target.high[index] = highest;
    target.low[index] = lowest;
    target.close[index] = close[end - 1] ?? 0;
    target.volume[index] = sum;
    first = end;
  }
}
