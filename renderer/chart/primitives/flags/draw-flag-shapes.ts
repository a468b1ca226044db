import { fontFamily, type Palette } from '../../palette.ts';
import type { PixelRatio } from '../layer.ts';
import type { FlagShape } from './flag-shapes.ts';

export type FlagCanvas = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineCap'
  | 'font'
  | 'textBaseline'
  | 'globalAlpha'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'stroke'
  | 'setLineDash'
  | 'fillText'
>;

/** Paints poles and boundaries; a flag that has ended is paler and dashed. */
export function drawFlagShapes(
  canvas: FlagCanvas,
  flags: readonly FlagShape[],
  ratio: PixelRatio,
  palette: Palette,
): void {
  const tones = { up: palette.toneUp, down: palette.toneDown, neutral: palette.toneNeutral };
  canvas.font = `${Math.round(11 * ratio.y)}px ${fontFamily}`;
  canvas.textBaseline = 'bottom';
  canvas.lineCap = 'round';
  const written: { readonly x: number; readonly y: number }[] = [];
  flags.forEach((flag) => {
    const isPlain = flag.strength === 'plain';
    const color = flag.strength === 'selected' ? palette.selected : tones[flag.tone];
    canvas.globalAlpha = flag.isOpen || !isPlain ? 1 : 0.75;
    canvas.strokeStyle = color;
    canvas.setLineDash(flag.isOpen ? [] : [5 * ratio.x, 3 * ratio.x]);
    flag.lines.forEach((line, index) => {
      canvas.lineWidth = Math.max(1, (index === 0 || !isPlain ? 2 : 1.5) * ratio.x);
      canvas.beginPath();
      canvas.moveTo(line.x1 * ratio.x, line.y1 * ratio.y);
      canvas.lineTo(line.x2 * ratio.x, line.y2 * ratio.y);
      canvas.stroke();
    });
    const boundary = flag.lines[1] ?? flag.lines[0];
    if (flag.label === '' || boundary === undefined) return;
    const place = { x: boundary.x1, y: boundary.y1 - 3 };
    // The same flag is often found in two timeframes: one text over another could not be read.
    if (isPlain && written.some(({ x, y }) => Math.abs(x - place.x) < 56 && Math.abs(y - place.y) < 12))
      return;
    written.push(place);
    canvas.fillStyle = color;
    canvas.fillText(flag.label, place.x * ratio.x, place.y * ratio.y);
  });
  canvas.globalAlpha = 1;
  canvas.lineCap = 'butt';
  canvas.setLineDash([]);
}
