/** What relative strength must remember of all the values before. Plain numbers: it can be kept as JSON. */
export interface RsiState {
  readonly period: number;
  /** Values so far; there is one change fewer. */
  readonly count: number;
  readonly previous: number;
  /** Until there are `period` changes, the sums of gains and losses so far; their averages after that. */
  readonly gain: number;
  readonly loss: number;
}

export interface RsiSeries {
  readonly values: Float64Array;
  readonly state: RsiState;
}

/** Values before the first result. */
export function rsiWarmUp(period: number): number {
  return period;
}

/** Values after which it no longer shows, to a part in 10^12, where the averages began. */
export function rsiSettling(period: number): number {
  return rsiWarmUp(period) + Math.ceil(Math.log(1e-12) / Math.log(1 - 1 / period));
}

/**
 * Wilder's relative strength index, 0 to 100: gains as a share of gains and losses, both averaged his way. 50 where
 * nothing moved. NaN while warming up. A state continues the series where an earlier call left it.
 */
export function rsi(source: Float64Array, period = 14, state?: RsiState): RsiSeries {
  if (state !== undefined && state.period !== period) {
    throw new Error(`A strength over ${state.period} cannot go on over ${period}`);
  }
  const values = new Float64Array(source.length);
  let { count, previous, gain, loss } = state ?? { count: 0, previous: 0, gain: 0, loss: 0 };
  for (let index = 0; index < values.length; index += 1) {
    const value = source[index] ?? Number.NaN;
    const change = count === 0 ? 0 : value - previous;
    const up = change > 0 ? change : 0;
    const down = change < 0 ? -change : 0;
    previous = value;
    count += 1;
    if (count > period + 1) {
      gain = (gain * (period - 1) + up) / period;
      loss = (loss * (period - 1) + down) / period;
    } else {
      const divisor = count === period + 1 ? period : 1;
      gain = (gain + up) / divisor;
      loss = (loss + down) / divisor;
    }
    values[index] = count > period ? strength(gain, loss) : Number.NaN;
  }
  return { values, state: { period, count, previous, gain, loss } };
}

function strength(gain: number, loss: number): number {
  return gain + loss === 0 ? 50 : (100 * gain) / (gain + loss);
}
