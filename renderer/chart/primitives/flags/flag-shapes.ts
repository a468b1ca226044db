import type { JsonValue, ObjectState } from '#shared/domain/chart-object';
import { cssPx, type CssPx } from '#shared/units';
import { payloadOf } from '../../../data/object-tone.ts';
import { traitsOf } from '../../../data/object-traits.ts';
import { spanOf } from '../../object-timeline.ts';
import type { LabelPlace } from '../labels/place-labels.ts';
import { strengthOf, type Emphasis, type Scales, type Shape } from '../layer.ts';

export interface Line {
  readonly x1: CssPx;
  readonly y1: CssPx;
  readonly x2: CssPx;
  readonly y2: CssPx;
}

export interface FlagShape extends Shape {
  /** The pole, then the boundaries; the four sides of its box when the payload has none of them. */
  readonly lines: readonly Line[];
}

/** Lays out flags as pole and boundary lines when the payload has them, as a box when it has not. */
export function flagShapes(
  flags: readonly ObjectState[],
  scales: Scales,
  emphasis: Emphasis,
): readonly FlagShape[] {
  return flags.flatMap((flag) => {
    const payload = payloadOf(flag);
    const drawn = [payload.pole, payload.upper, payload.lower].flatMap((line) => lineOf(line, scales));
    const lines = drawn.length > 0 ? drawn : boxOf(flag, scales);
    if (lines.length === 0 || !lines.some((line) => isOnPane(line, scales))) return [];
    const width =
      Math.max(...lines.flatMap(({ x1, x2 }) => [x1, x2])) - Math.min(...lines.map(({ x1 }) => x1));
    const traits = traitsOf(flag);
    return [
      {
        id: flag.object_id,
        strength: strengthOf(flag.object_id, emphasis),
        ...traits,
        lines,
        label: width >= 40 ? traits.label : '',
      },
    ];
  });
}

function lineOf(value: JsonValue | undefined, scales: Scales): readonly Line[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const { t0, p0, t1, p1 } = value as Readonly<Record<string, JsonValue | undefined>>;
  if (!isNumber(t0) || !isNumber(p0) || !isNumber(t1) || !isNumber(p1)) return [];
  const [y1, y2] = [scales.y(p0), scales.y(p1)];
  return y1 === null || y2 === null ? [] : [{ x1: scales.x(t0), y1, x2: scales.x(t1), y2 }];
}

function boxOf(flag: ObjectState, scales: Scales): readonly Line[] {
  if (flag.y_min === null || flag.y_max === null) return [];
  const [top, bottom] = [scales.y(flag.y_max), scales.y(flag.y_min)];
  if (top === null || bottom === null) return [];
  const span = spanOf(flag);
  const left = scales.x(span.from);
  const right = span.until === Infinity ? scales.width : scales.x(span.until);
  return [
    { x1: left, y1: top, x2: cssPx(right), y2: top },
    { x1: left, y1: bottom, x2: cssPx(right), y2: bottom },
    { x1: left, y1: top, x2: left, y2: bottom },
    { x1: cssPx(right), y1: top, x2: cssPx(right), y2: bottom },
  ];
}

function isOnPane({ x1, y1, x2, y2 }: Line, { width, height }: Scales): boolean {
  return (
    Math.max(x1, x2) >= 0 && Math.min(x1, x2) <= width && Math.max(y1, y2) >= 0 && Math.min(y1, y2) <= height
  );
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A flag is under the pointer when one of its lines is. */
export function isOnFlag({ lines }: FlagShape, x: number, y: number): boolean {
  return lines.some((line) => distanceTo(line, x, y) <= 5);
}

function distanceTo({ x1, y1, x2, y2 }: Line, x: number, y: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const lengthSquared = dx * dx + dy * dy;
  const share = lengthSquared === 0 ? 0 : ((x - x1) * dx + (y - y1) * dy) / lengthSquared;
  const nearest = Math.min(1, Math.max(0, share));
  return Math.hypot(x - (x1 + nearest * dx), y - (y1 + nearest * dy));
}

/** Over the boundary that the pole leads to, or under everything. */
export function flagLabelPlaces({ lines }: FlagShape): readonly LabelPlace[] {
  const boundary = lines[1] ?? lines[0];
  if (boundary === undefined) return [];
  const xs = lines.flatMap(({ x1, x2 }) => [x1, x2]);
  const ys = lines.flatMap(({ y1, y2 }) => [y1, y2]);
  const [left, lowest] = [Math.max(2, Math.min(boundary.x1, boundary.x2)), Math.max(...ys)];
  return [
    { x: left, y: Math.min(boundary.y1, boundary.y2) - 3, align: 'left', edge: 'bottom' },
    { x: left, y: lowest + 3, align: 'left', edge: 'top' },
    { x: Math.max(...xs) + 4, y: boundary.y2 - 6, align: 'left', edge: 'top' },
  ];
}
