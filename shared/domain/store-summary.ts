import type { EpochMs } from '../units.ts';
import type { CalendarId } from './session-calendar.ts';
import type { Timeframe } from './timeframe.ts';

/** What the window says about the store it shows. */
export interface StoreSummary {
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  readonly isDemo: boolean;
  /** Whether this process may write to the store. A reader sees the store as it was when it was opened or refreshed. */
  readonly access: 'owner' | 'reader';
  /** IANA zone in which times without an offset are read. */
  readonly zone: string;
  /** What to show first; null leaves it to the window. */
  readonly home: { readonly symbol: string; readonly timeframe: string } | null;
  readonly formatVersion: number;
  readonly appVersion: string;
  /** Sequence of the last committed change. */
  readonly sequence: number;
  readonly sizeBytes: number;
  readonly fileCount: number;
  /** What recovery cut, files that could not be read, and the like: one sentence each. */
  readonly warnings: readonly string[];
}

/** A stretch of time in which rows of one symbol changed. */
export interface StoreChange {
  readonly dataset: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly from: number;
  readonly until: number;
}

export interface TimeframeCoverage {
  readonly timeframe: Timeframe;
  /** Open of the first stored bar. */
  readonly first: EpochMs;
  /** Open of the last stored bar. */
  readonly last: EpochMs;
  readonly bars: number;
}

export interface SymbolSummary {
  readonly symbol: string;
  /** Shortest first. */
  readonly timeframes: readonly TimeframeCoverage[];
  readonly objectEvents: number;
  /** When its market is open. */
  readonly calendar: CalendarId;
}
