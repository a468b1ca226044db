import type { ObjectEvent, ObjectState } from '#shared/domain/chart-object';

/** The events that were written by an instant; all of them when there is none. */
export function eventsBy(events: readonly ObjectEvent[], asOf: number | null): readonly ObjectEvent[] {
  return asOf === null ? events : events.filter(({ event_ts }) => event_ts <= asOf);
}

/**
 * An object as it was known at an instant; null when it was not known yet. `history` has its events, oldest first, or
 * is null while they are not read.
 */
export function stateAsOf(
  object: ObjectState,
  history: readonly ObjectEvent[] | null,
  asOf: number | null,
): ObjectState | null {
  const events = history?.every(({ object_id }) => object_id === object.object_id) === true ? history : [];
  const known = eventsBy([...events, object], asOf);
  return known.reduce<ObjectState | null>(
    (last, event) => (last === null || isLater(event, last) ? event : last),
    null,
  );
}

function isLater(a: ObjectEvent, b: ObjectEvent): boolean {
  return a.event_ts > b.event_ts || (a.event_ts === b.event_ts && a.sequence >= b.sequence);
}
