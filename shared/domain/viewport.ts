import type { ObjectEvent, ObjectState } from './chart-object.ts';
import type { Timeframe } from './timeframe.ts';

/** What an answer was read from: how many files of each level, and rows that were still in memory. */
export interface Served {
  readonly parts: number;
  readonly days: number;
  readonly months: number;
  readonly years: number;
  /** Files of rollups, where bars were made of shorter ones beforehand. */
  readonly rollups: number;
  readonly tailRows: number;
}

/** A file that was set aside because it could not be read; the rest was served. */
export interface UnreadableFile {
  readonly path: string;
  readonly reason: string;
}

/** Every event of one object, oldest first, but for those in files that could not be read. */
export interface ObjectHistory {
  readonly events: readonly ObjectEvent[];
  readonly unreadable: readonly UnreadableFile[];
}

/** The last states of objects by some instant, but for what files say that could not be read. */
export interface ObjectsAsOf {
  readonly objects: readonly ObjectState[];
  readonly unreadable: readonly UnreadableFile[];
}

export interface ViewportAnswer {
  /** Six Float64 columns one after another (`unpackBars`). */
  readonly bars: ArrayBuffer;
  /** Last-known state of every object that overlaps the window and the price band. */
  readonly objects: readonly ObjectState[];
  /** The timeframe of the bars: the one asked for. */
  readonly resolution: Timeframe;
  /** The stored timeframe that the bars were made from; equals `resolution` unless they were aggregated. */
  readonly source: Timeframe;
  /** Prices that objects were filtered by; null when there were neither bars nor a band in the question. */
  readonly priceBand: { readonly min: number; readonly max: number } | null;
  /** Open of the first and last stored bar of this series, null when there is none: tells a loader where data ends. */
  readonly extent: { readonly first: number; readonly last: number } | null;
  readonly served: Served;
  readonly unreadable: readonly UnreadableFile[];
  /** Sequence of the last change that this answer includes. */
  readonly sequence: number;
}
