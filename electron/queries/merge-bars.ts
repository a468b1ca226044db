import { allocateBars, barColumns, barsBetween, joinBars, type Bars } from '#shared/domain/candle';

/** Both sorted by ts; where both have a bar, the one of `later` counts. */
export function mergeBars(earlier: Bars, later: Bars): Bars {
  if (later.ts.length === 0) return earlier;
  if (earlier.ts.length === 0) return later;
  if ((earlier.ts.at(-1) ?? Infinity) < (later.ts[0] ?? -Infinity)) return joinBars([earlier, later]);
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
