import { objectTypes, type JsonValue, type ObjectState, type ObjectType } from '#shared/domain/chart-object';
import type { FieldCondition, ObjectFilter, ObjectFilters, ShownTypes } from '#shared/domain/object-filter';
import { kindOf, statusesOf } from './object-status.ts';
import { payloadOf } from './object-tone.ts';

export const noFilter: ObjectFilter = {
  kinds: [],
  statuses: [],
  timeframes: [],
  condition: { field: '', test: 'is', value: '' },
};

export const noFilters: ObjectFilters = { zone: noFilter, level: noFilter, marker: noFilter, flag: noFilter };

/** Whether a filter can hold anything back. */
export function isFiltering({ kinds, statuses, timeframes, condition }: ObjectFilter): boolean {
  return kinds.length + statuses.length + timeframes.length > 0 || isComplete(condition);
}

/** Layers whose filter can hold something back, in the order of the types. */
export function filteredTypes(filters: ObjectFilters): readonly ObjectType[] {
  return objectTypes.filter((type) => isFiltering(filters[type]));
}

/** Each part of the filter has to let it pass. A part in which nothing is chosen lets everything pass. */
export function passesFilter(object: ObjectState, filter: ObjectFilter): boolean {
  const { kinds, statuses, timeframes, condition } = filter;
  return (
    (timeframes.length === 0 || timeframes.includes(object.timeframe.toLowerCase())) &&
    (kinds.length === 0 || kinds.includes(kindOf(object))) &&
    (statuses.length === 0 || statusesOf(object).some((status) => statuses.includes(status))) &&
    (!isComplete(condition) || meets(fieldAt(object, condition.field.trim()), condition))
  );
}

/** The objects whose layer is on and that its filter lets pass. */
export function shownObjects(
  objects: readonly ObjectState[],
  layers: ShownTypes,
  filters: ObjectFilters,
): readonly ObjectState[] {
  const hasAll = objectTypes.every((type) => layers[type] && !isFiltering(filters[type]));
  if (hasAll) return objects;
  return objects.filter(
    (object) => layers[object.object_type] && passesFilter(object, filters[object.object_type]),
  );
}

function isComplete({ field, value }: FieldCondition): boolean {
  return field.trim() !== '' && value.trim() !== '';
}

function fieldAt(object: ObjectState, path: string): JsonValue | undefined {
  const payload = payloadOf(object);
  // A field may have a dot in its name.
  if (Object.hasOwn(payload, path)) return payload[path];
  let value: JsonValue | undefined = payload as JsonValue;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, JsonValue>>)[name];
  }
  return value;
}

function meets(found: JsonValue | undefined, { test, value }: FieldCondition): boolean {
  if (found === undefined) return false;
  const text = (typeof found === 'string' ? found : JSON.stringify(found)).trim().toLowerCase();
  const wanted = value.trim().toLowerCase();
  const [number, limit] = [numberOf(text), numberOf(wanted)];
  switch (test) {
    case 'is':
      return text === wanted || (number !== null && number === limit);
    case 'contains':
      return text.includes(wanted);
    case 'at-least':
      return number !== null && limit !== null && number >= limit;
    case 'at-most':
      return number !== null && limit !== null && number <= limit;
  }
}

function numberOf(text: string): number | null {
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}
