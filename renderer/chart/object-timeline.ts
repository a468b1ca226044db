import type { ObjectState } from '#shared/domain/chart-object';
import { lowerBound } from '#shared/domain/candle';

/** Objects in the order of their starts, made to answer quickly which of them touch a stretch of time. */
export interface ObjectTimeline {
  readonly objects: readonly ObjectState[];
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** The latest end among the objects up to each index: everything before the first that reaches a time has ended. */
  readonly latestEnds: Float64Array;
}

export const emptyTimeline: ObjectTimeline = timelineOf([]);

/** When an object begins and ends, whichever way round it was stored; an open one never ends. */
export function spanOf({ t_start, t_end }: ObjectState): { readonly from: number; readonly until: number } {
  const until = t_end ?? Infinity;
  return { from: Math.min(t_start, until), until: Math.max(t_start, until) };
}

/** Sorts by start; objects without a time to begin at are left out. Arrays are ms UTC, an open end is Infinity. */
export function timelineOf(objects: readonly ObjectState[]): ObjectTimeline {
  const sorted = inOrder(objects.filter(({ t_start }) => Number.isFinite(t_start)));
  const count = sorted.length;
  const [starts, ends, latestEnds] = [
    new Float64Array(count),
    new Float64Array(count),
    new Float64Array(count),
  ];
  let latest = -Infinity;
  sorted.forEach((object, index) => {
    const { from, until } = spanOf(object);
    latest = Math.max(latest, until);
    starts[index] = from;
    ends[index] = until;
    latestEnds[index] = latest;
  });
  return { objects: sorted, starts, ends, latestEnds };
}

/** They mostly come in order, and sorting a hundred thousand of them would be felt. */
function inOrder(objects: readonly ObjectState[]): readonly ObjectState[] {
  const isSorted = objects.every((object, index) => {
    const before = objects[index - 1];
    return before === undefined || spanOf(before).from <= spanOf(object).from;
  });
  return isSorted ? objects : [...objects].sort((a, b) => spanOf(a).from - spanOf(b).from);
}

/** The objects that touch [from, until], the ones that began last when there are more than `most`. */
export function objectsWithin(
  { objects, starts, ends, latestEnds }: ObjectTimeline,
  from: number,
  until: number,
  most = Infinity,
): { readonly objects: readonly ObjectState[]; readonly total: number } {
  const begin = lowerBound(latestEnds, from);
  const found: ObjectState[] = [];
  let total = 0;
  for (let index = lastStart(starts, until); index >= begin; index -= 1) {
    if ((ends[index] ?? 0) < from) continue;
    total += 1;
    const object = objects[index];
    if (object !== undefined && found.length < most) found.push(object);
  }
  return { objects: found.reverse(), total };
}

/** The last object that has begun by then; -1 when none has. */
function lastStart(starts: Float64Array, until: number): number {
  let index = lowerBound(starts, until);
  while ((starts[index] ?? Infinity) <= until) index += 1;
  return index - 1;
}
