import type { ObjectState } from '#shared/domain/chart-object';
import { cssPx, type CssPx } from '#shared/units';
import { traitsOf } from '../../../data/object-traits.ts';
import { spanOf } from '../../object-timeline.ts';
import type { LabelPlace } from '../labels/place-labels.ts';
import { strengthOf, type Emphasis, type Scales, type Shape } from '../layer.ts';

export interface LevelLine extends Shape {
  readonly price: number;
  readonly left: CssPx;
  readonly right: CssPx;
  readonly y: CssPx;
}

const labelNeeds = 40;

/** Lays out the levels that show, cut to the edges of the pane; an open one reaches the right edge. */
export function levelLines(
  levels: readonly ObjectState[],
  scales: Scales,
  emphasis: Emphasis,
): readonly LevelLine[] {
  return levels.flatMap((level) => {
    const price = priceOf(level);
    const y = price === null ? null : scales.y(price);
    if (price === null || y === null || y < -1 || y > scales.height + 1) return [];
    const span = spanOf(level);
    const left = Math.max(-1, scales.x(span.from));
    const right =
      span.until === Infinity ? scales.width + 1 : Math.min(scales.width + 1, scales.x(span.until));
    if (right <= 0 || left >= scales.width) return [];
    const traits = traitsOf(level);
    return [
      {
        id: level.object_id,
        strength: strengthOf(level.object_id, emphasis),
        ...traits,
        price,
        left: cssPx(left),
        right: cssPx(Math.max(left + 1, right)),
        y,
        label: right - left >= labelNeeds ? traits.label : '',
      },
    ];
  });
}

function priceOf({ y, y_min, y_max }: ObjectState): number | null {
  if (y !== null) return y;
  return y_min === null || y_max === null ? (y_min ?? y_max) : (y_min + y_max) / 2;
}

/** Whether a point is on a line, or at most 4 CSS pixels above or below it and 2 beyond its ends. */
export function isOnLevel({ left, right, y }: LevelLine, pointX: number, pointY: number): boolean {
  return pointX >= left - 2 && pointX <= right + 2 && Math.abs(pointY - y) <= 4;
}

/** Over the line or under it, at its end and towards its beginning. */
export function levelLabelPlaces({ left, right, y }: LevelLine): readonly LabelPlace[] {
  const fromRight = { x: right - 4, align: 'right', slideTo: left + 4 } as const;
  return [
    { ...fromRight, y: y - 2, edge: 'bottom' },
    { ...fromRight, y: y + 2, edge: 'top' },
  ];
}
