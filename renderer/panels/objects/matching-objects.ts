import type { ObjectState, ObjectType } from '#shared/domain/chart-object';

export interface ListFilter {
  readonly typed: string;
  readonly type: ObjectType | 'all';
  /** Only objects that touch this stretch; null for all of them. */
  readonly within: { readonly from: number; readonly until: number } | null;
}

/** The objects that fit a filter, in their order. Text is looked for in the id, the reason and the payload. */
export function matchingObjects(
  objects: readonly ObjectState[],
  { typed, type, within }: ListFilter,
): readonly ObjectState[] {
  const wanted = typed.trim().toLowerCase();
  return objects.filter(
    (object) =>
      (type === 'all' || object.object_type === type) &&
      (within === null || touches(object, within)) &&
      (wanted === '' || textOf(object).includes(wanted)),
  );
}

/** Whichever way round its times were stored. */
function touches(
  { t_start, t_end }: ObjectState,
  { from, until }: { readonly from: number; readonly until: number },
): boolean {
  const end = t_end ?? Infinity;
  return Math.min(t_start, end) <= until && Math.max(t_start, end) >= from;
}

/** Writing out a hundred thousand payloads anew for every letter typed would be felt. */
const texts = new WeakMap<ObjectState, string>();

function textOf(object: ObjectState): string {
  const known = texts.get(object);
  if (known !== undefined) return known;
  const { object_id, reason, payload, timeframe } = object;
  const text = `${object_id} ${reason ?? ''} ${timeframe} ${JSON.stringify(payload)}`.toLowerCase();
  texts.set(object, text);
  return text;
}
