import type { ObjectState } from '#shared/domain/chart-object';
import { cssPx, type CssPx } from '#shared/units';
import { isShort, markerRoleOf, type MarkerRole } from '../../../data/marker-role.ts';
import { traitsOf } from '../../../data/object-traits.ts';
import type { Box, LabelPlace } from '../labels/place-labels.ts';
import { strengthOf, type Emphasis, type Scales, type Shape, type Wording } from '../layer.ts';

export type MarkerFigure = 'arrow-up' | 'arrow-down' | 'square' | 'dot';
type Side = 'above' | 'below';

export interface MarkerShape extends Shape {
  readonly figure: MarkerFigure;
  readonly side: Side;
  /** The middle of the figure. */
  readonly x: CssPx;
  readonly y: CssPx;
  /** From edge to edge. */
  readonly extent: CssPx;
  /** Where its own price is; null for one without. */
  readonly priceY: CssPx | null;
}

/** Entries point into the market, exits out of it; a stop is a square, anything else a dot. */
const figures: Readonly<Record<MarkerRole, { readonly figure: MarkerFigure; readonly side: Side }>> = {
  entry: { figure: 'arrow-up', side: 'below' },
  exit: { figure: 'arrow-down', side: 'above' },
  stop: { figure: 'square', side: 'below' },
  other: { figure: 'dot', side: 'above' },
};

/** From a bar to the first figure beside it, and from one figure to the next. */
const clearance = 3;

/**
 * Lays markers out beside the bars that hold their times, one behind the other where there are several. One that lies
 * beyond the loaded bars is at its own price; without a price it is left out there.
 */
export function markerShapes(
  markers: readonly ObjectState[],
  scales: Scales,
  emphasis: Emphasis,
  { formatPrice, looks }: Wording,
): readonly MarkerShape[] {
  const usual = Math.min(13, Math.max(7, scales.spacing * 1.3));
  /** How far from a bar the next figure may stand, by bar and side. */
  const reach = { above: new Map<number, number>(), below: new Map<number, number>() };
  return markers.flatMap((marker) => {
    const { figure, side } = placeOf(marker);
    const traits = traitsOf(marker);
    const extent = usual * looks.of(traits).size;
    const price = marker.y ?? marker.y_min ?? marker.y_max;
    const priceY = price === null ? null : scales.y(price);
    const bar = scales.bar(marker.t_start);
    const x = bar?.x ?? scales.x(marker.t_start);
    const edge = side === 'above' ? (bar?.top ?? priceY) : (bar?.bottom ?? priceY);
    if (edge === null || x < -extent || x > scales.width + extent) return [];
    const stack = Math.round(x);
    const away = reach[side].get(stack) ?? clearance;
    reach[side].set(stack, away + extent + clearance);
    const strength = strengthOf(marker.object_id, emphasis);
    const distance = away + extent / 2;
    return [
      {
        id: marker.object_id,
        strength,
        ...traits,
        // A filled order has an end, and means as much as before.
        isOpen: true,
        label: strength === 'plain' ? traits.label : fullLabel(marker, price, formatPrice),
        figure,
        side,
        x: cssPx(x),
        y: cssPx(side === 'above' ? edge - distance : edge + distance),
        extent: cssPx(extent),
        priceY,
      },
    ];
  });
}

interface Place {
  readonly figure: MarkerFigure;
  readonly side: Side;
}

/** Payloads are read once rather than in every frame: a state never changes. */
const places = new WeakMap<ObjectState, Place>();

function placeOf(marker: ObjectState): Place {
  const known = places.get(marker);
  if (known !== undefined) return known;
  const place = placeByRole(marker);
  places.set(marker, place);
  return place;
}

function placeByRole(marker: ObjectState): Place {
  const place = figures[markerRoleOf(marker)];
  if (!isShort(marker)) return place;
  // Selling short enters downwards and leaves upwards.
  const side = place.side === 'above' ? 'below' : 'above';
  if (place.figure === 'arrow-up') return { figure: 'arrow-down', side };
  return place.figure === 'arrow-down' ? { figure: 'arrow-up', side } : { ...place, side };
}

function fullLabel(
  marker: ObjectState,
  price: number | null,
  formatPrice: (price: number) => string,
): string {
  const role = markerRoleOf(marker);
  const named = role === 'other' ? '' : `${role[0]?.toUpperCase() ?? ''}${role.slice(1)}`;
  const text = traitsOf(marker).label;
  const isSaid = text.toLowerCase() === role;
  return [named, isSaid ? '' : text, price === null ? '' : `@ ${formatPrice(price)}`]
    .filter((part) => part !== '')
    .join(' ');
}

/** Whether a point is in the square round a figure, or at most 3 CSS pixels beside it. */
export function isOnMarker({ x, y, extent }: MarkerShape, pointX: number, pointY: number): boolean {
  const half = extent / 2 + 3;
  return Math.abs(pointX - x) <= half && Math.abs(pointY - y) <= half;
}

/** Behind the figure, else beside it. */
export function markerLabelPlaces({ x, y, extent, side }: MarkerShape): readonly LabelPlace[] {
  const half = extent / 2 + 2;
  const behind: LabelPlace =
    side === 'above'
      ? { x, y: y - half, align: 'center', edge: 'bottom' }
      : { x, y: y + half, align: 'center', edge: 'top' };
  return [
    behind,
    { x: x + half + 2, y: y - 6, align: 'left', edge: 'top' },
    { x: x - half - 2, y: y - 6, align: 'right', edge: 'top' },
  ];
}

/** The square round a figure, in CSS pixels: no label may lie over it. */
export function markerBox({ x, y, extent }: MarkerShape): Box {
  return { left: x - extent / 2, top: y - extent / 2, width: extent, height: extent };
}
