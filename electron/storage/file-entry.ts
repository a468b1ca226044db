import type { Dataset, FileLevel, StoredRow } from '#schemas/define-dataset';
import type { FileShape } from '#shared/domain/file-shape';
import type { RollupOrigin } from '#shared/domain/rollup-origin';

/** What the catalog knows of one symbol in one file. Times are ms UTC of the dataset's instant, both inclusive. */
export interface SymbolSpan {
  readonly symbol: string;
  readonly rows: number;
  readonly first: number;
  readonly last: number;
  /** Null when no row of the symbol has a price. */
  readonly low: number | null;
  readonly high: number | null;
}

/** One living file of the store. */
export interface FileEntry {
  readonly path: string;
  readonly dataset: string;
  readonly timeframe: string;
  readonly level: FileLevel;
  readonly partition: string;
  readonly rows: number;
  readonly sizeBytes: number;
  /** Orders files that hold the same key: the row from the higher one counts. */
  readonly sequence: number;
  /** SHA-256 of the file, hex; null for a file that was adopted without having been read whole. */
  readonly sha256: string | null;
  readonly spans: readonly SymbolSpan[];
  /** Of its rows in any order, as taken by reading it back; absent where it was not read back. */
  readonly rowDigest?: string;
  /** How to read a file that another program wrote; absent where its columns are ours. */
  readonly shape?: FileShape;
  /** What a file of rollups was made from; absent for all others. */
  readonly madeFrom?: RollupOrigin;
}

/** A file that is no longer part of the store: what it was, where its rows are now, and until when it is kept. */
export interface Tombstone extends FileEntry {
  /** Path of the file that holds its rows now; null when the rows were meant to go. */
  readonly replacedBy: string | null;
  readonly job: string;
  readonly atMs: number;
  /** When it may be purged; null when it stays in its place (`--keep-parts`). */
  readonly deadlineMs: number | null;
  /** Why it went, where that is not that its rows are elsewhere now. */
  readonly reason?: string;
}

/** The shapes of those files that are not of our own. */
export function shapesOf(files: readonly FileEntry[]): ReadonlyMap<string, FileShape> {
  return new Map(files.flatMap(({ path, shape }) => (shape === undefined ? [] : [[path, shape] as const])));
}

/** What a file has of a symbol; undefined where that is nothing. Spans are sorted by symbol. */
export function spanOf(entry: FileEntry, symbol: string): SymbolSpan | undefined {
  return entry.spans.length === 1
    ? entry.spans.find((span) => span.symbol === symbol)
    : findSorted(entry.spans, symbol);
}

/** Spans of a set of rows, sorted by symbol. */
export function spansOfRows(dataset: Dataset, rows: readonly StoredRow[]): SymbolSpan[] {
  const names = Object.keys(dataset.columns);
  const symbolAt = names.indexOf('symbol');
  const instantAt = names.indexOf(dataset.instant);
  const lowAt = dataset.priceLow.map((name) => names.indexOf(name));
  const highAt = dataset.priceHigh.map((name) => names.indexOf(name));
  const spans = new Map<string, { -readonly [Name in keyof SymbolSpan]: SymbolSpan[Name] }>();
  for (const row of rows) {
    const symbol = String(row[symbolAt]);
    const ts = Number(row[instantAt]);
    let span = spans.get(symbol);
    if (span === undefined) {
      span = { symbol, rows: 0, first: ts, last: ts, low: null, high: null };
      spans.set(symbol, span);
    }
    span.rows += 1;
    span.first = Math.min(span.first, ts);
    span.last = Math.max(span.last, ts);
    span.low = extreme(Math.min, span.low, row, lowAt);
    span.high = extreme(Math.max, span.high, row, highAt);
  }
  return [...spans.values()].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

function extreme(
  pick: (...values: number[]) => number,
  known: number | null,
  row: StoredRow,
  columns: readonly number[],
): number | null {
  let value = known;
  for (const column of columns) {
    const price = row[column];
    if (typeof price === 'number') value = value === null ? price : pick(value, price);
  }
  return value;
}

/** Whether two files may have rows of one key: their rows of some symbol are of times that overlap. */
export function areOfOneTime(a: FileEntry, b: FileEntry): boolean {
  if (a.dataset !== b.dataset || a.timeframe !== b.timeframe) return false;
  return a.spans.some(({ symbol, first, last }) => {
    const span = spanOf(b, symbol);
    return span !== undefined && span.first <= last && span.last >= first;
  });
}

function findSorted(spans: readonly SymbolSpan[], symbol: string): SymbolSpan | undefined {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const span = spans[middle];
    if (span === undefined || span.symbol === symbol) return span;
    if (span.symbol < symbol) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
