/** Median of the values that are numbers; NaN when there is none. Reorders a copy, not what is given. */
export function median(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value));
  const count = sorted.length;
  if (count === 0) return Number.NaN;
  const upper = nthSmallest(sorted, count >> 1);
  if (count % 2 === 1) return upper;
  let lower = -Infinity;
  for (let index = 0; index < count >> 1; index += 1) lower = Math.max(lower, sorted[index] ?? lower);
  return (lower + upper) / 2;
}

/** What a standard deviation would be without the extremes: 1.4826 times the median distance from the median. */
export function robustDeviation(values: Float64Array, centre = median(values)): number {
  return 1.4826 * median(values.map((value) => Math.abs(value - centre)));
}

/** Hoare's selection: afterwards nothing before place `n` is larger than what is there. */
function nthSmallest(values: Float64Array, n: number): number {
  let [left, right] = [0, values.length - 1];
  while (left < right) {
    const pivot = values[(left + right) >>> 1] ?? 0;
    let [low, high] = [left, right];
    while (low <= high) {
      while ((values[low] ?? Infinity) < pivot) low += 1;
      while ((values[high] ?? -Infinity) > pivot) high -= 1;
      if (low > high) break;
      const swapped = values[low] ?? 0;
      values[low] = values[high] ?? 0;
      values[high] = swapped;
      low += 1;
      high -= 1;
    }
    if (n <= high) right = high;
    else if (n >= low) left = low;
    else break;
  }
  return values[n] ?? Number.NaN;
}
