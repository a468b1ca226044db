/** The values of one row by the places of their columns. */
export interface Cells {
  /** NaN for what is no plain number. */
  readonly number: (column: number) => number;
  /** Empty for what is missing. */
  readonly text: (column: number) => string;
  /** The same time by the bytes of its text, where they are at hand; NaN where the text has to be read. */
  readonly time?: (column: number, read: ReadBytes) => number;
}

/** Reads a value from `bytes` between `start` and `end`. */
export type ReadBytes = (bytes: Uint8Array, start: number, end: number) => number;

/** A row of values as JSON, Parquet and Arrow have them. */
export class ValueCells implements Cells {
  values: readonly unknown[] = [];

  number(column: number): number {
    const value = this.values[column];
    if (typeof value === 'number') return value;
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'string' ? plainNumber(value) : Number.NaN;
  }

  text(column: number): string {
    const value = this.values[column];
    if (value === null || value === undefined) return '';
    if (typeof value === 'string') return value.trim();
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
      return String(value);
    return JSON.stringify(value);
  }
}

const plain = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A decimal as programs write it: no separators of thousands, no hexadecimal. NaN for anything else. */
export function plainNumber(text: string): number {
  const trimmed = text.trim();
  return plain.test(trimmed) ? Number(trimmed) : Number.NaN;
}
