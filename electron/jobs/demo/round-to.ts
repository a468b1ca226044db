// Spelled out: powers are not the same to the last digit in every engine.
const scales = [1, 10, 100, 1_000, 10_000, 100_000];

/** How many of the smallest steps of a number with so many decimals, at most five, are one. */
export function stepsOf(decimals: number): number {
  return scales[decimals] ?? 1;
}

/** To at most five decimals. */
export function roundTo(value: number, decimals: number): number {
  const scale = stepsOf(decimals);
  return Math.round(value * scale) / scale;
}
