import type { Palette } from '../../palette.ts';
import { fontFamily } from '../../palette.ts';
import type { PixelRatio } from '../layer.ts';

export type SessionCanvas = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'fillRect'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'font'
  | 'textBaseline'
  | 'textAlign'
  | 'strokeText'
  | 'fillText'
>;

export interface PlacedBreak {
  /** Null for one left of the screen. */
  readonly x: number | null;
  /** Where its label begins. */
  readonly labelX: number;
  /** Left out where the next break leaves no room for it. */
  readonly label: string | null;
}

export interface PlacedRun {
  readonly left: number;
  readonly right: number;
}

const fontSize = 10.5;

/** Tints what is outside regular hours, from top to bottom. Places are CSS pixels. */
export function drawExtended(
  canvas: SessionCanvas,
  runs: readonly PlacedRun[],
  height: number,
  ratio: PixelRatio,
  palette: Palette,
): void {
  canvas.fillStyle = palette.extended;
  for (const { left, right } of runs) {
    const start = Math.round(left * ratio.x);
    canvas.fillRect(start, 0, Math.max(1, Math.round(right * ratio.x) - start), Math.round(height * ratio.y));
  }
}

/** Paints a thin dotted line at each break. */
export function drawBreaks(
  canvas: SessionCanvas,
  breaks: readonly PlacedBreak[],
  height: number,
  ratio: PixelRatio,
  palette: Palette,
): void {
  const [width, dash] = [Math.max(1, Math.floor(ratio.x)), Math.round(3 * ratio.y)];
  canvas.fillStyle = palette.breaks;
  for (const { x } of breaks) {
    if (x === null) continue;
    const left = Math.round(x * ratio.x);
    for (let top = 0; top < height * ratio.y; top += dash * 2) canvas.fillRect(left, top, width, dash);
  }
}

/** Writes the days that begin, with a rim so that they can be read over zones. Their feet are at `bottom`. */
export function drawDayNames(
  canvas: SessionCanvas,
  breaks: readonly PlacedBreak[],
  bottom: number,
  ratio: PixelRatio,
  palette: Palette,
): void {
  canvas.font = `${fontSize * ratio.y}px ${fontFamily}`;
  canvas.textBaseline = 'bottom';
  canvas.textAlign = 'left';
  canvas.lineJoin = 'round';
  canvas.lineWidth = 3 * ratio.y;
  canvas.strokeStyle = palette.background;
  canvas.fillStyle = palette.muted;
  for (const { labelX, label } of breaks) {
    if (label === null) continue;
    const [x, y] = [Math.round((labelX + 4) * ratio.x), Math.round((bottom - 3) * ratio.y)];
    canvas.strokeText(label, x, y);
    canvas.fillText(label, x, y);
  }
}
