import type { ObjectState } from '#shared/domain/chart-object';

/**
 * The objects of an answer, those among them that were known before in the very same state as they were: what is
 * remembered of an object, by the object, then need not be worked out again. Both must be of one state of the store,
 * where an event is told from others by its time and sequence.
 */
export function keptObjects(
  objects: readonly ObjectState[],
  before: readonly ObjectState[],
): readonly ObjectState[] {
  if (before.length === 0) return objects;
  const known = new Map<string, ObjectState>();
  for (const object of before) known.set(object.object_id, object);
  return objects.map((object) => {
    const kept = known.get(object.object_id);
    return kept?.event_ts === object.event_ts && kept.sequence === object.sequence ? kept : object;
  });
}
