/** Median of the values that are numbers and within bounds; NaN when there is none. What is given stays as it is. */
export function median(values: Float64Array, above = -Infinity, below = Infinity): number {
  const hasBounds = above > -Infinity || below < Infinity;
  const kept = roomFor(values.length);
  let count = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (hasBounds ? value > above && value < below : !Number.isNaN(value)) kept[count++] = value;
  }
  return middleOf(kept, count);
}

/** What a standard deviation would be without the extremes: 1.4826 times the median distance from the median. */
export function robustDeviation(values: Float64Array, centre = median(values)): number {
  const distances = roomFor(values.length);
  let count = 0;
  for (let index = 0; index < values.length; index += 1) {
    const distance = Math.abs((values[index] ?? Number.NaN) - centre);
    if (!Number.isNaN(distance)) distances[count++] = distance;
  }
  return 1.4826 * middleOf(distances, count);
}

/** Kept from call to call: a new list for each month of each series is most of what the work would cost. */
let room = new Float64Array(0);

function roomFor(count: number): Float64Array {
  if (room.length < count) room = new Float64Array(count);
  return room;
}

/** Median of the first values, which are put in another order. */
function middleOf(values: Float64Array, count: number): number {
  if (count === 0) return Number.NaN;
  const upper = nthSmallest(values, count, count >> 1);
  if (count % 2 === 1) return upper;
  let lower = -Infinity;
  for (let index = 0; index < count >> 1; index += 1) {
    const value = values[index] ?? -Infinity;
    if (value > lower) lower = value;
  }
  return (lower + upper) / 2;
}

/** Hoare's selection: afterwards nothing before place `n` is larger than what is there. */
function nthSmallest(values: Float64Array, count: number, n: number): number {
  let [left, right] = [0, count - 1];
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
