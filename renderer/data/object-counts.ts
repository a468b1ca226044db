import type { ObjectType } from '#shared/domain/chart-object';

/** How many objects of each type are on the screen, and how many of them are drawn. */
export type ObjectCounts = Readonly<Record<ObjectType, { readonly shown: number; readonly total: number }>>;

/** What loaded bars have wrong with them. */
export interface BarFaults {
  /** Room was wanted where bars are missing, and there are more of them than a chart can hold. */
  readonly hasTooManyGaps?: boolean;
  /** Left blank: they have no price that can be drawn. */
  readonly blank: number;
  /** Drawn as they are: their high is below their low. */
  readonly upsideDown: number;
}
