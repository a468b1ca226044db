import type { Dataset } from '#schemas/define-dataset';
import type { WorkbenchError } from '#shared/errors';
import { createHash, randomBytes } from 'node:crypto';
import type { Fs } from '../platform/fs.ts';
import { diskError } from './disk-error.ts';
import { spansOfRows, type FileEntry } from './file-entry.ts';
import { metadataOf } from './file-metadata.ts';
import { partPath } from './layout.ts';
import type { NewPart } from './log-entry.ts';
import { maxPartRows, type EncodePart } from './part-writer.ts';
import { publishFile } from './publish-file.ts';
import type { Tail } from './tail.ts';
import type { Partition, TailRow } from './tail-row.ts';

export interface PartSettings {
  /** Rows that make a part be written at once; 1 gives every row a file of its own. */
  readonly rowsPerPart: number;
  /** The longest that a row waits for its part. */
  readonly partDelayMs: number;
}

export const usualRowsPerPart = 256;

export interface PartFlusherParts {
  readonly fs: Fs;
  readonly encodePart: EncodePart;
  readonly settings: PartSettings;
  readonly storeId: string;
  readonly writer?: string;
  /** Fails once another process owns the store. */
  readonly ensureOwned: () => Promise<void>;
  readonly tail: () => Tail;
  /** Of the last record. */
  readonly sequence: () => number;
  readonly commit: (parts: readonly NewPart[]) => Promise<unknown>;
  /** What is due once rows were written in the background. */
  readonly afterwards: () => Promise<void>;
}

/** After a failure. */
const retryDelayMs = 5_000;
/** Parts that one record tells of. */
const partsAtOnce = 64;

/** Writes the rows that the log has to part files, behind their acknowledgement, and again when that has failed. */
export class PartFlusher {
  /** Part of the name of every part that it writes. */
  readonly writer: string;
  readonly #parts: PartFlusherParts;
  #flushing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** Rows that come neither hasten the flush that is due nor put it off. */
  #isFixed = false;
  #isStopped = false;
  #count = 0;
  #failure: WorkbenchError | null = null;

  constructor(parts: PartFlusherParts) {
    this.#parts = parts;
    this.writer = parts.writer ?? randomBytes(4).toString('hex');
  }

  /** Why rows could not be written, until they can. */
  get failure(): WorkbenchError | null {
    return this.#failure;
  }

  /**
   * Writes every pending row to a part and answers the sequence up to which rows are in files then; later ones are in
   * other files or none. A failure leaves the rows in the log, where they are safe, and is thrown.
   */
  async flush(): Promise<number> {
    while (this.#flushing !== null) await this.#flushing.catch(() => undefined);
    this.#cancel();
    // In the same turn as the rows are picked.
    const upTo = this.#parts.sequence();
    this.#flushing = this.#writeParts();
    let isDone = false;
    try {
      await this.#flushing;
      isDone = true;
      return upTo;
    } finally {
      this.#flushing = null;
      // Rows that came meanwhile are due again, those that could not be written a little later.
      if (isDone) this.schedule();
      else this.soon(retryDelayMs);
    }
  }

  /** Has pending rows written when they are due. */
  schedule(): void {
    const { pendingCount } = this.#parts.tail();
    if (this.#isStopped || this.#flushing !== null || pendingCount === 0) return;
    const isDue = pendingCount >= this.#parts.settings.rowsPerPart;
    if (isDue && !this.#isFixed) this.soon(0);
    else if (this.#timer === undefined) this.soon(this.#parts.settings.partDelayMs, false);
  }

  /** The same at a time that nothing moves. */
  soon(delayMs: number, isFixed = true): void {
    this.#cancel();
    if (this.#isStopped) return;
    this.#isFixed = isFixed;
    this.#timer = setTimeout(() => void this.#flushInBackground(), delayMs);
  }

  /** Nothing is written by itself from now on. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isFixed = false;
  }

  async #flushInBackground(): Promise<void> {
    this.#cancel();
    try {
      await this.flush();
      await this.#parts.afterwards();
    } catch {
      // The rows are safe in the log; `failure` tells the user, and the next try may find the disk well again.
      this.soon(retryDelayMs);
    }
  }

  async #writeParts(): Promise<void> {
    const chunks = this.#chunksOf(this.#parts.tail().pending());
    for (let start = 0; start < chunks.length; start += partsAtOnce) {
      const parts: NewPart[] = [];
      try {
        await this.#parts.ensureOwned();
        for (const { partition, rows } of chunks.slice(start, start + partsAtOnce))
          parts.push(await this.#writePart(partition, rows));
      } catch (error) {
        this.#failure = diskError(error);
        throw this.#failure;
      } finally {
        if (parts.length > 0) await this.#parts.commit(parts);
      }
    }
    this.#failure = null;
  }

  /** Cut in the order of writing, so that of two parts with one key the later one has the later row. */
  #chunksOf(pending: ReturnType<Tail['pending']>) {
    const { rowsPerPart } = this.#parts.settings;
    const chunkRows = rowsPerPart < usualRowsPerPart ? rowsPerPart : maxPartRows;
    return pending.flatMap((partition) =>
      Array.from({ length: Math.ceil(partition.rows.length / chunkRows) }, (_, index) => ({
        partition,
        rows: sortedRows(partition.dataset, partition.rows.slice(index * chunkRows, (index + 1) * chunkRows)),
      })),
    );
  }

  async #writePart(partition: Partition, rows: readonly TailRow[]): Promise<NewPart> {
    const { fs, encodePart, storeId } = this.#parts;
    const { dataset, timeframe } = partition;
    const values = rows.map((row) => row.values);
    const spans = spansOfRows(dataset, values);
    const firstTs = Math.min(...spans.map(({ first }) => first));
    const path = partPath(dataset, timeframe, partition.partition, firstTs, this.writer, this.#count++);
    const sequence = Math.max(...rows.map((row) => row.sequence));
    const content = await encodePart(dataset, values, metadataOf(storeId, dataset, sequence));
    await publishFile(fs, path, content);
    const file: FileEntry = {
      path,
      dataset: dataset.name,
      timeframe,
      level: 'part',
      partition: partition.partition,
      rows: rows.length,
      sizeBytes: content.length,
      sequence,
      sha256: createHash('sha256').update(content).digest('hex'),
      spans,
    };
    return { file, rows: rows.flatMap((row) => [row.sequence, row.index]) };
  }
}

/** In the dataset's order; rows of one key stay in the order they were written. */
function sortedRows(dataset: Dataset, rows: readonly TailRow[]): TailRow[] {
  const names = Object.keys(dataset.columns);
  const places = dataset.sortedBy.map((name) => names.indexOf(name));
  return rows.toSorted((a, b) => {
    for (const place of places) {
      const [left, right] = [a.values[place] ?? 0, b.values[place] ?? 0];
      if (left < right) return -1;
      if (left > right) return 1;
    }
    return 0;
  });
}
