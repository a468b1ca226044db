import { z } from 'zod';

/** Raised when a reader of the old files would misread the new ones. See schemas/CHANGELOG.md. */
export const emaDocumentVersion = 1;

const average = z.object({
  period: z.int().min(1),
  /** Values so far. */
  count: z.int().min(0),
  /** Until `count` reaches the period, the sum of the closes so far; the average after that. */
  accumulated: z.number(),
});

/**
 * `emas/ema_state.json`: what exponential averages remember of all bars up to `through`, so that they can go on with
 * the next close, c: accumulated = 2 / (period + 1) × c + (1 - 2 / (period + 1)) × accumulated.
 */
export const emaStateDocument = z.object({
  version: z.int(),
  series: z.array(
    z.object({
      symbol: z.string(),
      timeframe: z.string(),
      /** Open of the last bar that is in the averages, ms since 1970 in UTC. */
      through: z.int(),
      through_iso: z.string(),
      averages: z.array(average),
    }),
  ),
});

export type EmaStateDocument = z.infer<typeof emaStateDocument>;
export type EmaSeriesState = EmaStateDocument['series'][number];

/** `emas/5M.json`: the same averages as numbers, for programs that want no more than the latest. */
export interface EmaValuesDocument {
  readonly timeframe: string;
  readonly symbols: Readonly<Record<string, EmaValues>>;
}

/** `ema_9` and the like are null while there are too few bars. */
export type EmaValues = Readonly<Record<`ema_${number}`, number | null>> & {
  readonly ts: number;
  readonly ts_iso: string;
};
