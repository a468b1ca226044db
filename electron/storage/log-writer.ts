import { codeOf, type Fs, type FsFile } from '../platform/fs.ts';
import type { Clock } from '../platform/clock.ts';
import { segmentPath, walFolder } from './layout.ts';
import { makeFolderDurably } from './publish-file.ts';
import type { SegmentInfo } from './recover-log.ts';
import { encodeRecord, encodeSegmentHeader, segmentHeaderLength } from './wal-format.ts';

/** Far less than it takes until an owner that is not heard of is taken for dead. */
const longestSettleMs = 10_000;

interface OpenSegment {
  readonly number: number;
  readonly file: FsFile;
  sizeBytes: number;
  lastSequence: number;
  hasUnsynced: boolean;
}

/**
 * Appends records to the newest segment. A segment that was there before is never appended to: its tail may be torn.
 *
 * After a failed write or flush nothing of what was attempted may come back: the segment is cut to its last good
 * length, and the next write begins a new one.
 */
export class LogWriter {
  readonly #fs: Fs;
  readonly #clock: Clock;
  readonly #segmentBytes: number;
  readonly #ensureOwned: () => Promise<void>;
  #closed: SegmentInfo[];
  #open: OpenSegment | null = null;
  /** A segment whose failed end could not be cut off yet. */
  #damaged: { readonly path: string; readonly goodLength: number } | null = null;

  /** A segment that has `segmentBytes` gets no more records. `ensureOwned` fails once the log is another process's. */
  constructor(
    fs: Fs,
    clock: Clock,
    segmentBytes: number,
    segments: readonly SegmentInfo[],
    ensureOwned: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.#fs = fs;
    this.#clock = clock;
    this.#segmentBytes = segmentBytes;
    this.#closed = [...segments];
    this.#ensureOwned = ensureOwned;
  }

  segments(): readonly SegmentInfo[] {
    return this.#open === null ? this.#closed : [...this.#closed, infoOf(this.#open)];
  }

  /** Whether a segment is gone that somebody has removed: what is written to it, too, nobody will read. */
  async isCut(): Promise<boolean> {
    const sizes = this.segments().map(({ number }) => this.#fs.size(segmentPath(number)));
    return (await Promise.all(sizes)).includes(null);
  }

  /** Writes records in one go and, when asked, returns only after they survive a power cut. */
  async write(
    records: readonly { readonly sequence: number; readonly payload: Uint8Array }[],
    sync: boolean,
  ): Promise<void> {
    // Before the write, not after: once records are durable nothing may fail any more.
    if ((this.#open?.sizeBytes ?? 0) >= this.#segmentBytes) await this.rotate();
    const segment = await this.#segment();
    const bytes = Buffer.concat(records.map(({ sequence, payload }) => encodeRecord(sequence, payload)));
    try {
      await segment.file.write(bytes);
      await this.#settle(segment, sync);
    } catch (error) {
      await this.#abandon(segment);
      throw error;
    }
    segment.sizeBytes += bytes.length;
    segment.lastSequence = records.at(-1)?.sequence ?? segment.lastSequence;
    segment.hasUnsynced = !sync;
  }

  /**
   * Returns once what was written counts. Whoever takes the store over later reads it, so the lock is asked for behind
   * the write: an owner that was stopped for so long that another one came must not acknowledge what nobody will read.
   */
  async #settle({ file }: OpenSegment, sync: boolean): Promise<void> {
    const writtenMs = this.#clock();
    await Promise.all([sync ? file.sync() : undefined, this.#ensureOwned()]);
    // The two at once cost no more than one. Asleep between them, the answer may be an old one.
    const tookMs = this.#clock() - writtenMs;
    if (tookMs < 0 || tookMs > longestSettleMs) await this.#ensureOwned();
  }

  /** Flushes what was written without waiting. */
  async sync(): Promise<void> {
    const segment = this.#open;
    if (segment?.hasUnsynced !== true) return;
    segment.hasUnsynced = false;
    try {
      await segment.file.sync();
    } catch (error) {
      await this.#abandon(segment);
      throw error;
    }
  }

  /** Ends the open segment; the next write begins a new one. */
  async rotate(): Promise<void> {
    const segment = this.#open;
    if (segment === null) return;
    await this.sync();
    this.#open = null;
    this.#closed.push(infoOf(segment));
    // All of it is flushed: what a failing close could still lose is the handle.
    await segment.file.close().catch(() => undefined);
  }

  /** Drops closed segments whose every record is covered by a durable checkpoint; damaged ones are left to the caller. */
  async dropCovered(covers: number): Promise<readonly SegmentInfo[]> {
    const covered = this.#closed.filter(({ lastSequence }) => lastSequence <= covers);
    const whole = covered.filter(({ isWhole }) => isWhole);
    for (const { number } of whole) await this.#fs.remove(segmentPath(number));
    if (whole.length > 0) await this.#fs.syncFolder(walFolder);
    this.#closed = this.#closed.filter((segment) => !whole.includes(segment));
    return covered.filter(({ isWhole }) => !isWhole);
  }

  /** Forgets a damaged segment that was moved out of the log. */
  forget(number: number): void {
    this.#closed = this.#closed.filter((segment) => segment.number !== number);
  }

  async close(): Promise<void> {
    await this.rotate();
  }

  async #segment(): Promise<OpenSegment> {
    if (this.#damaged !== null) {
      await this.#fs.truncate(this.#damaged.path, this.#damaged.goodLength);
      this.#damaged = null;
    }
    if (this.#open !== null) return this.#open;
    await this.#ensureOwned();
    await makeFolderDurably(this.#fs, walFolder);
    const { number, file } = await this.#create(
      1 + Math.max(0, ...this.#closed.map((segment) => segment.number)),
    );
    try {
      await file.write(encodeSegmentHeader(this.#clock()));
      await file.sync();
      await this.#fs.syncFolder(walFolder);
    } catch (error) {
      await file.close().catch(() => undefined);
      // It holds nothing; without this every try on a failing disk would leave one behind.
      await this.#fs.remove(segmentPath(number)).catch(() => undefined);
      throw error;
    }
    this.#open = { number, file, sizeBytes: segmentHeaderLength, lastSequence: 0, hasUnsynced: false };
    return this.#open;
  }

  /** Takes the first free number: an attempt that failed may have left its file behind. */
  async #create(from: number): Promise<{ readonly number: number; readonly file: FsFile }> {
    for (let number = from; ; number += 1) {
      try {
        return { number, file: await this.#fs.create(segmentPath(number)) };
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
    }
  }

  async #abandon(segment: OpenSegment): Promise<void> {
    this.#open = null;
    this.#closed.push(infoOf(segment));
    await segment.file.close().catch(() => undefined);
    this.#damaged = { path: segmentPath(segment.number), goodLength: segment.sizeBytes };
    try {
      await this.#fs.truncate(this.#damaged.path, this.#damaged.goodLength);
      this.#damaged = null;
    } catch {
      // The disk is failing: the next write tries again before anything is acknowledged.
    }
  }
}

function infoOf({ number, sizeBytes, lastSequence }: OpenSegment): SegmentInfo {
  return { number, sizeBytes, lastSequence, isWhole: true };
}
