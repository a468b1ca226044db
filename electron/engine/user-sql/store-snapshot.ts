import type { FileShape } from '#shared/domain/file-shape';
import type { StoredRow } from '#schemas/define-dataset';

/** What a store holds at one moment, for a process that reads it: exact files, and the rows that no file holds yet. */
export interface StoreSnapshot {
  /** Equal for snapshots that hold the same. */
  readonly version: string;
  readonly root: string;
  readonly sequence: number;
  readonly datasets: readonly DatasetSnapshot[];
  /** Of the files that another program wrote. */
  readonly shapes: readonly (readonly [path: string, shape: FileShape])[];
}

export interface DatasetSnapshot {
  readonly name: string;
  readonly series: readonly SeriesSnapshot[];
  /** Where the rows of a symbol are exact, for a dataset that is made of another; absent for all others. */
  readonly exact?: readonly ExactStretch[];
}

/** One timeframe of a dataset. Paths are as the store names them. */
export interface SeriesSnapshot {
  readonly timeframe: string;
  /** Files whose keys no other file has. */
  readonly single: readonly string[];
  /** Files that hold each key once, but of which `later` may hold some anew. */
  readonly earlier: readonly string[];
  /** Files that may share keys with one another and with `earlier`, in the order in which later rows win. */
  readonly later: readonly string[];
  /** Rows that are in no file, in the order of writing: they win. */
  readonly pending: readonly StoredRow[];
}

/** Half-open, ms UTC. */
export interface ExactStretch {
  readonly timeframe: string;
  readonly symbol: string;
  readonly from: number;
  readonly until: number;
}

/** Every file that a snapshot names. */
export function pathsOf({ datasets }: StoreSnapshot): string[] {
  return datasets.flatMap(({ series }) =>
    series.flatMap(({ single, earlier, later }) => [...single, ...earlier, ...later]),
  );
}
