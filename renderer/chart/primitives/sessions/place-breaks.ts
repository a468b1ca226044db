import type { PlacedBreak } from './draw-sessions.ts';

/** Days nearer to one another than this are not told apart. CSS pixels. */
const nearest = 24;
/** What the name of a day takes. CSS pixels. */
export const labelRoom = 64;

/**
 * The breaks on a screen of that width, in order; none where they are too near to one another. The day that began left
 * of the screen is named at its edge.
 */
export function placeBreaks(
  breaks: readonly { readonly x: number; readonly label: string }[],
  width: number,
): readonly PlacedBreak[] {
  const first = breaks.findIndex(({ x }) => x >= 0);
  const onScreen = (first === -1 ? [] : breaks.slice(first)).filter(({ x }) => x <= width);
  if (onScreen.some(({ x }, index) => x - (onScreen[index - 1]?.x ?? -Infinity) < nearest)) return [];
  const before = breaks[(first === -1 ? breaks.length : first) - 1];
  return [...(before === undefined ? [] : [before]), ...onScreen].map(({ x, label }, index, all) => {
    const labelX = Math.max(0, x);
    const next = all[index + 1]?.x ?? Infinity;
    return { x: x < 0 ? null : x, labelX, label: next - labelX >= labelRoom ? label : null };
  });
}
