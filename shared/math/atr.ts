/** Bars as average true range needs them. */
export interface RangeColumns {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/** What average true range must remember of all the bars before. Plain numbers: it can be kept as JSON. */
export interface AtrState {
  readonly period: number;
  readonly count: number;
  readonly previousClose: number;
  /** Until `count` reaches the period, the sum of the true ranges so far; the average after that. */
  readonly accumulated: number;
}

export interface AtrSeries {
  readonly values: Float64Array;
  readonly state: AtrState;
}

/** Bars before the first value. */
export function atrWarmUp(period: number): number {
  return period - 1;
}

/** Bars after which it no longer shows, to a part in 10^12, where the average began. */
export function atrSettling(period: number): number {
  return atrWarmUp(period) + Math.ceil(Math.log(1e-12) / Math.log(1 - 1 / period));
}

/**
 * Wilder's average true range: the mean of the first `period` true ranges, then one part new to `period - 1` old.
 * NaN while warming up. A state continues the series where an earlier call left it.
 */
export function atr({ high, low, close }: RangeColumns, period = 14, state?: AtrState): AtrSeries {
  if (state !== undefined && state.period !== period) {
    throw new Error(`A range over ${state.period} cannot go on over ${period}`);
  }
  const values = new Float64Array(close.length);
  let { count, previousClose, accumulated } = state ?? { count: 0, previousClose: 0, accumulated: 0 };
  for (let index = 0; index < values.length; index += 1) {
    const top = high[index] ?? Number.NaN;
    const bottom = low[index] ?? Number.NaN;
    const range = count === 0 ? top - bottom : Math.max(top, previousClose) - Math.min(bottom, previousClose);
    count += 1;
    if (count > period) accumulated = (accumulated * (period - 1) + range) / period;
    else if (count < period) accumulated += range;
    else accumulated = (accumulated + range) / period;
    values[index] = count < period ? Number.NaN : accumulated;
    previousClose = close[index] ?? Number.NaN;
  }
  return { values, state: { period, count, previousClose, accumulated } };
}
