/** Rows of one series as they were written, each version of a bar, in the order in which later ones win. */
export interface WrittenRows {
  readonly ts: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Place of the row's file in `files`; rows that are in no file yet have -1. */
  readonly file: Float64Array;
  readonly files: readonly string[];
}

export const rowColumns = ['ts', 'open', 'high', 'low', 'close', 'volume', 'file'] as const;

/** Rows to be filled in: columns of so many zeros, and no files. */
export function emptyRows(count = 0): WrittenRows {
  const column = () => new Float64Array(count);
  return {
    ts: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    file: column(),
    files: [],
  };
}

/** The rows at some places, in that order. */
export function rowsAt(rows: WrittenRows, places: Uint32Array): WrittenRows {
  const taken = { ...emptyRows(places.length), files: rows.files };
  for (const name of rowColumns) {
    const [from, into] = [rows[name], taken[name]];
    for (let index = 0; index < places.length; index += 1)
      into[index] = from[places[index] ?? 0] ?? Number.NaN;
  }
  return taken;
}

/** The rows of [from, until), in the order they were in. */
export function rowsBetween(rows: WrittenRows, from: number, until: number): WrittenRows {
  const { ts } = rows;
  const places = new Uint32Array(ts.length);
  let count = 0;
  for (let index = 0; index < ts.length; index += 1) {
    const at = ts[index] ?? Number.NaN;
    if (at >= from && at < until) places[count++] = index;
  }
  return count === ts.length ? rows : rowsAt(rows, places.subarray(0, count));
}

/** Rows of files, and behind them those that are in memory. */
export function joinRows(onDisk: WrittenRows, inMemory: WrittenRows): WrittenRows {
  if (inMemory.ts.length === 0) return onDisk;
  if (onDisk.ts.length === 0) return inMemory;
  const joined = {
    ...emptyRows(onDisk.ts.length + inMemory.ts.length),
    files: [...onDisk.files, ...inMemory.files],
  };
  for (const name of rowColumns) {
    joined[name].set(onDisk[name]);
    joined[name].set(inMemory[name], onDisk.ts.length);
  }
  const shift = onDisk.files.length;
  for (let index = onDisk.ts.length; index < joined.ts.length; index += 1) {
    if ((joined.file[index] ?? -1) >= 0) joined.file[index] = (joined.file[index] ?? 0) + shift;
  }
  return joined;
}
