import { fontFamily } from '../../palette.ts';
import type { PixelRatio } from '../layer.ts';
import type { PlacedLabel } from './place-labels.ts';

/** The part of a 2D context that this needs, so that a test can stand in for it. */
export type LabelCanvas = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'font'
  | 'textBaseline'
  | 'textAlign'
  | 'globalAlpha'
  | 'strokeText'
  | 'fillText'
>;

/** A label as far as it is to be seen. */
export type WrittenLabel = Omit<PlacedLabel, 'id' | 'place' | 'slide'>;

/** CSS pixels. */
const fontSize = 11;

/** The font of labels as a canvas takes it, in device pixels. `ratio` is device pixels per CSS pixel. */
export function labelFont(ratio: number): string {
  return `${Math.round(fontSize * ratio)}px ${fontFamily}`;
}

/** Writes labels with a rim in the colour of the background, so that they can be read over candles. */
export function drawLabels(
  canvas: LabelCanvas,
  labels: readonly WrittenLabel[],
  ratio: PixelRatio,
  background: string,
): void {
  canvas.font = labelFont(ratio.y);
  canvas.textBaseline = 'middle';
  canvas.textAlign = 'left';
  canvas.lineJoin = 'round';
  canvas.strokeStyle = background;
  canvas.lineWidth = 3 * ratio.y;
  for (const { text, color, isFaint, left, top, height } of labels) {
    const [x, y] = [Math.round(left * ratio.x), Math.round((top + height / 2) * ratio.y)];
    canvas.globalAlpha = 0.8;
    canvas.strokeText(text, x, y);
    canvas.globalAlpha = isFaint ? 0.85 : 1;
    canvas.fillStyle = color;
    canvas.fillText(text, x, y);
  }
  canvas.globalAlpha = 1;
}
