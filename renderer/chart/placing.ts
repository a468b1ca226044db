import { lowerBound } from '#shared/domain/candle';
import type { Placement, Target } from '../data/bar-window.ts';
import { logicalAt, timeAt, type BarScale } from './bar-scale.ts';

/** A stretch of the time axis in fractional bar indices. */
export interface LogicalRange {
  readonly from: number;
  readonly to: number;
}

/** Fewer bars than this tell nothing: a narrower view is widened round its middle. */
const fewestBars = 12;
/** Room kept free right of the newest bar. */
const roomRight = 6;

export interface ShownBefore {
  readonly bars: BarScale;
  /** Null where there were no bars. */
  readonly range: LogicalRange | null;
  readonly isFollowing: boolean;
}

/** What the screen shows after its bars were replaced: the target, or what it showed before. */
export function placeWindow(
  placement: Placement,
  bars: BarScale,
  before: ShownBefore,
  usualBars: number,
): LogicalRange {
  const { range, isFollowing } = before;
  if (placement.kind === 'keep' && range !== null)
    return placeAsBefore(range, before.bars, bars, isFollowing);
  const target: Target = placement.kind === 'keep' ? { kind: 'latest' } : placement;
  return placeAt(target, bars, range === null ? usualBars : range.to - range.from, usualBars);
}

/** What the screen shows when it is brought to a target. `usualBars` fit on it at the usual zoom. */
export function placeAt(target: Target, scale: BarScale, shownBars: number, usualBars: number): LogicalRange {
  const last = scale.ts.length - 1;
  switch (target.kind) {
    case 'latest': {
      const to = last + roomRight;
      if (target.keepsZoom === true) return { from: to - Math.max(fewestBars, shownBars), to };
      return { from: to - Math.min(usualBars, Math.max(last + 1 + roomRight, fewestBars * 3)), to };
    }
    case 'around': {
      const middle = logicalAt(scale, target.at);
      return { from: middle - shownBars / 2, to: middle + shownBars / 2 };
    }
    case 'range': {
      const until = logicalAt(scale, target.until);
      const from = Math.max(logicalAt(scale, target.from), earliest(until, last));
      const range = { from, to: Math.min(until, roomiest(from, last)) };
      if (range.to - range.from >= fewestBars) return range;
      const middle = (range.from + range.to) / 2;
      return { from: middle - fewestBars / 2, to: middle + fewestBars / 2 };
    }
  }
}

/** The farthest that a view may reach before the first bar: a symbol of a few bars would be a speck at its edge. */
function earliest(until: number, last: number): number {
  const shown = Math.min(last, until) + 1;
  return shown <= 0 ? -Infinity : 0 - Math.max(fewestBars * 3 - shown, roomRight + shown / 4);
}

/** The farthest that a view may reach beyond the newest bar: a few days of room would be weeks of it in minutes. */
function roomiest(from: number, last: number): number {
  return last + roomRight + Math.max(0, last - from) / 4;
}

/**
 * A range wider by a factor, round its middle; one that shows the newest bar grows into the past alone, for on its other
 * side there is nothing to see.
 */
export function zoomed({ from, to }: LogicalRange, factor: number, last: number): LogicalRange {
  const width = (to - from) * factor;
  if (to >= last) return { from: to - width, to };
  const middle = (from + to) / 2;
  return { from: middle - width / 2, to: middle + width / 2 };
}

/** A range no wider than `most`, round its middle, or at the newest bar when it shows that. */
export function narrowed({ from, to }: LogicalRange, most: number, last: number): LogicalRange {
  if (to - from <= most) return { from, to };
  if (to >= last) return { from: to - most, to };
  const middle = (from + to) / 2;
  return { from: middle - most / 2, to: middle + most / 2 };
}

/**
 * What the screen shows after its bars were replaced, so that nothing moves: the same bars in the same place.
 * When the newest bar was on the screen it stays as far from the edge as it was, and newer ones push the rest left.
 */
export function placeAsBefore(
  range: LogicalRange,
  before: BarScale,
  after: BarScale,
  isFollowing: boolean,
): LogicalRange {
  const shift = isFollowing
    ? after.ts.length - before.ts.length
    : shiftOf((range.from + range.to) / 2, before, after);
  return { from: range.from + shift, to: range.to + shift };
}

function shiftOf(middle: number, before: BarScale, after: BarScale): number {
  const anchor = Math.min(before.ts.length - 1, Math.max(0, Math.round(middle)));
  const at = before.ts[anchor];
  if (at === undefined) return 0;
  const index = lowerBound(after.ts, at);
  // The bar itself may have gone with the swap: then time decides.
  return (after.ts[index] === at ? index : logicalAt(after, timeAt(before, anchor))) - anchor;
}
