import { fontFamily, type Palette } from '../../palette.ts';
import type { PixelRatio } from '../layer.ts';
import type { LevelLine } from './level-lines.ts';

export type LevelCanvas = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'font'
  | 'textBaseline'
  | 'textAlign'
  | 'globalAlpha'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'stroke'
  | 'setLineDash'
  | 'fillText'
>;

/** Labels nearer than this to one already written are left out. */
const labelHeight = 12;

/** Paints levels as lines on whole device pixels, with the label over the end. */
export function drawLevelLines(
  canvas: LevelCanvas,
  lines: readonly LevelLine[],
  ratio: PixelRatio,
  palette: Palette,
): void {
  canvas.font = `${Math.round(11 * ratio.y)}px ${fontFamily}`;
  canvas.textBaseline = 'bottom';
  canvas.textAlign = 'right';
  const written: LevelLine[] = [];
  for (const line of lines) {
    const isPlain = line.strength === 'plain';
    canvas.globalAlpha = isPlain ? (line.isOpen ? 0.9 : 0.5) : 1;
    canvas.strokeStyle = line.strength === 'selected' ? palette.selected : palette.level;
    canvas.lineWidth = Math.max(1, Math.floor((isPlain ? 1 : 2) * ratio.y));
    canvas.setLineDash(line.isOpen ? [] : [4 * ratio.x, 3 * ratio.x]);
    const y = Math.floor(line.y * ratio.y) + (canvas.lineWidth % 2) / 2;
    canvas.beginPath();
    canvas.moveTo(Math.round(line.left * ratio.x), y);
    canvas.lineTo(Math.round(line.right * ratio.x), y);
    canvas.stroke();
    const isFree = written.every(
      (other) => Math.abs(other.y - line.y) >= labelHeight || Math.abs(other.right - line.right) > 80,
    );
    if (line.label !== '' && (isFree || !isPlain)) {
      written.push(line);
      canvas.globalAlpha = Math.max(canvas.globalAlpha, 0.85);
      canvas.fillStyle = palette.level;
      canvas.fillText(line.label, Math.round((line.right - 4) * ratio.x), y - Math.round(2 * ratio.y));
    }
  }
  canvas.globalAlpha = 1;
  canvas.textAlign = 'left';
  canvas.setLineDash([]);
}
