import type { ObjectState } from '#shared/domain/chart-object';
import { firstText } from './object-tone.ts';

const brokenWords = new Set(['broken', 'invalidated', 'invalid', 'violated', 'failed', 'expired']);

/** What sort of its type an object says it is, in lower case: `supply`, `previous-day-high`, `stop`; else empty. */
export function kindOf(object: ObjectState): string {
  return firstText(object, ['kind', 'zone_type', 'type', 'role', 'side', 'direction']).toLowerCase();
}

/** `open` or `closed`, and the status that its payload names, in lower case. */
export function statusesOf(object: ObjectState): readonly string[] {
  const life = object.t_end === null ? 'open' : 'closed';
  const named = firstText(object, ['status', 'state']).toLowerCase();
  return named === '' || named === life ? [life] : [life, named];
}

/** It has an end, or its payload says that it no longer holds. */
export function isEnded(object: ObjectState): boolean {
  return object.t_end !== null || statusesOf(object).some((status) => brokenWords.has(status));
}
