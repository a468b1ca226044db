import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import type { ExportDataset } from '#shared/domain/export-profile';
import type { FileShape } from '#shared/domain/file-shape';
import type { CalendarId, Hours } from '#shared/domain/session-calendar';
import type { Timeframe } from '#shared/domain/timeframe';

/** The rows to export of one dataset, said in files, so that a process without the store can read them. */
export interface ExportSlice {
  readonly dataset: ExportDataset;
  /** Half-open, ms UTC. */
  readonly from: number;
  readonly until: number;
  /** Longer bars that open before `until` are made of rows up to here. */
  readonly readUntil: number;
  readonly symbols: readonly SliceSymbol[];
  readonly session: 'all' | Hours;
  /** Objects as their last states, instead of every row. */
  readonly isReduced: boolean;
  /** What bars are made longer to, and the sources that this concerns; the others are taken as they are. */
  readonly sources: readonly SliceSource[];
}

export interface SliceSymbol {
  readonly symbol: string;
  readonly calendar: CalendarId;
}

/** Files of one timeframe. */
export interface SliceSource {
  readonly symbols: readonly string[];
  /** Bars are made longer to this; null takes them as they are stored. */
  readonly resample: Timeframe | null;
  /** Files in which every key occurs once, and in no other file. */
  readonly plain: readonly SliceFile[];
  /** All others, in the order in which later rows win. */
  readonly mixed: readonly SliceFile[];
  readonly shapes: readonly (readonly [path: string, shape: FileShape])[];
  /** Rows that are in no file yet; they win over those that are. */
  readonly pending: readonly StoredRow[];
}

export interface SliceFile {
  /** Absolute. */
  readonly path: string;
  /** Smallest and largest instant that it holds of the symbols. */
  readonly first: number;
  readonly last: number;
}

/** The columns that the rows of a slice have. */
export function datasetOf({ dataset }: Pick<ExportSlice, 'dataset'>): Dataset {
  return dataset === 'candles' ? candles : objects;
}
