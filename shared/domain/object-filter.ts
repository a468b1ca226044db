import type { ObjectType } from './chart-object.ts';

export const fieldTests = ['is', 'contains', 'at-least', 'at-most'] as const;
export type FieldTest = (typeof fieldTests)[number];

/** A condition on one field of the payload. It holds nothing back while its field or its value is empty. */
export interface FieldCondition {
  /** Name of the field; `pole.p0` lies within another one. */
  readonly field: string;
  readonly test: FieldTest;
  readonly value: string;
}

/** Which objects of one layer are shown. An empty list lets all pass; texts are compared without case. */
export interface ObjectFilter {
  readonly kinds: readonly string[];
  /** Any of them is enough: an object is open or closed, and may have a status of its own besides. */
  readonly statuses: readonly string[];
  readonly timeframes: readonly string[];
  readonly condition: FieldCondition;
}

export type ObjectFilters = Readonly<Record<ObjectType, ObjectFilter>>;
export type ShownTypes = Readonly<Record<ObjectType, boolean>>;

/** Most characters of the texts that a filter holds, and most texts in one of its lists. */
export const filterLimits = { text: 200, value: 1_000, list: 100 } as const;
