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

export function timelineOf(objects: readonly ObjectState[]): ObjectTimeline {
  const sorted = objects
    .filter(({ t_start }) => Number.isFinite(t_start))
    .map((object) => ({ object, ...spanOf(object) }))
    .sort((a, b) => a.from - b.from);
  const latestEnds = new Float64Array(sorted.length);
  let latest = -Infinity;
  sorted.forEach(({ until }, index) => {
    latest = Math.max(latest, until);
    latestEnds[index] = latest;
  });
  return {
    objects: sorted.map(({ object }) => object),
    starts: Float64Array.from(sorted, ({ from }) => from),
    ends: Float64Array.from(sorted, ({ until }) => until),
    latestEnds,
  };
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
