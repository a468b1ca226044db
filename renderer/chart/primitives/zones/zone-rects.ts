import type { ObjectState } from '#shared/domain/chart-object';
import { cssPx, type CssPx } from '#shared/units';
import { traitsOf } from '../../../data/object-traits.ts';
import { spanOf } from '../../object-timeline.ts';
import type { LabelPlace } from '../labels/place-labels.ts';
import { strengthOf, type Emphasis, type Scales, type Shape } from '../layer.ts';

export interface ZoneRect extends Shape {
  readonly left: CssPx;
  readonly top: CssPx;
  readonly width: CssPx;
  readonly height: CssPx;
  /** How many zones this one stands for: more than one when they are too thin to tell apart. */
  readonly count: number;
}

/** Thinner than this, zones lying together are merged into one strip. */
const thin = 2;
const labelNeeds = { width: 40, height: 13 } as const;

/** Lays out the zones that show, cut to the edges of the pane; an open one reaches the right edge. */
export function zoneRects(
  zones: readonly ObjectState[],
  scales: Scales,
  emphasis: Emphasis,
): readonly ZoneRect[] {
  return mergeThin(zones.flatMap((zone) => rectOf(zone, scales, emphasis)));
}

function rectOf(zone: ObjectState, scales: Scales, emphasis: Emphasis): readonly ZoneRect[] {
  const [low, high] = [zone.y_min ?? zone.y, zone.y_max ?? zone.y];
  if (low === null || high === null) return [];
  const span = spanOf(zone);
  const [a, b] = [scales.y(Math.max(low, high)), scales.y(Math.min(low, high))];
  if (a === null || b === null) return [];
  const top = Math.max(-1, Math.min(a, b));
  const bottom = Math.min(scales.height + 1, Math.max(a, b));
  const left = Math.max(-1, scales.x(span.from));
  const right = span.until === Infinity ? scales.width + 1 : Math.min(scales.width + 1, scales.x(span.until));
  if (right <= 0 || left >= scales.width || bottom <= 0 || top >= scales.height) return [];
  const [width, height] = [Math.max(1, right - left), Math.max(1, bottom - top)];
  const fits = width >= labelNeeds.width && height >= labelNeeds.height;
  const strength = strengthOf(zone.object_id, emphasis);
  const traits = traitsOf(zone);
  return [
    {
      id: zone.object_id,
      strength,
      ...traits,
      left: cssPx(left),
      top: cssPx(top),
      width: cssPx(width),
      height: cssPx(height),
      // What is pointed at is named wherever there is room for it.
      label: fits || strength !== 'plain' ? traits.label : '',
      count: 1,
    },
  ];
}

/** Thin zones of one tone that touch become one strip, so that a hundred of them do not look like one. */
function mergeThin(rects: readonly ZoneRect[]): readonly ZoneRect[] {
  const merged: ZoneRect[] = [];
  for (const rect of rects) {
    const last = merged[merged.length - 1];
    if (last !== undefined && isMergeable(rect) && isMergeable(last) && touch(last, rect)) {
      const [left, top] = [Math.min(last.left, rect.left), Math.min(last.top, rect.top)];
      const right = Math.max(last.left + last.width, rect.left + rect.width);
      const bottom = Math.max(last.top + last.height, rect.top + rect.height);
      const count = last.count + 1;
      const size = { width: cssPx(right - left), height: cssPx(bottom - top) };
      merged[merged.length - 1] = { ...last, left: cssPx(left), top: cssPx(top), ...size, count };
    } else {
      merged.push(rect);
    }
  }
  return merged.map((rect) =>
    rect.count > 1 && rect.width >= labelNeeds.width ? { ...rect, label: `× ${rect.count}` } : rect,
  );
}

function isMergeable({ height, strength, count }: ZoneRect): boolean {
  return strength === 'plain' && (count > 1 || height < thin);
}

function touch(a: ZoneRect, b: ZoneRect): boolean {
  return (
    a.tone === b.tone &&
    a.styleId === b.styleId &&
    b.left <= a.left + a.width &&
    a.left <= b.left + b.width &&
    b.top <= a.top + a.height + 1 &&
    a.top <= b.top + b.height + 1 &&
    Math.max(a.top + a.height, b.top + b.height) - Math.min(a.top, b.top) < thin * 3
  );
}

/** Whether a point is in a zone, edges included. One lower than 6 CSS pixels can be hit 3 above and below it, too. */
export function isOnZone(rect: ZoneRect, x: number, y: number): boolean {
  const margin = rect.height < 6 ? 3 : 0;
  return (
    x >= rect.left &&
    x <= rect.left + rect.width &&
    y >= rect.top - margin &&
    y <= rect.top + rect.height + margin
  );
}

/** Within the zone, at its top or its foot; over or under one that is too small for that. */
export function zoneLabelPlaces({ left, top, width, height }: ZoneRect): readonly LabelPlace[] {
  const start = Math.max(0, left) + 4;
  if (width < labelNeeds.width || height < labelNeeds.height) {
    const beside = { x: start, align: 'left', slideTo: Math.max(start + 160, left + width) } as const;
    return [
      { ...beside, y: top - 1, edge: 'bottom' },
      { ...beside, y: top + height + 1, edge: 'top' },
    ];
  }
  const within = { x: start, align: 'left', slideTo: left + width - 4 } as const;
  return [
    { ...within, y: top + 1, edge: 'top' },
    { ...within, y: top + height - 1, edge: 'bottom' },
  ];
}
