import type { ObjectState, ObjectType } from '#shared/domain/chart-object';

export interface ObjectFilter {
  readonly typed: string;
  readonly type: ObjectType | 'all';
  /** Only objects that touch this stretch; null for all of them. */
  readonly within: { readonly from: number; readonly until: number } | null;
}

/** The ones that began last first. */
export function newestFirst(objects: readonly ObjectState[]): readonly ObjectState[] {
  return [...objects].sort((a, b) => b.t_start - a.t_start || (a.object_id < b.object_id ? -1 : 1));
}

/** The objects that fit a filter, in their order. Text is looked for in the id, the reason and the payload. */
export function matchingObjects(
  objects: readonly ObjectState[],
  { typed, type, within }: ObjectFilter,
): readonly ObjectState[] {
  const wanted = typed.trim().toLowerCase();
  return objects.filter(
    (object) =>
      (type === 'all' || object.object_type === type) &&
      (within === null || (object.t_start <= within.until && (object.t_end ?? Infinity) >= within.from)) &&
      (wanted === '' || textOf(object).includes(wanted)),
  );
}

function textOf({ object_id, reason, payload, timeframe }: ObjectState): string {
  return `${object_id} ${reason ?? ''} ${timeframe} ${JSON.stringify(payload)}`.toLowerCase();
}
