/** Keeps files from being removed, whatever a policy or a button says. All that is given of it must fit a file. */
export interface Hold {
  /** `hold-3f2a9c`. */
  readonly id: string;
  /** Null: of any symbol. */
  readonly symbol: string | null;
  /** Null: of any dataset. */
  readonly dataset: string | null;
  /** Instants in ms UTC, half-open; null where the range has no end on that side. */
  readonly from: number | null;
  readonly until: number | null;
  /** Glob over paths in the store, such as `data/1m/2025-09-*`; null: any. */
  readonly pattern: string | null;
  readonly reason: string;
  readonly owner: string;
  readonly createdMs: number;
  /** Null while it holds. */
  readonly releasedMs: number | null;
  readonly releasedBy: string | null;
}

/** What a new hold is to cover, and who wants it why. */
export type HoldRequest = Pick<Hold, 'reason' | 'owner'> &
  Partial<Pick<Hold, 'symbol' | 'dataset' | 'from' | 'until' | 'pattern'>>;

/** Whether a hold still keeps files: until somebody releases it. */
export function isActive({ releasedMs }: Hold): boolean {
  return releasedMs === null;
}

/** `"audit of May" (hold-3f2a9c, by ann)`: how refusals name a hold. */
export function nameOfHold({ id, reason, owner }: Pick<Hold, 'id' | 'reason' | 'owner'>): string {
  return `"${reason}" (${id}, by ${owner})`;
}
