/** Bars as columns of equal length, sorted by `ts` (ms UTC of the open), each `ts` once. */
export interface Bars {
  readonly ts: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

export const barColumns = ['ts', 'open', 'high', 'low', 'close', 'volume'] as const;

/** One bar as the command line and tables show it. `ts` is ms UTC of the open. */
export interface Candle {
  readonly ts: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export const noBars: Bars = allocateBars(0);

/** Bars of zeros to be filled in, packed already: `packOwnBars` copies nothing. */
export function allocateBars(count: number): Bars {
  return unpackBars(new ArrayBuffer(count * barColumns.length * Float64Array.BYTES_PER_ELEMENT));
}

/** One buffer with the six columns one after another: the cheapest shape to send to another process. */
export function packBars(bars: Bars): ArrayBuffer {
  const count = bars.ts.length;
  const packed = new Float64Array(count * barColumns.length);
  barColumns.forEach((column, index) => packed.set(bars[column], index * count));
  return packed.buffer;
}

/** The same of bars whose memory nobody else has: it is not copied where it is packed already. */
export function packOwnBars(bars: Bars): ArrayBuffer {
  const { buffer, byteLength } = bars.ts;
  const isPacked =
    byteLength > 0 &&
    buffer instanceof ArrayBuffer &&
    buffer.byteLength === byteLength * barColumns.length &&
    barColumns.every(
      (column, index) => bars[column].buffer === buffer && bars[column].byteOffset === index * byteLength,
    );
  return isPacked ? buffer : packBars(bars);
}

/** Views on a packed buffer; nothing is copied. */
export function unpackBars(packed: ArrayBufferLike): Bars {
  const count = packed.byteLength / Float64Array.BYTES_PER_ELEMENT / barColumns.length;
  const view = (index: number) =>
    new Float64Array(packed, index * count * Float64Array.BYTES_PER_ELEMENT, count);
  return { ts: view(0), open: view(1), high: view(2), low: view(3), close: view(4), volume: view(5) };
}

/** One bar of the columns; null where the index is none of theirs. */
export function candleAt(bars: Bars, index: number): Candle | null {
  const ts = bars.ts[index];
  if (ts === undefined) return null;
  const at = (column: Float64Array) => column[index] ?? Number.NaN;
  return {
    ts,
    open: at(bars.open),
    high: at(bars.high),
    low: at(bars.low),
    close: at(bars.close),
    volume: at(bars.volume),
  };
}

/** Index of the first bar at or after `ts`; the count of bars when there is none. */
export function lowerBound(sorted: ArrayLike<number>, ts: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bars with `from` <= ts < `until`, as views on the same memory. */
export function sliceBars(bars: Bars, from: number, until: number): Bars {
  const start = lowerBound(bars.ts, from);
  return barsBetween(bars, start, Math.max(start, lowerBound(bars.ts, until)));
}

/** The bars from index `start` up to `end`, as views on the same memory. */
export function barsBetween(bars: Bars, start: number, end: number): Bars {
  return {
    ts: bars.ts.subarray(start, end),
    open: bars.open.subarray(start, end),
    high: bars.high.subarray(start, end),
    low: bars.low.subarray(start, end),
    close: bars.close.subarray(start, end),
    volume: bars.volume.subarray(start, end),
  };
}

/** Bars of stretches that follow one another; a single one is not copied. */
export function joinBars(stretches: readonly Bars[]): Bars {
  const [first, second] = stretches.filter(({ ts }) => ts.length > 0);
  if (first === undefined) return noBars;
  return second === undefined ? first : copyOfBars(stretches);
}

/** The same in memory of their own, packed. */
export function copyOfBars(stretches: readonly Bars[]): Bars {
  const joined = allocateBars(stretches.reduce((sum, { ts }) => sum + ts.length, 0));
  let offset = 0;
  for (const stretch of stretches) {
    for (const column of barColumns) joined[column].set(stretch[column], offset);
    offset += stretch.ts.length;
  }
  return joined;
}
