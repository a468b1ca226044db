/** What an exponential average must remember of all the values before. Plain numbers: it can be kept as JSON. */
export interface EmaState {
  readonly period: number;
  readonly count: number;
  /** Until `count` reaches the period, the sum of the values so far; the average after that. */
  readonly accumulated: number;
}

export interface EmaSeries {
  readonly values: Float64Array;
  readonly state: EmaState;
}

/** Values before the first average. */
export function emaWarmUp(period: number): number {
  return period - 1;
}

/** Values after which it no longer shows, to a part in 10^12, where the average began. */
export function emaSettling(period: number): number {
  return emaWarmUp(period) + Math.ceil(Math.log(1e-12) / Math.log(1 - 2 / (period + 1)));
}

/**
 * Exponential moving average: the mean of the first `period` values, then each value with weight 2 / (period + 1).
 * NaN while warming up. A state continues the series where an earlier call left it.
 */
export function ema(source: Float64Array, period: number, state?: EmaState): EmaSeries {
  if (state !== undefined && state.period !== period) {
    throw new Error(`An average over ${state.period} cannot go on over ${period}`);
  }
  const values = new Float64Array(source.length);
  const weight = 2 / (period + 1);
  let { count, accumulated } = state ?? { count: 0, accumulated: 0 };
  for (let index = 0; index < values.length; index += 1) {
    const value = source[index] ?? Number.NaN;
    count += 1;
    // As a sum of shares: adding a share of the difference loses digits when a price falls by much.
    if (count > period) accumulated = weight * value + (1 - weight) * accumulated;
    else if (count < period) accumulated += value;
    else accumulated = (accumulated + value) / period;
    values[index] = count < period ? Number.NaN : accumulated;
  }
  return { values, state: { period, count, accumulated } };
}
