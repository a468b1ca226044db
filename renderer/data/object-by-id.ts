import type { ObjectState } from '#shared/domain/chart-object';

const indexes = new WeakMap<readonly ObjectState[], ReadonlyMap<string, ObjectState>>();

/** An object of a list by its id; null when it is not in it. Asked at every movement of the pointer, so it is looked up. */
export function objectById(objects: readonly ObjectState[], id: string): ObjectState | null {
  let index = indexes.get(objects);
  if (index === undefined) {
    index = new Map(objects.map((object) => [object.object_id, object]));
    indexes.set(objects, index);
  }
  return index.get(id) ?? null;
}
