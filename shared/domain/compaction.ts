import type { RejectedRow } from './ingest.ts';
import type { CalendarId } from './session-calendar.ts';
import type { RollupReport } from './rollup.ts';

/** How long the periods are that rows are merged by. */
export const compactionLevels = ['day', 'month', 'year'] as const;
export type CompactionLevel = (typeof compactionLevels)[number];

export interface CompactionTarget {
  readonly dataset: string;
  readonly timeframe: string;
  readonly level: CompactionLevel;
  /** `2025-09-02`, `2025-09` or `2025`. */
  readonly partition: string;
}

/** One merge: these files become one. Nothing is done until it is run. */
export interface PlannedMerge extends CompactionTarget {
  readonly inputs: readonly { readonly path: string; readonly rows: number; readonly sizeBytes: number }[];
  readonly rows: number;
  readonly sizeBytes: number;
}

/** A period of a series that has something to merge. */
export interface LoosePartition extends CompactionTarget {
  /** Files that would become one; `parts` of them are loose. */
  readonly files: number;
  readonly parts: number;
  readonly rows: number;
  readonly sizeBytes: number;
  /** Of the oldest and the newest row, ms UTC. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly symbols: readonly { readonly symbol: string; readonly rows: number }[];
  /** By the bytes a row that merged files of the same dataset have in this store; null while there are none. */
  readonly expectedBytes: number | null;
}

export interface CompactionOverview {
  /** Session calendar of the store. */
  readonly calendar: CalendarId;
  /** The newest trading date of it that is over. */
  readonly lastTradingDay: string;
  readonly partitions: readonly LoosePartition[];
}

/** Rows with one key and different values: the later write was kept. */
export interface KeyConflict {
  readonly key: string;
  readonly rows: number;
}

export interface CompactionReport extends CompactionTarget {
  readonly output: string;
  readonly inputs: readonly string[];
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly duplicates: number;
  readonly conflicts: number;
  /** The first conflicts, at most a hundred. */
  readonly conflictKeys: readonly KeyConflict[];
  readonly sizeBytesBefore: number;
  readonly sizeBytesAfter: number;
  readonly keptParts: boolean;
  /** Files of rollups that were made anew afterwards, because of this. */
  readonly rollups: readonly RollupReport[];
}

/** `replaced` is null when a row was refused: then nothing has changed. */
export interface ReplaceDayReport {
  readonly replaced: CompactionReport | null;
  readonly rejected: readonly RejectedRow[];
}
