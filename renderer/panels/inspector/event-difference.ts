import type { JsonValue, ObjectEvent } from '#shared/domain/chart-object';

/** One field that an event left different from the event before it. */
export interface FieldChange {
  /** `y_max`, or `payload.touches` within the payload. */
  readonly field: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

// Said beside each event, so they are no news.
const told = new Set(['action', 'event_ts', 'sequence', 'reason', 'step']);

/** What an event changed, in the order of its fields; for the first event everything is new, and nothing is told. */
export function eventDifference(before: ObjectEvent | null, after: ObjectEvent): readonly FieldChange[] {
  if (before === null) return [];
  const [old, now] = [flatten(before), flatten(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => !told.has(field) && JSON.stringify(old.get(field)) !== JSON.stringify(now.get(field)))
    .map((field) => ({ field, before: old.get(field), after: now.get(field) }));
}

function flatten(event: ObjectEvent): ReadonlyMap<string, JsonValue> {
  const fields = new Map<string, JsonValue>();
  const add = (path: string, value: JsonValue): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value as Record<string, JsonValue>)) {
        add(`${path}.${name}`, inner);
      }
    } else {
      fields.set(path, value);
    }
  };
  for (const [name, value] of Object.entries(event)) add(name, value as JsonValue);
  return fields;
}
