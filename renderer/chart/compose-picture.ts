import type { PictureCaption } from '../data/picture-caption.ts';
import { fontFamily, type Palette } from './palette.ts';

/** CSS pixels that a caption takes below the chart. */
export const captionHeight = 48;
const margin = 12;
const lines = {
  title: { size: 14, weight: 600, baseline: 20 },
  detail: { size: 11, weight: 400, baseline: 38 },
};

/** The part of a 2D context that this needs, so that a test can stand in for it. */
export type CaptionCanvas = Pick<CanvasRenderingContext2D, 'fillStyle' | 'font' | 'fillRect' | 'fillText'>;

/** Draws a chart and its caption onto a canvas of their size. `pixelRatio` is the chart's. */
export function composePicture(
  chart: HTMLCanvasElement,
  caption: PictureCaption,
  palette: Palette,
  pixelRatio: number,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = chart.width;
  canvas.height = chart.height + Math.round(captionHeight * pixelRatio);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('There is no memory for a picture of this size');
  context.drawImage(chart, 0, 0);
  drawCaption(context, caption, palette, {
    top: chart.height,
    width: canvas.width,
    height: canvas.height - chart.height,
    pixelRatio,
  });
  return canvas;
}

export interface CaptionPlace {
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** A line, then the two lines of text; what is too long is narrowed to fit. All in device pixels. */
export function drawCaption(
  context: CaptionCanvas,
  { title, detail }: PictureCaption,
  palette: Palette,
  { top, width, height, pixelRatio }: CaptionPlace,
): void {
  const px = (value: number) => Math.round(value * pixelRatio);
  context.fillStyle = palette.background;
  context.fillRect(0, top, width, height);
  context.fillStyle = palette.border;
  context.fillRect(0, top, width, Math.max(1, px(1)));
  const write = (text: string, colour: string, { size, weight, baseline }: (typeof lines)['title']) => {
    context.fillStyle = colour;
    context.font = `${weight} ${px(size)}px ${fontFamily}`;
    context.fillText(text, px(margin), top + px(baseline), width - 2 * px(margin));
  };
  write(title, palette.text, lines.title);
  write(detail, palette.muted, lines.detail);
}
