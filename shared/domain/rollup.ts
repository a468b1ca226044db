import { compareTimeframes, parseTimeframe, timeframeLength, type Timeframe } from './timeframe.ts';

/** The timeframes that rollups are kept in, shortest first. */
export const rollupTimeframes: readonly Timeframe[] = ['5m', '15m', '1h', '4h', '1d'].flatMap(
  (text) => parseTimeframe(text) ?? [],
);

/** The finest stored timeframe that a longer one can be made of; null where none divides it. */
export function sourceTimeframe(wanted: Timeframe, stored: readonly Timeframe[]): Timeframe | null {
  const length = timeframeLength(wanted);
  const divides = (timeframe: Timeframe) =>
    timeframeLength(timeframe) <= length && length % timeframeLength(timeframe) === 0;
  return stored.filter(divides).sort(compareTimeframes)[0] ?? null;
}

/** What rollups a symbol can have: the timeframes that it is not stored in, each with the one it is made from. */
export function rollupSources(stored: readonly Timeframe[]): ReadonlyMap<Timeframe, Timeframe> {
  return new Map(
    rollupTimeframes.flatMap((timeframe) => {
      const source = stored.includes(timeframe) ? null : sourceTimeframe(timeframe, stored);
      return source === null ? [] : [[timeframe, source] as const];
    }),
  );
}

/** A file of rollups that was made anew, or that would be. */
export interface PlannedRollup {
  readonly timeframe: Timeframe;
  readonly level: 'month' | 'year';
  /** `2025-09` or `2025`. */
  readonly partition: string;
  /** The file it takes the place of; null when there is none. */
  readonly replaces: string | null;
  readonly symbols: number;
}

export interface RollupReport extends PlannedRollup {
  /** Null when nothing is left to be said: then the file it replaces is only taken away. */
  readonly output: string | null;
  readonly bars: number;
  readonly sizeBytes: number;
  /** Why it could not be made; readers then make the bars as they are asked for. */
  readonly failure: string | null;
}
