import { atr, atrSettling, atrWarmUp, type AtrState, type RangeColumns } from './atr.ts';
import { ema, emaSettling, emaWarmUp, type EmaState } from './ema.ts';

export const volatilityRegimes = ['low', 'normal', 'high'] as const;

export interface VolatilityState {
  readonly range: AtrState;
  readonly usual: EmaState;
}

export interface VolatilitySeries {
  /** Index into `volatilityRegimes`; -1 while warming up. */
  readonly values: Int8Array;
  readonly state: VolatilityState;
}

const [rangePeriod, usualPeriod] = [14, 100];
const [lowBelow, highAbove] = [0.75, 1.4];

/** Bars before the first regime. */
export const volatilityWarmUp = atrWarmUp(rangePeriod) + emaWarmUp(usualPeriod);
/** Bars after which it no longer shows where the averages began. */
export const volatilitySettling = atrSettling(rangePeriod) + emaSettling(usualPeriod);

/**
 * How wide bars are against what was usual lately: the average true range of 14 bars, as a share of price, against
 * its own exponential average over 100. Below three quarters it is low, above 1.4 times high. A state continues the
 * series where an earlier call left it.
 */
export function volatilityRegime(bars: RangeColumns, state?: VolatilityState): VolatilitySeries {
  const range = atr(bars, rangePeriod, state?.range);
  const shares = new Float64Array(bars.close.length);
  for (let index = 0; index < shares.length; index += 1) {
    shares[index] = (range.values[index] ?? Number.NaN) / (bars.close[index] ?? Number.NaN);
  }
  const first = Math.min(shares.length, Math.max(0, atrWarmUp(rangePeriod) - (state?.range.count ?? 0)));
  const usual = ema(shares.subarray(first), usualPeriod, state?.usual);
  const values = new Int8Array(shares.length).fill(-1);
  for (let index = first; index < values.length; index += 1) {
    const ratio = (shares[index] ?? Number.NaN) / (usual.values[index - first] ?? Number.NaN);
    if (!Number.isNaN(ratio)) values[index] = ratio < lowBelow ? 0 : ratio > highAbove ? 2 : 1;
  }
  return { values, state: { range: range.state, usual: usual.state } };
}
