import { allocateBars, barColumns, joinBars, type Bars } from '#shared/domain/candle';
import type { UnreadableFile } from '#shared/domain/viewport';
import type { FileEntry } from '../storage/file-entry.ts';
import { BarMemory, bytesOfRoom, type BarRoom } from './bar-memory.ts';

/** Decoded bars of one symbol, timeframe and period. */
export interface Segment {
  /** Of the files it was read from; another version means that it is out of date. */
  readonly version: string;
  /** Its bars: stretches that follow one another. */
  readonly stretches: readonly Bars[];
  readonly files: readonly FileEntry[];
  readonly unreadable: readonly UnreadableFile[];
}

interface Kept {
  readonly segment: Segment;
  readonly room: BarRoom;
  readonly sizeBytes: number;
}

/** One for all stores that are open in the process, so that what one lets go of serves the next. */
const processMemory = new BarMemory();

/** Stands for the objects of a segment and its key, so that empty ones count too. */
const overheadBytes = 500;

/** Keeps copies of the segments that were used last, up to a number of bytes. */
export class SegmentCache {
  readonly #limitBytes: number;
  readonly #memory: BarMemory;
  readonly #kept = new Map<string, Kept>();
  #sizeBytes = 0;
  #isClosed = false;

  constructor(limitBytes: number, memory: BarMemory = processMemory) {
    this.#limitBytes = limitBytes;
    this.#memory = memory;
  }

  /** Its bars are written over once it was let go of: they are to be copied before anything is waited for. */
  get(key: string, version: string): Segment | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    if (kept.segment.version !== version) {
      this.#letGo(key, kept);
      return undefined;
    }
    // A Map keeps the order of insertion: the one used last goes to the end.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.segment;
  }

  put(key: string, segment: Segment): void {
    const known = this.#kept.get(key);
    if (known !== undefined) this.#letGo(key, known);
    if (this.#isClosed) return;
    const bars = joinBars(segment.stretches);
    const count = bars.ts.length;
    const sizeBytes = bytesOfRoom(count) + overheadBytes;
    for (const [oldest, kept] of this.#kept) {
      if (this.#sizeBytes + sizeBytes <= this.#limitBytes) break;
      this.#letGo(oldest, kept);
    }
    // What is more than all that may be kept has memory that goes with it.
    const isTooMuch = sizeBytes > this.#limitBytes;
    const room = isTooMuch ? { pieces: [allocateBars(count)], units: [] } : this.#memory.take(count);
    copyInto(room.pieces, bars);
    this.#kept.set(key, { segment: { ...segment, stretches: room.pieces }, room, sizeBytes });
    this.#sizeBytes += sizeBytes;
  }

  /** Lets go of everything, and keeps nothing from now on. */
  close(): void {
    this.#isClosed = true;
    for (const [key, kept] of this.#kept) this.#letGo(key, kept);
  }

  #letGo(key: string, { room, sizeBytes }: Kept): void {
    this.#kept.delete(key);
    this.#memory.giveBack(room);
    this.#sizeBytes -= sizeBytes;
  }
}

function copyInto(pieces: readonly Bars[], bars: Bars): void {
  let start = 0;
  for (const piece of pieces) {
    const end = start + piece.ts.length;
    for (const column of barColumns) piece[column].set(bars[column].subarray(start, end));
    start = end;
  }
}
