import type { RejectedRow } from './ingest.ts';
import type { RollupReport } from './rollup.ts';

export interface CompactionTarget {
  readonly dataset: string;
  readonly timeframe: string;
  readonly level: 'day' | 'month' | 'year';
  /** `2025-09-02`, `2025-09` or `2025`. */
  readonly partition: string;
}

/** One merge: these files become one. Nothing is done until it is run. */
export interface PlannedMerge extends CompactionTarget {
  readonly inputs: readonly { readonly path: string; readonly rows: number; readonly sizeBytes: number }[];
  readonly rows: number;
  readonly sizeBytes: number;
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
