import fc from 'fast-check';
import type { RangeColumns } from '#shared/math/atr';

/** `1.5 2 2.5`, as tables in books and on pages have them. */
export function column(text: string): Float64Array {
  return Float64Array.from(text.trim().split(/\s+/).map(Number));
}

/** Rounded as published tables round, and without the values that are missing. */
export function rounded(values: Float64Array, decimals: number): number[] {
  return Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .map((value) => Number(value.toFixed(decimals)));
}

/** Prices of a market: some hundred, never below a tenth. */
export function prices(maxLength = 400): fc.Arbitrary<Float64Array> {
  const price = fc.double({ min: 0.1, max: 1e5, noNaN: true });
  return fc.array(price, { minLength: 1, maxLength }).map((values) => Float64Array.from(values));
}

/** Bars around such prices. */
export function ranges(maxLength = 400): fc.Arbitrary<RangeColumns> {
  return prices(maxLength).map((close) => ({
    close,
    high: close.map((value, index) => value * (1 + (index % 7) / 100)),
    low: close.map((value, index) => value * (1 - (index % 5) / 100)),
  }));
}

/** A series cut in two anywhere. */
export function cutInTwo(values: Float64Array, share: number): readonly [Float64Array, Float64Array] {
  const cut = Math.floor(values.length * share);
  return [values.subarray(0, cut), values.subarray(cut)];
}

/** Largest difference, as a share of the size of the values; NaN has to meet NaN. */
export function largestDifference(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((largest, value, index) => {
    const other = b[index] ?? Number.NaN;
    if (Number.isNaN(value) || Number.isNaN(other)) return Object.is(value, other) ? largest : Infinity;
    return Math.max(largest, Math.abs(value - other) / Math.max(1, Math.abs(other)));
  }, 0);
}

/** A state as it comes back from a file. */
export function throughJson<T>(state: T): T {
  return JSON.parse(JSON.stringify(state)) as T;
}
