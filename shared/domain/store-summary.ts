import type { EpochMs } from '../units.ts';
import type { CalendarId } from './session-calendar.ts';
import type { Timeframe } from './timeframe.ts';

/** What the window says about the store it shows. */
export interface StoreSummary {
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  readonly isDemo: boolean;
  /** Whether the process that answers may write to the store. */
  readonly access: 'owner' | 'reader';
  /** Why a reader may only read, and what it cannot do, in one sentence; null for an owner. */
  readonly readOnlyReason: string | null;
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
  /** Rows that are safe in the log but could not be put into files, why, and what to do; null while there are none. */
  readonly backlog: string | null;
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
  /** Whether rows came in; false where files went, came back from the trash, or lie on a disk that is there again. */
  readonly hasNewRows: boolean;
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

/** A symbol as of an instant of the past. */
export interface KnownSymbol {
  readonly symbol: string;
  /** Open of the newest bar that had closed by then. */
  readonly last: EpochMs;
}
