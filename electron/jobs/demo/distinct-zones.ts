import type { ObjectEvent } from '#shared/domain/chart-object';

/** Leaves out the lives of zones that stand where, and while, a zone of a longer timeframe stands. */
export function distinctZones(
  shorter: readonly ObjectEvent[],
  longer: readonly ObjectEvent[],
): readonly ObjectEvent[] {
  const taken = lastStates(longer);
  const repeats = new Set(
    lastStates(shorter)
      .filter((zone) => taken.some((other) => standsWith(zone, other)))
      .map(({ object_id }) => object_id),
  );
  return shorter.filter(({ object_id }) => !repeats.has(object_id));
}

function lastStates(events: readonly ObjectEvent[]): readonly ObjectEvent[] {
  return [...new Map(events.map((event) => [event.object_id, event])).values()];
}

function standsWith(a: ObjectEvent, b: ObjectEvent): boolean {
  const isSameTime = a.t_start < (b.t_end ?? Infinity) && b.t_start < (a.t_end ?? Infinity);
  return isSameTime && (a.y_min ?? 0) <= (b.y_max ?? 0) && (b.y_min ?? 0) <= (a.y_max ?? 0);
}
