/**
 * Rows of a result as text, packed: the cells one after another, row by row, and how long each is. A text and a buffer
 * cross a process boundary at once, where a hundred thousand small strings take their time.
 */
export interface SqlPage {
  /** Place of the first row in the result. */
  readonly from: number;
  readonly rows: number;
  readonly text: string;
  /** Int32, one a cell, row by row: length in UTF-16 units; -1 for null. */
  readonly lengths: ArrayBuffer;
}

export type SqlCell = string | null;

/** Packs rows, each as long as the others. */
export function packPage(from: number, rows: readonly (readonly SqlCell[])[]): SqlPage {
  const width = rows[0]?.length ?? 0;
  const lengths = new Int32Array(rows.length * width);
  const texts: string[] = [];
  let at = 0;
  for (const row of rows) {
    for (const cell of row) {
      lengths[at] = cell === null ? -1 : cell.length;
      at += 1;
      if (cell !== null) texts.push(cell);
    }
  }
  return { from, rows: rows.length, text: texts.join(''), lengths: lengths.buffer };
}

/** The rows of a page. */
export function unpackPage({ rows, text, lengths: packed }: SqlPage): SqlCell[][] {
  const lengths = new Int32Array(packed);
  const width = rows === 0 ? 0 : lengths.length / rows;
  let [cell, at] = [0, 0];
  return Array.from({ length: rows }, () =>
    Array.from({ length: width }, () => {
      const length = lengths[cell] ?? -1;
      cell += 1;
      if (length < 0) return null;
      at += length;
      return text.slice(at - length, at);
    }),
  );
}
