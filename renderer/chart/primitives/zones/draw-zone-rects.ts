import { fontFamily, type Palette } from '../../palette.ts';
import type { Tone } from '../../object-tone.ts';
import type { PixelRatio } from '../layer.ts';
import type { ZoneRect } from './zone-rects.ts';

/** The part of a 2D context that this needs, so that a test can stand in for it. */
export type ZoneCanvas = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'font'
  | 'textBaseline'
  | 'globalAlpha'
  | 'fillRect'
  | 'strokeRect'
  | 'setLineDash'
  | 'fillText'
>;

/** Kinds differ in their dash as well, since two colours may look the same to somebody. */
const dashes: Readonly<Record<Tone, readonly number[]>> = { up: [], down: [6, 3], neutral: [2, 3] };

/** Paints in device pixels, rounded outwards so that edges stay sharp at any zoom. */
export function drawZoneRects(
  canvas: ZoneCanvas,
  rects: readonly ZoneRect[],
  ratio: PixelRatio,
  palette: Palette,
): void {
  const fills = { up: palette.toneUpFill, down: palette.toneDownFill, neutral: palette.toneNeutralFill };
  const lines = { up: palette.toneUp, down: palette.toneDown, neutral: palette.toneNeutral };
  canvas.font = `${Math.round(11 * ratio.y)}px ${fontFamily}`;
  canvas.textBaseline = 'top';
  for (const rect of rects) {
    const left = Math.floor(rect.left * ratio.x);
    const top = Math.floor(rect.top * ratio.y);
    const width = Math.max(1, Math.ceil((rect.left + rect.width) * ratio.x) - left);
    const height = Math.max(1, Math.ceil((rect.top + rect.height) * ratio.y) - top);
    // What has ended recedes behind what still holds.
    const presence = rect.isOpen || rect.strength !== 'plain' ? 1 : 0.6;
    canvas.globalAlpha = presence;
    canvas.fillStyle = fills[rect.tone];
    canvas.fillRect(left, top, width, height);
    if (rect.strength !== 'plain') canvas.fillRect(left, top, width, height);
    canvas.globalAlpha = rect.strength === 'plain' ? 0.6 * presence : 1;
    canvas.strokeStyle = rect.strength === 'selected' ? palette.selected : lines[rect.tone];
    canvas.lineWidth = Math.max(1, Math.floor((rect.strength === 'selected' ? 2 : 1) * ratio.x));
    canvas.setLineDash(dashes[rect.tone].map((length) => length * ratio.x));
    if (height > 2) canvas.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
    if (rect.label !== '') {
      canvas.globalAlpha = Math.max(presence, 0.85);
      canvas.fillStyle = lines[rect.tone];
      canvas.fillText(rect.label, left + Math.round(4 * ratio.x), top + Math.round(2 * ratio.y));
    }
  }
  canvas.globalAlpha = 1;
  canvas.setLineDash([]);
}
