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
  let first = 0;
  ends.forEach((end, index) => {
    writeBar(bars, first, end, made, index);
    first = end;
  });
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

function endOfBucket(ts: Float64Array, first: number, until: number): number {
  let end = first + 1;
  while (end < ts.length && (ts[end] ?? Infinity) < until) end += 1;
  return end;
}

function writeBar(bars: Bars, first: number, end: number, target: Bars, index: number): void {
  let high = bars.high[first] ?? 0;
  let low = bars.low[first] ?? 0;
  let volume = 0;
  for (let at = first; at < end; at += 1) {
    high = Math.max(high, bars.high[at] ?? high);
    low = Math.min(low, bars.low[at] ?? low);
    volume += bars.volume[at] ?? 0;
  }
  target.open[index] = bars.open[first] ?? 0;
  target.high[index] = high;
  target.low[index] = low;
  target.close[index] = bars.close[end - 1] ?? 0;
  target.volume[index] = volume;
}
