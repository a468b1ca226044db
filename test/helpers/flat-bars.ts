import { packBars, unpackBars, type Bars } from '#shared/domain/candle';

/** Bars at these times, all at one price. */
export function flatBars(ts: readonly number[], price = 100): Bars {
  const same = Float64Array.from(ts, () => price);
  const times = Float64Array.from(ts);
  return unpackBars(packBars({ ts: times, open: same, high: same, low: same, close: same, volume: same }));
}

/** So many bars, one `step` apart. */
export function evenBars(count: number, step: number, from = 0): Bars {
  return flatBars(Array.from({ length: count }, (_, index) => from + index * step));
}
