import type { Dataset } from '#schemas/define-dataset';
import { candles } from '#schemas/datasets/candles';
import { BarSeries } from './bar-series.ts';
import { partitionKey, type Partition, type TailRow } from './tail-row.ts';

interface PendingRows extends Partition {
  readonly rows: TailRow[];
}

/**
 * Every row that is not yet in a compacted file, in memory: those only in the log (pending), and those of loose parts.
 * Bars are typed columns by symbol and timeframe; rows of other datasets are kept by symbol, as they came.
 */
export class Tail {
  readonly #bars = new Map<string, BarSeries>();
  readonly #rows = new Map<string, TailRow[]>();
  readonly #pending = new Map<string, PendingRows>();
  readonly #timeframes = new Map<string, Set<string>>();
  readonly #versions = new Map<string, number>();
  readonly #byFile = new Map<string, TailRow[]>();
  #rowCount = 0;
  #pendingCount = 0;

  get rowCount(): number {
    return this.#rowCount;
  }

  get pendingCount(): number {
    return this.#pendingCount;
  }

  add(row: TailRow): void {
    this.#rowCount += 1;
    if (row.file === null) this.#addPending(row);
    else listIn(this.#byFile, row.file).push(row);
    if (isBar(row)) {
      this.#seriesOf(row).add(row);
      return;
    }
    const key = rowsKey(row.dataset, row.symbol);
    listIn(this.#rows, key).push(row);
    this.#changed(key);
  }

  /** Moves pending rows of one partition to the part that now holds them. */
  settle(partition: Partition, rows: ReadonlySet<TailRow>, file: string): void {
    this.#dropPending(partition, rows);
    for (const row of rows) {
      row.file = file;
      listIn(this.#byFile, file).push(row);
    }
  }

  /** Forgets the rows of a file, which was compacted, removed, or is too much to keep in memory. */
  dropFile(file: string): void {
    this.dropFiles([file]);
  }

  /** The same for many at once: each series they have rows in is gone through once, not once for each file. */
  dropFiles(files: Iterable<string>): void {
    const rows = new Set<TailRow>();
    for (const file of files) {
      for (const row of this.#byFile.get(file) ?? []) rows.add(row);
      this.#byFile.delete(file);
    }
    if (rows.size > 0) this.#forget(rows);
  }

  /** Forgets pending rows written up to `upTo` that a replacement of their partition supersedes. */
  dropSuperseded(partition: Partition, upTo: number): void {
    const superseded = new Set(this.pendingOf(partition).filter(({ sequence }) => sequence <= upTo));
    this.#dropPending(partition, superseded);
    this.#forget(superseded);
  }

  holdsFile(file: string): boolean {
    return this.#byFile.has(file);
  }

  files(): Iterable<string> {
    return this.#byFile.keys();
  }

  rowsOfFile(file: string): readonly TailRow[] {
    return this.#byFile.get(file) ?? [];
  }

  pending(): readonly (Partition & { readonly rows: readonly TailRow[] })[] {
    return [...this.#pending.values()];
  }

  pendingOf(partition: Partition): readonly TailRow[] {
    return this.#pending.get(partitionKey(partition))?.rows ?? [];
  }

  bars(symbol: string, timeframe: string): BarSeries | undefined {
    return this.#bars.get(barsKey(timeframe, symbol));
  }

  /** Timeframes of a symbol that any bars in memory have. */
  timeframesOf(symbol: string): Iterable<string> {
    return this.#timeframes.get(symbol) ?? [];
  }

  barSeries(): readonly BarSeries[] {
    return [...this.#bars.values()];
  }

  /** Rows of one symbol of a dataset other than bars, in the order they were written. */
  rows(dataset: Dataset, symbol: string): readonly TailRow[] {
    return this.#rows.get(rowsKey(dataset, symbol)) ?? [];
  }

  /** Changes whenever `rows` of the same arguments do. */
  version(dataset: Dataset, symbol: string): number {
    return this.#versions.get(rowsKey(dataset, symbol)) ?? 0;
  }

  symbols(dataset: Dataset): readonly string[] {
    const prefix = rowsKey(dataset, '');
    return [...this.#rows.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
  }

  #addPending(row: TailRow): void {
    const key = partitionKey(row);
    const pending = this.#pending.get(key);
    if (pending === undefined) {
      const { dataset, timeframe, partition } = row;
      this.#pending.set(key, { dataset, timeframe, partition, rows: [row] });
    } else pending.rows.push(row);
    this.#pendingCount += 1;
  }

  #dropPending(partition: Partition, rows: ReadonlySet<TailRow>): void {
    const key = partitionKey(partition);
    const pending = this.#pending.get(key);
    if (pending === undefined || rows.size === 0) return;
    const left = pending.rows.filter((row) => !rows.has(row));
    this.#pendingCount -= pending.rows.length - left.length;
    if (left.length === 0) this.#pending.delete(key);
    else this.#pending.set(key, { ...pending, rows: left });
  }

  #forget(rows: ReadonlySet<TailRow>): void {
    this.#rowCount -= rows.size;
    const touched = new Map<string, TailRow>();
    for (const row of rows)
      touched.set(isBar(row) ? barsKey(row.timeframe, row.symbol) : rowsKey(row.dataset, row.symbol), row);
    for (const [key, row] of touched) {
      if (isBar(row)) {
        const series = this.#bars.get(key);
        series?.remove(rows);
        if (series?.isEmpty === true) {
          this.#bars.delete(key);
          this.#timeframes.get(row.symbol)?.delete(row.timeframe);
        }
        continue;
      }
      const left = (this.#rows.get(key) ?? []).filter((kept) => !rows.has(kept));
      if (left.length === 0) this.#rows.delete(key);
      else this.#rows.set(key, left);
      this.#changed(key);
    }
  }

  #changed(key: string): void {
    this.#versions.set(key, (this.#versions.get(key) ?? 0) + 1);
  }

  #seriesOf({ symbol, timeframe }: TailRow): BarSeries {
    const key = barsKey(timeframe, symbol);
    let series = this.#bars.get(key);
    if (series === undefined) {
      this.#bars.set(key, (series = new BarSeries(symbol, timeframe)));
      let timeframes = this.#timeframes.get(symbol);
      if (timeframes === undefined) this.#timeframes.set(symbol, (timeframes = new Set()));
      timeframes.add(timeframe);
    }
    return series;
  }
}

const isBar = ({ dataset }: Partition) => dataset.name === candles.name;
const barsKey = (timeframe: string, symbol: string) => `${timeframe}|${symbol}`;
const rowsKey = (dataset: Dataset, symbol: string) => `${dataset.name}|${symbol}`;

function listIn(map: Map<string, TailRow[]>, key: string): TailRow[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}
