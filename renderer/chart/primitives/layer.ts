import type { ObjectState, ObjectType } from '#shared/domain/chart-object';
import type { CssPx } from '#shared/units';
import type { PrimitivePaneViewZOrder } from 'lightweight-charts';
import type { Palette } from '../palette.ts';

/** Where a moment and a price land on the pane. `y` is null while there is nothing to measure prices against. */
export interface Scales {
  readonly x: (time: number) => CssPx;
  readonly y: (price: number) => CssPx | null;
  readonly width: CssPx;
  readonly height: CssPx;
}

/** Objects that are drawn more strongly than the others. */
export interface Emphasis {
  readonly hoveredId: string | null;
  readonly selectedId: string | null;
}

export interface PixelRatio {
  readonly x: number;
  readonly y: number;
}

/** What every laid-out object has, whatever its shape. */
export interface Shape {
  readonly id: string;
  readonly strength: Strength;
}

export type Strength = 'plain' | 'hovered' | 'selected';

/** A label on the price axis. */
export interface AxisLabel {
  readonly y: CssPx;
  readonly price: number;
  readonly color: string;
}

/** One kind of object on the chart: where it is, how it is painted, and what lies under the pointer. */
export interface LayerDefinition<S extends Shape> {
  readonly type: ObjectType;
  readonly zOrder: PrimitivePaneViewZOrder;
  readonly layOut: (objects: readonly ObjectState[], scales: Scales, emphasis: Emphasis) => readonly S[];
  readonly paint: (
    canvas: CanvasRenderingContext2D,
    shapes: readonly S[],
    ratio: PixelRatio,
    palette: Palette,
  ) => void;
  /** Whether a point is on a shape, within a few pixels. */
  readonly isAt: (shape: S, x: number, y: number) => boolean;
  readonly axisLabels?: (shapes: readonly S[], palette: Palette) => readonly AxisLabel[];
}

export function strengthOf(id: string, { hoveredId, selectedId }: Emphasis): Strength {
  if (id === selectedId) return 'selected';
  return id === hoveredId ? 'hovered' : 'plain';
}
