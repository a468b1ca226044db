import { ema, emaSettling, emaWarmUp, type EmaState } from './ema.ts';

export interface MacdPeriods {
  readonly fast: number;
  readonly slow: number;
  readonly signal: number;
}

/** What MACD must remember of all the values before. Plain numbers: it can be kept as JSON. */
export interface MacdState {
  readonly fast: EmaState;
  readonly slow: EmaState;
  readonly signal: EmaState;
}

export interface MacdSeries {
  /** Fast average less slow average. */
  readonly line: Float64Array;
  readonly signal: Float64Array;
  /** Line less signal. */
  readonly histogram: Float64Array;
  readonly state: MacdState;
}

export const defaultMacd: MacdPeriods = { fast: 12, slow: 26, signal: 9 };

/** Values before the first signal; the line begins `signal - 1` earlier. */
export function macdWarmUp({ slow, signal }: MacdPeriods): number {
  return emaWarmUp(slow) + emaWarmUp(signal);
}

/** Values after which it no longer shows, to a part in 10^12, where the averages began. */
export function macdSettling({ slow, signal }: MacdPeriods): number {
  return emaSettling(slow) + emaSettling(signal);
}

/**
 * Moving average convergence divergence. Each average starts as the mean of its own first values, the signal with the
 * first of the line. NaN while warming up. A state continues the series where an earlier call left it.
 */
export function macd(
  source: Float64Array,
  periods: MacdPeriods = defaultMacd,
  state?: MacdState,
): MacdSeries {
  const fast = ema(source, periods.fast, state?.fast);
  const slow = ema(source, periods.slow, state?.slow);
  const line = difference(fast.values, slow.values);
  const first = Math.min(line.length, Math.max(0, emaWarmUp(periods.slow) - (state?.slow.count ?? 0)));
  const tail = ema(line.subarray(first), periods.signal, state?.signal);
  const signal = new Float64Array(line.length).fill(Number.NaN, 0, first);
  signal.set(tail.values, first);
  return {
    line,
    signal,
    histogram: difference(line, signal),
    state: { fast: fast.state, slow: slow.state, signal: tail.state },
  };
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length);
  for (let index = 0; index < result.length; index += 1) result[index] = (a[index] ?? 0) - (b[index] ?? 0);
  return result;
}
