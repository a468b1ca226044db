// Spelled out: powers are not the same to the last digit in every engine.
const scales = [1, 10, 100, 1_000, 10_000, 100_000];

/** To at most five decimals. */
export function roundTo(value: number, decimals: number): number {
  const scale = scales[decimals] ?? 1;
  return Math.round(value * scale) / scale;
}
