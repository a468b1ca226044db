/** No more objects than this are drawn at once; the rest is counted and said. */
export const mostObjects = 1_500;

/** Shares the room for objects out among layers by what each has on the screen; no limit while all of them fit. */
export function layerLimits<Layer extends string>(
  counts: Readonly<Record<Layer, number>>,
  most = mostObjects,
): Readonly<Record<Layer, number>> {
  const entries = Object.entries(counts) as [Layer, number][];
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  // In steps of an eighth, so that a limit does not change with every pixel of a pan.
  const share = (count: number) => Math.floor((8 * count) / total) / 8;
  const limits = entries.map(([layer, count]) => [
    layer,
    total <= most ? Infinity : Math.max(Math.floor(most * share(count)), Math.min(count, most / 16)),
  ]);
  return Object.fromEntries(limits) as Record<Layer, number>;
}
