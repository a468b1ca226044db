import { barColumns, barsBetween, unpackBars, type Bars } from '#shared/domain/candle';

/** Room for some bars, in pieces that follow one another. */
export interface BarRoom {
  readonly pieces: readonly Bars[];
  /** Which parts of the memory the pieces lie in. */
  readonly units: readonly number[];
}

/** The least that is handed out: 24 kB. */
const unitBars = 512;
/** 1.5 MB are asked of the system at once. */
const unitsPerSlab = 64;
const bytesPerBar = barColumns.length * Float64Array.BYTES_PER_ELEMENT;

/** What the room for `count` bars takes up. */
export function bytesOfRoom(count: number): number {
  return Math.ceil(count / unitBars) * unitBars * bytesPerBar;
}

/**
 * Memory for bars that are kept, which is used again when they are let go of, and never given back to the system.
 *
 * It is shared memory because V8 does not count that: buffers of their own, one for each month that was read, brought on
 * a full collection every 25 months, and each stopped a viewport for 10 to 30 ms.
 */
export class BarMemory {
  readonly #slabs: Bars[] = [];
  /** Units that nobody has; the last is the next to be taken. */
  readonly #free: number[] = [];

  take(count: number): BarRoom {
    const unitCount = Math.ceil(count / unitBars);
    while (this.#free.length < unitCount) this.#addSlab();
    const units = this.#free.splice(this.#free.length - unitCount).sort((a, b) => a - b);
    return { units, pieces: this.#piecesOf(units, count) };
  }

  /** Whoever is given these units next writes to them. */
  giveBack({ units }: BarRoom): void {
    this.#free.push(...units.toReversed());
  }

  #addSlab(): void {
    const first = this.#slabs.length * unitsPerSlab;
    this.#slabs.push(unpackBars(new SharedArrayBuffer(unitsPerSlab * unitBars * bytesPerBar)));
    this.#free.unshift(...Array.from({ length: unitsPerSlab }, (_, index) => first + index).reverse());
  }

  /** Neighbours make one piece. */
  #piecesOf(units: readonly number[], count: number): Bars[] {
    const pieces: Bars[] = [];
    let left = count;
    for (let start = 0, end = 0; start < units.length; start = end) {
      const first = units[start] ?? 0;
      const slab = Math.floor(first / unitsPerSlab);
      end = start + 1;
      while (units[end] === first + end - start && units[end] !== (slab + 1) * unitsPerSlab) end += 1;
      const at = (first % unitsPerSlab) * unitBars;
      const length = Math.min(left, (end - start) * unitBars);
      pieces.push(barsBetween(this.#slabs[slab] ?? noSlab, at, at + length));
      left -= length;
    }
    return pieces;
  }
}

const noSlab = unpackBars(new ArrayBuffer(0));
