import type { PixelRatio } from './layer.ts';

export interface DashPen {
  /** Lines are drawn so from here on: CSS pixels, on and off in turn; empty is one line. */
  readonly set: (dash: readonly number[]) => void;
  /** Lines are drawn in one piece again. */
  readonly lift: () => void;
}

/** Tells a canvas only of dashes that are others than before: it takes longer over that than over a line. */
export function dashPen(canvas: Pick<CanvasRenderingContext2D, 'setLineDash'>, ratio: PixelRatio): DashPen {
  let last: readonly number[] | null = null;
  return {
    set(dash) {
      if (dash === last) return;
      last = dash;
      canvas.setLineDash(dash.map((length) => length * ratio.x));
    },
    lift: () => canvas.setLineDash([]),
  };
}
