import { barColumns, type Bars } from '#shared/domain/candle';
import type { UnreadableFile } from '#shared/domain/viewport';
import type { FileEntry } from '../storage/file-entry.ts';

/** Decoded bars of one symbol, timeframe and period. */
export interface Segment {
  /** Of the files it was read from; another version means that it is out of date. */
  readonly version: string;
  readonly bars: Bars;
  readonly files: readonly FileEntry[];
  readonly unreadable: readonly UnreadableFile[];
}

/** Keeps the segments that were used last, up to a number of bytes. */
export class SegmentCache {
  readonly #limitBytes: number;
  readonly #segments = new Map<string, Segment>();
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(key: string, version: string): Segment | undefined {
    const segment = this.#segments.get(key);
    if (segment === undefined) return undefined;
    this.#segments.delete(key);
    if (segment.version !== version) {
      this.#sizeBytes -= sizeOf(segment);
      return undefined;
    }
    // A Map keeps the order of insertion: the one used last goes to the end.
    this.#segments.set(key, segment);
    return segment;
  }

  put(key: string, segment: Segment): void {
    const known = this.#segments.get(key);
    if (known !== undefined) this.#sizeBytes -= sizeOf(known);
    this.#segments.delete(key);
    this.#segments.set(key, segment);
    this.#sizeBytes += sizeOf(segment);
    for (const [oldest, { bars }] of this.#segments) {
      if (this.#sizeBytes <= this.#limitBytes || oldest === key) break;
      this.#segments.delete(oldest);
      this.#sizeBytes -= sizeOf({ bars });
    }
  }
}

/** The fixed part stands for the object and its key, so that empty segments count too. */
function sizeOf({ bars }: Pick<Segment, 'bars'>): number {
  return bars.ts.length * barColumns.length * Float64Array.BYTES_PER_ELEMENT + 500;
}
