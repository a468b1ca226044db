/** No more objects than this are drawn at once; the rest is counted and said. */
export const mostObjects = 1_500;

/** Shares the room for objects out among layers by what each has on the screen; no limit while all of them fit. */
export function layerLimits<Layer extends string>(
  counts: Readonly<Record<Layer, number>>,
  most = mostObjects,
): Readonly<Record<Layer, number>> {
  const entries = Object.entries(counts) as [Layer, number][];
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  if (total <= most) return Object.fromEntries(entries.map(([layer]) => [layer, Infinity])) as Limits<Layer>;
  // In steps of an eighth, so that a limit does not change with every pixel of a pan.
  const share = (count: number) => Math.floor((8 * count) / total) / 8;
  const limits = new Map(
    entries.map(([layer, count]) => [
      layer,
      Math.max(Math.floor(most * share(count)), Math.min(count, Math.floor(most / 16))),
    ]),
  );
  const used = entries.reduce((sum, [layer, count]) => sum + Math.min(count, limits.get(layer) ?? 0), 0);
  // What the steps leave over is for the layer that lacks most.
  const [largest] = entries.reduce((a, b) => (b[1] > a[1] ? b : a));
  limits.set(largest, (limits.get(largest) ?? 0) + Math.max(0, most - used));
  return Object.fromEntries(limits) as Limits<Layer>;
}

type Limits<Layer extends string> = Readonly<Record<Layer, number>>;
