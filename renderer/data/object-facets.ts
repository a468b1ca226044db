import type { ObjectState } from '#shared/domain/chart-object';
import { kindOf, statusesOf } from './object-status.ts';
import { payloadOf } from './object-tone.ts';

/** A value that objects have, and how many of them have it. */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** What objects can be filtered by: the values that they have, the commonest first, and the fields of their payloads. */
export interface ObjectFacets {
  readonly kinds: readonly FacetValue[];
  readonly statuses: readonly FacetValue[];
  readonly timeframes: readonly FacetValue[];
  readonly fields: readonly string[];
}

/** More choices than this are not chosen from, they are searched: the condition on a field does that. */
const mostValues = 16;
const mostFields = 100;

/**
 * The `mostValues` commonest values of each facet, equally common ones in order; kinds, statuses and timeframes in
 * lower case. Names of payload fields are sorted, and no further object is looked at once there are `mostFields`.
 */
export function facetsOf(objects: readonly ObjectState[]): ObjectFacets {
  const [kinds, statuses, timeframes] = [new Tally(), new Tally(), new Tally()];
  const fields = new Set<string>();
  for (const object of objects) {
    kinds.add(kindOf(object));
    for (const status of statusesOf(object)) statuses.add(status);
    timeframes.add(object.timeframe.toLowerCase());
    if (fields.size < mostFields) for (const name of Object.keys(payloadOf(object))) fields.add(name);
  }
  return {
    kinds: kinds.commonest(),
    statuses: statuses.commonest(),
    timeframes: timeframes.commonest(),
    fields: [...fields].sort(),
  };
}

class Tally {
  readonly #counts = new Map<string, number>();

  add(value: string): void {
    if (value !== '') this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  commonest(): readonly FacetValue[] {
    return [...this.#counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, mostValues);
  }
}
