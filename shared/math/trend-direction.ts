import { ema, emaSettling, emaWarmUp, type EmaState } from './ema.ts';

export interface TrendState {
  readonly fast: EmaState;
  readonly slow: EmaState;
}

export interface TrendSeries {
  /** 1 up, -1 down, 0 neither or still warming up. */
  readonly values: Int8Array;
  readonly state: TrendState;
}

const [fastPeriod, slowPeriod] = [21, 50];

/** Values before the first direction. */
export const trendWarmUp = emaWarmUp(slowPeriod);
/** Values after which it no longer shows where the averages began. */
export const trendSettling = emaSettling(slowPeriod);

/**
 * Up where price and its 21-value exponential average are both above the 50-value one, down where both are below,
 * neither in between. A state continues the series where an earlier call left it.
 */
export function trendDirection(close: Float64Array, state?: TrendState): TrendSeries {
  const fast = ema(close, fastPeriod, state?.fast);
  const slow = ema(close, slowPeriod, state?.slow);
  const values = new Int8Array(close.length);
  for (let index = 0; index < values.length; index += 1) {
    const base = slow.values[index] ?? Number.NaN;
    const price = close[index] ?? Number.NaN;
    const average = fast.values[index] ?? Number.NaN;
    if (price > base && average > base) values[index] = 1;
    else if (price < base && average < base) values[index] = -1;
  }
  return { values, state: { fast: fast.state, slow: slow.state } };
}
