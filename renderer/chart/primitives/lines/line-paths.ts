/** A point of the pane in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a bar and a value land on the pane. `y` is null while there is nothing to measure values against. */
export interface LineScales {
  readonly x: (bar: number) => number;
  readonly y: (value: number) => number | null;
}

/** Bars by index: from `first` up to `last`, both of them. */
export interface BarRange {
  readonly first: number;
  readonly last: number;
}

/** Farther out the canvas loses its digits, and a line to there looks the same. */
const farthest = 1e5;

/**
 * The stretches of a line over some bars, and over the bar with a value to either side of them, so that the line
 * reaches the edges. Bars without a value break it, or are passed over where it is to go on.
 */
export function linePaths(
  values: Float64Array,
  { first, last }: BarRange,
  { x, y }: LineScales,
  goesOn: boolean,
): readonly (readonly Point[])[] {
  const start = valueFrom(values, Math.min(first, values.length) - 1, -1) ?? Math.max(0, first);
  const end = valueFrom(values, Math.max(-1, last) + 1, 1) ?? Math.min(values.length - 1, last);
  const paths: Point[][] = [];
  let path: Point[] = [];
  for (let bar = start; bar <= end; bar += 1) {
    const value = values[bar] ?? Number.NaN;
    const at = Number.isFinite(value) ? y(value) : null;
    if (at !== null && Math.abs(at) < farthest) {
      if (path.length === 0) paths.push(path);
      path.push({ x: x(bar), y: at });
    } else if (!goesOn) path = [];
  }
  return paths;
}

/** The nearest bar with a value in one direction, the given one included; null when there is none. */
function valueFrom(values: Float64Array, bar: number, step: 1 | -1): number | null {
  for (let at = bar; at >= 0 && at < values.length; at += step) {
    if (Number.isFinite(values[at] ?? Number.NaN)) return at;
  }
  return null;
}

/** Lowest and highest of some values over some bars; null when there are none. */
export function valueRange(
  columns: readonly Float64Array[],
  { first, last }: BarRange,
): { readonly min: number; readonly max: number } | null {
  let [min, max] = [Infinity, -Infinity];
  for (const values of columns) {
    for (let bar = Math.max(0, first); bar <= Math.min(values.length - 1, last); bar += 1) {
      const value = values[bar] ?? Number.NaN;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? { min, max } : null;
}
