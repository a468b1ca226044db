import { fontFamily } from './palette.ts';

/** CSS pixels. */
export const axisFontSize = 11;
export const leastAxisWidth = 64;
/** What the library adds to the widest text: tick, paddings, and the rounding to an even number. */
const besideText = 22;

let canvas: CanvasRenderingContext2D | null = null;

/**
 * How wide the price axis has to be for any of these prices. The library fits it to the prices on the screen, so that
 * the whole chart would move whenever one digit more comes into view.
 */
export function axisWidth(prices: ArrayLike<number>, format: (price: number) => string): number {
  let [least, greatest] = [Infinity, -Infinity];
  for (let index = 0; index < prices.length; index += 1) {
    const price = prices[index] ?? Number.NaN;
    if (price < least) least = price;
    if (price > greatest) greatest = price;
  }
  canvas ??= document.createElement('canvas').getContext('2d');
  if (canvas === null || greatest < least) return leastAxisWidth;
  canvas.font = `${axisFontSize}px ${fontFamily}`;
  // The library takes all digits for as wide as a zero.
  const widths = [least, greatest].map(
    (price) => canvas?.measureText(format(price).replace(/\d/g, '0')).width ?? 0,
  );
  return Math.max(leastAxisWidth, Math.ceil(Math.max(...widths)) + besideText);
}
