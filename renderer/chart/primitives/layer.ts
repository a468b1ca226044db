import type { ObjectState, ObjectType } from '#shared/domain/chart-object';
import type { CssPx } from '#shared/units';
import type { PrimitivePaneViewZOrder } from 'lightweight-charts';
import type { StyleId } from '../../data/object-style.ts';
import type { Tone } from '../../data/object-tone.ts';
import type { Looks } from '../object-looks.ts';
import type { Box, LabelWish } from './labels/place-labels.ts';
import type { Sprites } from './sprites.ts';

/** Where a moment and a price land on the pane. `y` is null while there is nothing to measure prices against. */
export interface Scales {
  readonly x: (time: number) => CssPx;
  readonly y: (price: number) => CssPx | null;
  /** The loaded bar that a moment belongs to; null for a moment beside them and for a bar without prices. */
  readonly bar: (time: number) => BarPlace | null;
  /** From one bar to the next. */
  readonly spacing: CssPx;
  readonly width: CssPx;
  readonly height: CssPx;
}

export interface BarPlace {
  readonly x: CssPx;
  readonly top: CssPx;
  readonly bottom: CssPx;
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

/** What the extent of a shape depends on besides where it is. */
export interface Wording {
  readonly formatPrice: (price: number) => string;
  readonly looks: Looks;
}

/** What every laid-out object has, whatever its shape. */
export interface Shape {
  readonly id: string;
  readonly strength: Strength;
  readonly styleId: StyleId;
  readonly tone: Tone;
  readonly isOpen: boolean;
  /** Empty where it would not fit. */
  readonly label: string;
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
  readonly layOut: (
    objects: readonly ObjectState[],
    scales: Scales,
    emphasis: Emphasis,
    wording: Wording,
  ) => readonly S[];
  readonly paint: (
    canvas: CanvasRenderingContext2D,
    shapes: readonly S[],
    ratio: PixelRatio,
    looks: Looks,
    sprites: Sprites,
  ) => void;
  /** Whether a point is on a shape, within a few pixels. */
  readonly isAt: (shape: S, x: number, y: number) => boolean;
  /** Where the label of a shape may stand, the best place first. */
  readonly labelPlaces: (shape: S) => LabelWish['places'];
  /** Parts of a shape that no label may lie over. */
  readonly blocks?: (shape: S) => Box;
  readonly axisLabels?: (shapes: readonly S[], looks: Looks) => readonly AxisLabel[];
}

/** How strongly an object is drawn. One that is both hovered and selected is drawn as selected. */
export function strengthOf(id: string, { hoveredId, selectedId }: Emphasis): Strength {
  if (id === selectedId) return 'selected';
  return id === hoveredId ? 'hovered' : 'plain';
}
