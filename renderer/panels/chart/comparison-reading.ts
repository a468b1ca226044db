import { lowerBound } from '#shared/domain/candle';

/** What a compared symbol did by a bar: its close there, and the change since the first bar on the screen. */
export interface ComparisonReading {
  readonly close: number | null;
  /** The close that the change is counted from. */
  readonly base: number | null;
}

/** Reads closes at a bar. Where there is a gap, the close before it still holds for the newest bar, and no other. */
export function comparisonReading(
  ts: Float64Array,
  closes: Float64Array,
  bar: number,
  screenFrom: number,
): ComparisonReading {
  const isNewest = bar === ts.length - 1;
  let at = bar;
  while (isNewest && at >= 0 && !Number.isFinite(closes[at] ?? Number.NaN)) at -= 1;
  const close = closes[at] ?? Number.NaN;
  let first = lowerBound(ts, screenFrom);
  while (first < closes.length && !Number.isFinite(closes[first] ?? Number.NaN)) first += 1;
  const base = closes[first] ?? Number.NaN;
  return {
    close: Number.isFinite(close) ? close : null,
    base: Number.isFinite(base) ? base : null,
  };
}
