import type { QualityScore } from './quality.ts';
import type { Timeframe } from './timeframe.ts';

/** Of which series: all that are stored, unless fewer are asked for. */
export interface QualityCheckRequest {
  readonly symbols?: readonly string[] | undefined;
  readonly timeframe?: string | undefined;
}

/** How good one series is, in a line. */
export interface SeriesVerdict {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** What was looked at, half-open, ms UTC. */
  readonly from: number;
  readonly until: number;
  readonly score: QualityScore;
  /** Bars that are not there and for which there is no reason. */
  readonly missingBars: number;
  /** Rows and objects that may be wrong. */
  readonly suspectRows: number;
  /** The first thing to do, in a sentence. */
  readonly advice: string;
}

/** How good all series are, as they were looked at once. */
export interface QualityOverview {
  readonly atMs: number;
  /** By symbol and timeframe. */
  readonly series: readonly SeriesVerdict[];
}
