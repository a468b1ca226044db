import type { Looks } from '../../object-looks.ts';
import { dashPen } from '../dash-pen.ts';
import type { PixelRatio } from '../layer.ts';
import type { FlagShape } from './flag-shapes.ts';

export type FlagCanvas = Pick<
  CanvasRenderingContext2D,
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineCap'
  | 'globalAlpha'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'stroke'
  | 'setLineDash'
>;

/** Paints poles and boundaries, the pole a little stronger; a flag that has ended is paler. */
export function drawFlagShapes(
  canvas: FlagCanvas,
  flags: readonly FlagShape[],
  ratio: PixelRatio,
  looks: Looks,
): void {
  canvas.lineCap = 'round';
  const pen = dashPen(canvas, ratio);
  for (const flag of flags) {
    const look = looks.of(flag);
    const isPlain = flag.strength === 'plain';
    canvas.globalAlpha = flag.isOpen || !isPlain ? 1 : 0.75;
    canvas.strokeStyle = flag.strength === 'selected' ? looks.selected : look.color;
    pen.set(look.dash);
    flag.lines.forEach((line, index) => {
      const width = index === 0 ? look.width : Math.max(1, look.width - 0.5);
      canvas.lineWidth = Math.max(1, (width + (isPlain ? 0 : 1)) * ratio.x);
      canvas.beginPath();
      canvas.moveTo(line.x1 * ratio.x, line.y1 * ratio.y);
      canvas.lineTo(line.x2 * ratio.x, line.y2 * ratio.y);
      canvas.stroke();
    });
  }
  canvas.globalAlpha = 1;
  canvas.lineCap = 'butt';
  pen.lift();
}
