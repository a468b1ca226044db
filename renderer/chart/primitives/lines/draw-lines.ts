import type { PixelRatio } from '../layer.ts';
import type { Point } from './line-paths.ts';

export type LineCanvas = Pick<
  CanvasRenderingContext2D,
  | 'strokeStyle'
  | 'fillStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'globalAlpha'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'stroke'
  | 'closePath'
  | 'fill'
  | 'fillRect'
>;

const bandAlpha = 0.08;

/** Strokes stretches of a line. A single point becomes a dot: a value between two gaps must not vanish. */
export function drawLine(
  canvas: LineCanvas,
  paths: readonly (readonly Point[])[],
  { color, width }: { readonly color: string; readonly width: number },
  ratio: PixelRatio,
): void {
  canvas.strokeStyle = color;
  canvas.fillStyle = color;
  canvas.lineWidth = Math.max(1, width * ratio.y);
  canvas.lineJoin = 'round';
  for (const path of paths) {
    const [first] = path;
    if (path.length === 1 && first !== undefined) {
      const size = canvas.lineWidth + ratio.y;
      canvas.fillRect(first.x * ratio.x - size / 2, first.y * ratio.y - size / 2, size, size);
      continue;
    }
    canvas.beginPath();
    trace(canvas, path, ratio);
    canvas.stroke();
  }
}

/** Fills between two lines, lightly enough that candles and grid show through. */
export function drawBand(
  canvas: LineCanvas,
  upper: readonly (readonly Point[])[],
  lower: readonly (readonly Point[])[],
  color: string,
  ratio: PixelRatio,
): void {
  canvas.fillStyle = color;
  canvas.globalAlpha = bandAlpha;
  upper.forEach((path, index) => {
    const below = lower[index] ?? [];
    if (path.length < 2 || below.length < 2) return;
    canvas.beginPath();
    trace(canvas, path, ratio);
    [...below].reverse().forEach(({ x, y }) => canvas.lineTo(x * ratio.x, y * ratio.y));
    canvas.closePath();
    canvas.fill();
  });
  canvas.globalAlpha = 1;
}

function trace(canvas: LineCanvas, path: readonly Point[], ratio: PixelRatio): void {
  path.forEach(({ x, y }, index) => {
    if (index === 0) canvas.moveTo(x * ratio.x, y * ratio.y);
    else canvas.lineTo(x * ratio.x, y * ratio.y);
  });
}
