import type { Looks } from '../../object-looks.ts';
import { dashPen } from '../dash-pen.ts';
import type { PixelRatio } from '../layer.ts';
import type { LevelLine } from './level-lines.ts';

export type LevelCanvas = Pick<
  CanvasRenderingContext2D,
  'strokeStyle' | 'lineWidth' | 'globalAlpha' | 'beginPath' | 'moveTo' | 'lineTo' | 'stroke' | 'setLineDash'
>;

/** Paints levels as lines on whole device pixels. */
export function drawLevelLines(
  canvas: LevelCanvas,
  lines: readonly LevelLine[],
  ratio: PixelRatio,
  looks: Looks,
): void {
  const pen = dashPen(canvas, ratio);
  for (const line of lines) {
    const look = looks.of(line);
    const isPlain = line.strength === 'plain';
    canvas.globalAlpha = isPlain ? (line.isOpen ? 0.9 : 0.5) : 1;
    canvas.strokeStyle = line.strength === 'selected' ? looks.selected : look.color;
    canvas.lineWidth = Math.max(1, Math.floor((look.width + (isPlain ? 0 : 1)) * ratio.y));
    pen.set(look.dash);
    const y = Math.floor(line.y * ratio.y) + (canvas.lineWidth % 2) / 2;
    canvas.beginPath();
    canvas.moveTo(Math.round(line.left * ratio.x), y);
    canvas.lineTo(Math.round(line.right * ratio.x), y);
    canvas.stroke();
  }
  canvas.globalAlpha = 1;
  pen.lift();
}
