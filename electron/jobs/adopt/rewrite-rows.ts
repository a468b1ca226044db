import type { Dataset, StoredRow } from '#schemas/define-dataset';
import type { FileShape } from '#shared/domain/file-shape';
import { DAY } from '#shared/units';
import { spansOfRows, type FileEntry, type Tombstone } from '../../storage/file-entry.ts';
import type { ListedFile } from '../../imports/list-folder.ts';
import type { Clock } from '../../platform/clock.ts';
import { firstCompactedLevel, periodOf, periodRange } from '../../storage/layout.ts';
import { rowKey } from '../../storage/row-key.ts';
import { writePeriod, type LoadParts } from '../load-period.ts';
import type { PartitionLocks } from '../partition-locks.ts';

export interface RewriteParts extends LoadParts {
  readonly clock: Clock;
  readonly trashDays: number;
  readonly locks: PartitionLocks;
}

/** A file whose rows are written anew, in our days and months. */
export interface RewriteSource {
  readonly file: ListedFile;
  readonly shape: FileShape;
  readonly rows: readonly StoredRow[];
  /** Whether it goes to the trash with the record that brings its rows; one with bad rows is kept for its owner. */
  readonly isSpent: boolean;
}

/** Above this what has gathered is written, even if a day is then in two files until it is compacted. */
const mostRows = 500_000;

/**
 * Gathers rows of one dataset and timeframe by day (of objects: month) and writes each when nothing more comes for it.
 * Of rows with one key the one of the file that was written last counts. Sources must come in the order of their first
 * instant. Files and what they replace change places with one record of the log.
 */
export class RowRewriter {
  readonly #parts: RewriteParts;
  readonly #dataset: Dataset;
  readonly #timeframe: string;
  readonly #instantAt: number;
  #periods = new Map<string, Map<string, { readonly row: StoredRow; readonly writtenMs: number }>>();
  #sources: RewriteSource[] = [];
  #rowCount = 0;
  readonly #outputs = new Map<string, readonly string[]>();

  constructor(parts: RewriteParts, dataset: Dataset, timeframe: string) {
    this.#parts = parts;
    this.#dataset = dataset;
    this.#timeframe = timeframe;
    this.#instantAt = Object.keys(dataset.columns).indexOf(dataset.instant);
  }

  /** The files that hold the rows of each source now, by its path. */
  get outputs(): ReadonlyMap<string, readonly string[]> {
    return this.#outputs;
  }

  async add(source: RewriteSource): Promise<void> {
    const first = source.rows.reduce((least, row) => Math.min(least, this.#instantOf(row)), Infinity);
    const end = Math.max(-Infinity, ...[...this.#periods.keys()].map((period) => periodRange(period).until));
    if (first >= end || this.#rowCount > mostRows) await this.flush();
    this.#sources.push(source);
    const level = firstCompactedLevel(this.#dataset);
    for (const row of source.rows) {
      const period = periodOf(level, this.#instantOf(row));
      const rows = this.#periods.get(period) ?? new Map<string, { row: StoredRow; writtenMs: number }>();
      this.#periods.set(period, rows);
      const key = rowKey(this.#dataset, row);
      const known = rows.get(key);
      if (known === undefined) this.#rowCount += 1;
      if (known === undefined || known.writtenMs <= source.file.mtimeMs) {
        rows.set(key, { row, writtenMs: source.file.mtimeMs });
      }
    }
  }

  async flush(): Promise<void> {
    if (this.#sources.length === 0) return;
    const { store, locks } = this.#parts;
    const sources = this.#sources;
    const periods = [...this.#periods].sort(([a], [b]) => (a < b ? -1 : 1));
    const years = [...new Set(periods.map(([period]) => period.slice(0, 4)))];
    const unlocks: (() => void)[] = [];
    try {
      for (const period of years) {
        unlocks.push(locks.take({ dataset: this.#dataset, timeframe: this.#timeframe, period }));
      }
      const added: FileEntry[] = [];
      for (const [period, rows] of periods) {
        const values = [...rows.values()].map(({ row }) => row);
        added.push(await writePeriod(this.#parts, this.#dataset, this.#timeframe, period, values));
      }
      const outputs = added.map(({ path }) => path);
      const spent = sources.filter(({ isSpent }) => isSpent);
      await store.swap(
        added,
        spent.map((source) => this.#tombstone(source, outputs)),
      );
      for (const { file, rows } of sources) this.#outputs.set(file.path, this.#outputsOf(rows, added));
    } finally {
      for (const unlock of unlocks) unlock();
    }
    this.#sources = [];
    this.#periods = new Map();
    this.#rowCount = 0;
  }

  #tombstone({ file, shape, rows }: RewriteSource, outputs: readonly string[]): Tombstone {
    const { clock, trashDays, store } = this.#parts;
    const atMs = clock();
    return {
      path: file.path,
      dataset: this.#dataset.name,
      timeframe: this.#timeframe,
      level: file.level,
      partition: file.partition,
      rows: rows.length,
      sizeBytes: file.sizeBytes,
      sequence: store.sequence,
      sha256: null,
      spans: spansOfRows(this.#dataset, rows),
      shape,
      replacedBy: outputs[0] ?? null,
      job: `adopt-${this.#dataset.name}-${this.#timeframe}-${store.sequence + 1}`,
      atMs,
      deadlineMs: atMs + trashDays * DAY,
    };
  }

  #outputsOf(rows: readonly StoredRow[], added: readonly FileEntry[]): string[] {
    const level = firstCompactedLevel(this.#dataset);
    const periods = new Set(rows.map((row) => periodOf(level, this.#instantOf(row))));
    return added.filter(({ partition }) => periods.has(partition)).map(({ path }) => path);
  }

  #instantOf(row: StoredRow): number {
    return Number(row[this.#instantAt]);
  }
}
