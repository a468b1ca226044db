import type { Palette } from '../../palette.ts';
import { fontFamily } from '../../palette.ts';
import type { PixelRatio } from '../layer.ts';

export type SessionCanvas = Pick<
  CanvasRenderingContext2D,
  'fillStyle' | 'fillRect' | 'font' | 'textBaseline' | 'textAlign' | 'fillText'
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

/** Paints a thin dotted line at each break, and the day that begins there above the `foot` of the pane. */
export function drawBreaks(
  canvas: SessionCanvas,
  breaks: readonly PlacedBreak[],
  height: number,
  ratio: PixelRatio,
  palette: Palette,
  foot = 0,
): void {
  const [width, dash] = [Math.max(1, Math.floor(ratio.x)), Math.round(3 * ratio.y)];
  canvas.fillStyle = palette.breaks;
  for (const { x } of breaks) {
    if (x === null) continue;
    const left = Math.round(x * ratio.x);
    for (let top = 0; top < height * ratio.y; top += dash * 2) canvas.fillRect(left, top, width, dash);
  }
  canvas.fillStyle = palette.muted;
  canvas.font = `${fontSize * ratio.y}px ${fontFamily}`;
  canvas.textBaseline = 'bottom';
  canvas.textAlign = 'left';
  for (const { labelX, label } of breaks) {
    if (label !== null)
      canvas.fillText(label, Math.round((labelX + 4) * ratio.x), Math.round((height - foot - 3) * ratio.y));
  }
}
