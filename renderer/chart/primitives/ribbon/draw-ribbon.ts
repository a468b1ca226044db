import type { PixelRatio } from '../layer.ts';
import type { RibbonRun } from './ribbon-runs.ts';

export type RibbonCanvas = Pick<CanvasRenderingContext2D, 'fillStyle' | 'fillRect'>;

/** Of one ribbon, in CSS pixels; the next one lies a pixel above it. */
export const ribbonHeight = 5;

/** Where bars lie, and how high the pane is, in CSS pixels. */
export interface RibbonPlace {
  readonly x: (bar: number) => number;
  readonly barWidth: number;
  readonly paneHeight: number;
}

/** Paints the runs of one ribbon along the bottom of the pane; `row` 0 is the lowest. Neighbours meet without a seam. */
export function drawRibbon(
  canvas: RibbonCanvas,
  runs: readonly RibbonRun[],
  row: number,
  colorOf: (state: number) => string,
  { x, barWidth, paneHeight }: RibbonPlace,
  ratio: PixelRatio,
): void {
  const height = Math.round(ribbonHeight * ratio.y);
  const top = Math.round((paneHeight - (row + 1) * (ribbonHeight + 1)) * ratio.y);
  for (const { first, last, state } of runs) {
    const left = Math.round((x(first) - barWidth / 2) * ratio.x);
    const right = Math.round((x(last) + barWidth / 2) * ratio.x);
    canvas.fillStyle = colorOf(state);
    canvas.fillRect(left, top, Math.max(1, right - left), height);
  }
}
