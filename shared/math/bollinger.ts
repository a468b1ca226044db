/** The last values, fewer than a period. Plain numbers: it can be kept as JSON. */
export interface BollingerState {
  readonly recent: readonly number[];
}

export interface BollingerSeries {
  readonly middle: Float64Array;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  readonly state: BollingerState;
}

/** Values before the first band; after that, values do not depend on where the series began. */
export function bollingerWarmUp(period: number): number {
  return period - 1;
}

/**
 * Bollinger bands: the mean of the last `period` values, and `width` population standard deviations to either side.
 * NaN while warming up. A state continues the series where an earlier call left it.
 *
 * Mean and deviation are taken anew from each window: sums that are carried along lose the digits that matter when
 * prices are large and move little.
 */
export function bollinger(
  source: Float64Array,
  period = 20,
  width = 2,
  state?: BollingerState,
): BollingerSeries {
  const before = state?.recent ?? [];
  const values = new Float64Array(before.length + source.length);
  values.set(before);
  values.set(source, before.length);
  const middle = new Float64Array(source.length);
  const upper = new Float64Array(source.length);
  const lower = new Float64Array(source.length);
  for (let index = 0; index < source.length; index += 1) {
    const end = before.length + index + 1;
    const mean = meanOf(values, end - period, end);
    const reach = width * deviationOf(values, end - period, end, mean);
    middle[index] = mean;
    upper[index] = mean + reach;
    lower[index] = mean - reach;
  }
  return {
    middle,
    upper,
    lower,
    state: { recent: Array.from(values.subarray(Math.max(0, values.length - period + 1))) },
  };
}

/** NaN when the window begins before the first value. */
function meanOf(values: Float64Array, start: number, end: number): number {
  if (start < 0) return Number.NaN;
  let sum = 0;
  for (let index = start; index < end; index += 1) sum += values[index] ?? 0;
  return sum / (end - start);
}

function deviationOf(values: Float64Array, start: number, end: number, mean: number): number {
  if (start < 0) return Number.NaN;
  let squares = 0;
  for (let index = start; index < end; index += 1) {
    const distance = (values[index] ?? 0) - mean;
    squares += distance * distance;
  }
  return Math.sqrt(squares / (end - start));
}
