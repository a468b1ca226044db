import type { Looks } from '../../object-looks.ts';
import { dashPen } from '../dash-pen.ts';
import type { PixelRatio } from '../layer.ts';
import type { ZoneRect } from './zone-rects.ts';

/** The part of a 2D context that this needs, so that a test can stand in for it. */
export type ZoneCanvas = Pick<
  CanvasRenderingContext2D,
  'fillStyle' | 'strokeStyle' | 'lineWidth' | 'globalAlpha' | 'fillRect' | 'strokeRect' | 'setLineDash'
>;

/** The border stands out from the fill, and recedes behind the candles. */
const borderAlpha = 0.6;

/** Paints in device pixels, rounded outwards so that edges stay sharp at any zoom. */
export function drawZoneRects(
  canvas: ZoneCanvas,
  rects: readonly ZoneRect[],
  ratio: PixelRatio,
  looks: Looks,
): void {
  const pen = dashPen(canvas, ratio);
  for (const rect of rects) {
    const look = looks.of(rect);
    const isPlain = rect.strength === 'plain';
    const left = Math.floor(rect.left * ratio.x);
    const top = Math.floor(rect.top * ratio.y);
    const width = Math.max(1, Math.ceil((rect.left + rect.width) * ratio.x) - left);
    const height = Math.max(1, Math.ceil((rect.top + rect.height) * ratio.y) - top);
    canvas.globalAlpha = Math.min(1, isPlain ? look.fillAlpha : look.fillAlpha * 1.6 + 0.06);
    canvas.fillStyle = look.color;
    canvas.fillRect(left, top, width, height);
    // What has ended recedes behind what still holds.
    canvas.globalAlpha = isPlain ? borderAlpha * (rect.isOpen ? 1 : 0.6) : 1;
    canvas.strokeStyle = rect.strength === 'selected' ? looks.selected : look.color;
    const lineWidth = look.width + (rect.strength === 'selected' ? 1 : 0);
    canvas.lineWidth = Math.max(1, Math.floor(lineWidth * ratio.x));
    pen.set(look.dash);
    if (height > 2) canvas.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
  }
  canvas.globalAlpha = 1;
  pen.lift();
}
