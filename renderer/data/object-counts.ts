import type { ObjectType } from '#shared/domain/chart-object';

export interface ObjectCount {
  /** On the screen by their times. */
  readonly total: number;
  readonly shown: number;
  /** Left out by the layer's filter. */
  readonly filtered: number;
  /** Left out because they have no price to be drawn at. */
  readonly unpriced: number;
}

/** How many objects of each type are on the screen, and how many of them are drawn. */
export type ObjectCounts = Readonly<Record<ObjectType, ObjectCount>>;

/** Counts of several types as one; all zeros for none. */
export function sumOf(counts: readonly ObjectCount[]): ObjectCount {
  return counts.reduce(
    (sum, { total, shown, filtered, unpriced }) => ({
      total: sum.total + total,
      shown: sum.shown + shown,
      filtered: sum.filtered + filtered,
      unpriced: sum.unpriced + unpriced,
    }),
    { total: 0, shown: 0, filtered: 0, unpriced: 0 },
  );
}

/** What loaded bars have wrong with them. */
export interface BarFaults {
  /** Room was wanted where bars are missing, and there are more of them than a chart can hold. */
  readonly hasTooManyGaps?: boolean;
  /** Left blank: they have no price that can be drawn. */
  readonly blank: number;
  /** Drawn as they are: their high is below their low. */
  readonly upsideDown: number;
}
