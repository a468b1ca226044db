import { candles } from '#schemas/datasets/candles';
import { allocateBars, barColumns, barsBetween, lowerBound, type Bars } from '#shared/domain/candle';
import { byWriting, type TailRow } from './tail-row.ts';

const columnsAt = barColumns.map((name) => Object.keys(candles.columns).indexOf(name));
const tsAt = columnsAt[0] ?? 0;

/** A stretch of bars in memory, and what it was served from. */
export interface TailSlice {
  readonly bars: Bars;
  /** Loose parts that hold some of them. */
  readonly parts: number;
  /** Bars that are only in the log. */
  readonly pending: number;
}

/**
 * Bars of one symbol and timeframe that are in memory, as typed columns.
 *
 * A bar behind the last one is added in place. Anything else (a late bar, a correction, a removal) is taken in when the
 * columns are next read: those before the earliest change are copied, those after it laid out again. Columns that were
 * handed out are never written to below their end.
 */
export class BarSeries {
  readonly symbol: string;
  readonly timeframe: string;
  /** By time, and of one time in the order of writing. */
  #rows: TailRow[] = [];
  /** Rows that are not behind the last one, as they came: many are put in their places as cheaply as one. */
  #late: TailRow[] = [];
  #columns: Bars = allocateBars(16);
  #laidOut: TailRow[] = [];
  #count = 0;
  /** Columns from this time on are out of date. */
  #staleFrom = Infinity;

  constructor(symbol: string, timeframe: string) {
    this.symbol = symbol;
    this.timeframe = timeframe;
  }

  get isEmpty(): boolean {
    return this.rowCount === 0;
  }

  get rowCount(): number {
    return this.#rows.length + this.#late.length;
  }

  add(row: TailRow): void {
    const ts = tsOf(row);
    const last = this.#rows.at(-1);
    const isBehind = last === undefined || tsOf(last) < ts;
    if (isBehind) this.#rows.push(row);
    else this.#late.push(row);
    if (isBehind && this.#staleFrom === Infinity) this.#push(row);
    else this.#staleFrom = Math.min(this.#staleFrom, ts);
  }

  remove(rows: ReadonlySet<TailRow>): void {
    this.#takeLate();
    this.#rows = this.#rows.filter((row) => {
      if (!rows.has(row)) return true;
      this.#staleFrom = Math.min(this.#staleFrom, tsOf(row));
      return false;
    });
  }

  first(): number {
    this.#layOut();
    return this.#columns.ts[0] ?? Number.NaN;
  }

  last(): number {
    this.#layOut();
    return this.#columns.ts[this.#count - 1] ?? Number.NaN;
  }

  /** Bars with `from` <= ts < `until`, sorted, each ts once: of two rows the later write. */
  slice(from: number, until: number): TailSlice {
    this.#layOut();
    const filled = this.#columns.ts.subarray(0, this.#count);
    const start = lowerBound(filled, from);
    const end = Math.max(start, lowerBound(filled, until));
    const parts = new Set<string>();
    let pending = 0;
    let holder: string | null | undefined;
    for (let index = start; index < end; index += 1) {
      const next = this.#laidOut[index]?.file ?? null;
      if (next === null) pending += 1;
      else if (next !== holder) parts.add(next);
      holder = next;
    }
    return { bars: barsBetween(this.#columns, start, end), parts: parts.size, pending };
  }

  /** Every row with `from` <= ts < `until`, also those that gave way; by time, and of one time in the order of writing. */
  written(from: number, until: number): readonly TailRow[] {
    this.#takeLate();
    return this.#rows.slice(this.#firstAt(from), this.#firstAt(until));
  }

  #push(row: TailRow): void {
    if (this.#count === this.#columns.ts.length) this.#grow();
    barColumns.forEach((column, index) => {
      this.#columns[column][this.#count] = Number(row.values[columnsAt[index] ?? 0]);
    });
    this.#laidOut[this.#count] = row;
    this.#count += 1;
  }

  #grow(): void {
    const wider = allocateBars(Math.max(16, this.#columns.ts.length * 2));
    for (const column of barColumns) wider[column].set(this.#columns[column]);
    this.#columns = wider;
  }

  #layOut(): void {
    const from = this.#staleFrom;
    if (from === Infinity) return;
    this.#takeLate();
    const old = this.#columns;
    const kept = lowerBound(old.ts.subarray(0, this.#count), from);
    const start = this.#firstAt(from);
    const most = kept + this.#rows.length - start;
    this.#columns = allocateBars(Math.max(16, most + (most >> 2)));
    for (const column of barColumns) this.#columns[column].set(old[column].subarray(0, kept));
    this.#laidOut.length = kept;
    this.#count = kept;
    for (let index = start; index < this.#rows.length; index += 1) {
      const [row, next] = [this.#rows[index], this.#rows[index + 1]];
      // Of rows with one time the last one written counts.
      if (row !== undefined && (next === undefined || tsOf(next) !== tsOf(row))) this.#push(row);
    }
    this.#staleFrom = Infinity;
  }

  /** Puts late rows in their places. */
  #takeLate(): void {
    if (this.#late.length === 0) return;
    const late = this.#late.sort(byTime);
    this.#late = [];
    const merged: TailRow[] = [];
    let at = 0;
    for (const row of this.#rows) {
      for (let next = late[at]; next !== undefined && byTime(next, row) < 0; next = late[at]) {
        merged.push(next);
        at += 1;
      }
      merged.push(row);
    }
    this.#rows = merged.concat(late.slice(at));
  }

  /** Place of the first row at or after a time. */
  #firstAt(ts: number): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.#rows[middle];
      if (row !== undefined && tsOf(row) < ts) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function byTime(a: TailRow, b: TailRow): number {
  return tsOf(a) - tsOf(b) || byWriting(a, b);
}

function tsOf(row: TailRow): number {
  return Number(row.values[tsAt]);
}
