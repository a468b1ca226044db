import {
  allocateBars,
  barColumns,
  barsBetween,
  copyOfBars,
  joinBars,
  type Bars,
} from '#shared/domain/candle';

/** Stretches that follow one another, and bars of which the one counts where both have it; in memory of their own. */
export function mergeBars(stretches: readonly Bars[], later: Bars): Bars {
  const last = stretches.findLast(({ ts }) => ts.length > 0)?.ts.at(-1) ?? -Infinity;
  if (last < (later.ts[0] ?? Infinity)) return copyOfBars([...stretches, later]);
  const earlier = joinBars(stretches);
  const merged = allocateBars(earlier.ts.length + later.ts.length);
  let [left, right, count] = [0, 0, 0];
  while (left < earlier.ts.length || right < later.ts.length) {
    const leftTs = earlier.ts[left] ?? Infinity;
    const rightTs = later.ts[right] ?? Infinity;
    const isRight = rightTs <= leftTs;
    const from = isRight ? later : earlier;
    const index = isRight ? right : left;
    for (const column of barColumns) merged[column][count] = from[column][index] ?? Number.NaN;
    if (rightTs <= leftTs) right += 1;
    if (leftTs <= rightTs) left += 1;
    count += 1;
  }
  return barsBetween(merged, 0, count);
}
