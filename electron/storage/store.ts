import type { Dataset } from '#schemas/define-dataset';
import type { StoreChange } from '#shared/domain/store-summary';
import { tierIds, type TierId } from '#shared/domain/tier';
import { WorkbenchError } from '#shared/errors';
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../platform/clock.ts';
import type { Fs } from '../platform/fs.ts';
import { changesBetween, changesOf, changesOfFile } from './changes.ts';
import { diskError, wordingDiskErrors } from './disk-error.ts';
import type { Catalog } from './catalog.ts';
import { spansOfRows, type FileEntry, type Tombstone } from './file-entry.ts';
import { partPath, rejectFolder, segmentPath, tierOf } from './layout.ts';
import {
  encodeEntry,
  type DeadPlace,
  type LogEntry,
  type NewPart,
  type Replacement,
  type RowBatch,
} from './log-entry.ts';
import { LogWriter } from './log-writer.ts';
import { maxPartRows, type EncodePart } from './part-writer.ts';
import { makeFolderDurably, publishFile } from './publish-file.ts';
import { recoverLog, type Recovery } from './recover-log.ts';
import type { StoreState } from './store-state.ts';
import { sweepDotFiles } from './sweep-dot-files.ts';
import type { Tail } from './tail.ts';
import type { Partition, TailRow } from './tail-row.ts';

export type Durability = 'EveryWrite' | 'BatchedSync' | 'NoSync';

export interface StoreSettings {
  /** EveryWrite: acknowledged rows survive a power cut. BatchedSync: flushed every second. NoSync: left to the system. */
  readonly durability: Durability;
  /** Rows that make a part be written at once; 1 gives every row a file of its own. */
  readonly rowsPerPart: number;
  /** The longest that a row waits for its part. */
  readonly partDelayMs: number;
  readonly syncIntervalMs: number;
  /** A segment of the log that has grown to this gets a successor. */
  readonly segmentBytes: number;
}

export const defaultStoreSettings: StoreSettings = {
  durability: 'EveryWrite',
  rowsPerPart: 256,
  partDelayMs: 250,
  syncIntervalMs: 1_000,
  segmentBytes: 16_777_216,
};

export interface StoreParts {
  readonly fs: Fs;
  readonly clock: Clock;
  readonly encodePart: EncodePart;
  readonly settings: StoreSettings;
  readonly storeId: string;
  /** A reader replays the log and writes nothing. */
  readonly access: 'owner' | 'reader';
  /** How the state is found out, where it is not from the log alone. */
  readonly recover?: (fs: Fs) => Promise<Recovery>;
  /** What a writer is told by a store that is open for reading only. */
  readonly readOnlyReason?: string;
}

export interface Change {
  readonly sequence: number;
  readonly changes: readonly StoreChange[];
}

/** What the log is asked for: a record, the whole state, or only that what was written be flushed. */
type Request = LogEntry | { readonly kind: 'take-checkpoint' } | { readonly kind: 'sync' };

interface Waiting<R extends Request = Request> {
  readonly entry: R;
  readonly resolve: (sequence: number) => void;
  readonly reject: (error: unknown) => void;
}

/** Rows kept in memory; above this the oldest loose parts are read from their files. */
const largestTailRows = 200_000;
/** Rows that may wait for the disk at once: memory is bounded, and the caller feels that the disk is slow. */
const mostQueuedRows = 50_000;
const checkpointAfterBytes = 33_554_432;
const checkpointAfterSegments = 8;
/** After a failure to write parts or a checkpoint. */
const retryDelayMs = 5_000;

/**
 * The rows of a store: what is committed, in which files, and how more is added.
 *
 * Everything that is acknowledged is a record of the log first; files follow. All reading goes by `catalog` and `tail`,
 * which change in one step when a record is durable, so that a reader that takes both at once sees each row once.
 */
export class Store {
  readonly fs: Fs;
  readonly #parts: StoreParts;
  #state: StoreState;
  readonly #log: LogWriter;
  #warnings: readonly string[];
  #absentTiers: ReadonlyMap<TierId, string> = new Map();
  #isLogWhole: boolean;
  #queue: Waiting[] = [];
  #queuedRows = 0;
  readonly #waitingForRoom: (() => void)[] = [];
  #committing: Promise<void> | null = null;
  #flushing: Promise<void> | null = null;
  #flushTimer: NodeJS.Timeout | undefined;
  /** Rows that come neither hasten the flush that is due nor put it off. */
  #isFlushFixed = false;
  #syncTimer: NodeJS.Timeout | undefined;
  #nextSequence: number;
  #bytesSinceCheckpoint: number;
  #needsCheckpoint = false;
  #partCount = 0;
  #isClosing = false;
  #isClosed = false;
  #generation = 0;
  #failure: WorkbenchError | null = null;
  /** Apart from that of the log, which may well take more while parts cannot be written. */
  #partFailure: WorkbenchError | null = null;
  readonly #writer = randomBytes(4).toString('hex');
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #pins = new Set<symbol>();
  readonly #unpinned = new Set<() => void>();

  private constructor(parts: StoreParts, recovery: Recovery) {
    this.fs = parts.fs;
    this.#parts = parts;
    this.#state = recovery.state;
    this.#log = new LogWriter(parts.fs, parts.clock, parts.settings.segmentBytes, recovery.segments);
    this.#warnings = recovery.warnings;
    this.#isLogWhole = recovery.isWhole;
    this.#bytesSinceCheckpoint = recovery.bytesSinceCheckpoint;
    this.#nextSequence = recovery.state.sequence + 1;
    this.#limitTail();
  }

  /** Recovers what the log says. An owner also finishes what a crash cut short: stray dot-files, parts not written. */
  static async open(parts: StoreParts): Promise<Store> {
    const recovery = await wordingDiskErrors(() => (parts.recover ?? recoverLog)(parts.fs));
    const store = new Store(parts, recovery);
    if (parts.access === 'reader') return store;
    if (!recovery.isWhole) {
      throw new WorkbenchError(
        'store-unreadable',
        'The beginning of the log is missing: run `tapedeck verify --rebuild-log` to make it anew from the files',
      );
    }
    store.#warnings = [...store.#warnings, ...(await sweepDotFiles(parts.fs))];
    if (
      recovery.segments.length >= checkpointAfterSegments ||
      recovery.segments.some(({ isWhole }) => !isWhole)
    ) {
      // A disk that takes no more can still be read from; the next write tries again.
      await store.checkpoint().catch(() => undefined);
    }
    if (store.tail.pendingCount > 0) store.#scheduleFlush();
    if (parts.settings.durability === 'BatchedSync') {
      store.#syncTimer = setInterval(() => void store.#sync(), parts.settings.syncIntervalMs);
      store.#syncTimer.unref();
    }
    return store;
  }

  get catalog(): Catalog {
    return this.#state.catalog;
  }

  get tail(): Tail {
    return this.#state.tail;
  }

  get sequence(): number {
    return this.#state.sequence;
  }

  get access(): 'owner' | 'reader' {
    return this.#parts.access;
  }

  /** What a writer is told; null when this process owns the store. */
  get readOnlyReason(): string | null {
    if (this.access === 'owner') return null;
    return this.#parts.readOnlyReason ?? 'The store is open for reading only';
  }

  /** Part of the name of every part that this opening of the store writes. */
  get writer(): string {
    return this.#writer;
  }

  /** What recovery had to leave out, and which tiers are not there. */
  get warnings(): readonly string[] {
    return [...this.#warnings, ...this.#absentTiers.values()];
  }

  /** Tiers whose disk is not there, each with one sentence about it. */
  get absentTiers(): ReadonlyMap<TierId, string> {
    return this.#absentTiers;
  }

  /** Says which tiers are not there: their files are not read, and nothing about them is decided, until they are back. */
  setAbsentTiers(tiers: ReadonlyMap<TierId, string>): void {
    const before = this.#absentTiers;
    if (tierIds.every((tier) => before.get(tier) === tiers.get(tier))) return;
    this.#absentTiers = tiers;
    this.catalog.setAbsent(tiers);
    this.#generation += 1;
    const moved = [...this.catalog.files()].filter(
      ({ path }) => before.has(tierOf(path)) !== tiers.has(tierOf(path)),
    );
    this.#tell(moved.flatMap(changesOfFile));
  }

  /** False when the beginning of the log is missing: then not all files of the store are known. */
  get isLogWhole(): boolean {
    return this.#isLogWhole;
  }

  /** The last failure to write, until a write succeeds again. */
  get failure(): WorkbenchError | null {
    return this.#failure ?? this.#partFailure;
  }

  /** Rows that wait for their parts longer than they should, in one sentence; null when there are none. */
  get backlog(): string | null {
    const rows = this.tail.pendingCount;
    if (this.#partFailure === null || rows === 0) return null;
    const what = rows === 1 ? '1 row is' : `${rows} rows are`;
    return `${what} safe in the log but not yet in part files (${this.#partFailure.message}): they are written by themselves, when a program has the store open, once that is mended`;
  }

  get logBytes(): number {
    return this.#log.segments().reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  /** Changes when the state was read anew, so that nothing derived from the old one is taken for current. */
  get generation(): number {
    return this.#generation;
  }

  /** For a reader: takes in what the owner has committed since. An owner's state is always current. */
  async refresh(): Promise<void> {
    if (this.access === 'owner') return;
    const recover = this.#parts.recover ?? recoverLog;
    const { state, warnings, isWhole } = await wordingDiskErrors(() => recover(this.fs));
    const changes = this.#listeners.size > 0 ? changesBetween(this.#state, state) : [];
    this.#state = state;
    this.catalog.setAbsent(this.#absentTiers);
    this.#isLogWhole = isWhole;
    this.#warnings = warnings;
    this.#generation += 1;
    this.#limitTail();
    if (changes.length > 0) this.#tell(changes);
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Keeps files that are replaced meanwhile where they are, until released. */
  pin(): () => void {
    const pin = Symbol('reader');
    this.#pins.add(pin);
    return () => {
      this.#pins.delete(pin);
      for (const look of [...this.#unpinned]) look();
    };
  }

  /**
   * Stores rows durably (as the settings say) and answers their sequence; their parts are written later.
   * While too many rows wait for the disk already, the caller waits with them.
   */
  async append(batches: readonly RowBatch[]): Promise<number> {
    this.#refuseWhenClosing();
    const rows = batches.reduce((sum, batch) => sum + batch.rows.length, 0);
    while (this.#queuedRows > 0 && this.#queuedRows + rows > mostQueuedRows) {
      await new Promise<void>((resume) => this.#waitingForRoom.push(resume));
    }
    this.#queuedRows += rows;
    try {
      return await this.#commit({ kind: 'rows', batches });
    } finally {
      this.#queuedRows -= rows;
      for (const resume of this.#waitingForRoom.splice(0)) resume();
      this.#scheduleFlush();
    }
  }

  /** Makes a file that is complete under its name part of the store, with the rows it brings. */
  async adopt(parts: readonly NewPart[]): Promise<void> {
    this.#refuseWhenClosing();
    await this.#commit({ kind: 'part', parts });
  }

  /**
   * The switch: from this record on readers use `added` instead of `removed`. Refused (`busy`) when one of those was
   * replaced meanwhile: its rows are in another file by then, and would be there twice.
   */
  async swap(
    added: readonly FileEntry[],
    removed: readonly Tombstone[],
    replaced: readonly Replacement[] = [],
  ): Promise<void> {
    this.#refuseWhenClosing();
    await this.#commit({ kind: 'swap', added, removed, replaced });
  }

  /** Says where dead files lie from now on. */
  async markGone(paths: readonly string[], place: DeadPlace): Promise<void> {
    this.#refuseWhenClosing();
    if (paths.length > 0) await this.#commit({ kind: 'gone', paths, place });
  }

  /** Returns once the readers of this moment are done: later ones no longer see what was replaced before. */
  async unpinned(): Promise<void> {
    const readers = [...this.#pins];
    await new Promise<void>((resume) => {
      const look = () => {
        if (readers.some((reader) => this.#pins.has(reader))) return;
        this.#unpinned.delete(look);
        resume();
      };
      this.#unpinned.add(look);
      look();
    });
  }

  /**
   * Writes every pending row to a part and answers the sequence up to which rows are in files then; later ones are in
   * other files or none. A failure leaves the rows in the log, where they are safe, and is thrown.
   */
  async flushParts(): Promise<number> {
    while (this.#flushing !== null) await this.#flushing.catch(() => undefined);
    this.#cancelFlush();
    // In the same turn as the rows are picked.
    const upTo = this.sequence;
    this.#flushing = this.#writeParts();
    let isDone = false;
    try {
      await this.#flushing;
      isDone = true;
      return upTo;
    } finally {
      this.#flushing = null;
      // Rows that came meanwhile are due again, those that could not be written a little later.
      if (isDone) this.#scheduleFlush();
      else this.#flushSoon(retryDelayMs);
    }
  }

  /** Writes the whole state to the log and drops the segments it covers. */
  async checkpoint(): Promise<void> {
    const sequence = await this.#commit({ kind: 'take-checkpoint' });
    await wordingDiskErrors(async () => {
      for (const damaged of await this.#log.dropCovered(sequence - 1)) {
        await makeFolderDurably(this.fs, rejectFolder);
        const name = segmentPath(damaged.number);
        await this.fs.rename(name, `${rejectFolder}/${name.slice(name.lastIndexOf('/') + 1)}`);
        this.#log.forget(damaged.number);
      }
    });
  }

  /**
   * Flushes and lets go. Rows whose part could not be written stay in the log. From the first moment nothing more is
   * taken in: what came after the last record would be unknown to the next owner.
   */
  async close(): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#cancelFlush();
    clearInterval(this.#syncTimer);
    if (this.access === 'owner') {
      await this.flushParts().catch(() => undefined);
      while (this.#committing !== null) await this.#committing;
      const isWorthIt =
        this.#needsCheckpoint ||
        this.#log.segments().length >= checkpointAfterSegments ||
        this.#bytesSinceCheckpoint > 4_194_304;
      if (isWorthIt) await this.checkpoint().catch(() => undefined);
      await this.#log.close().catch(() => undefined);
    }
    this.#isClosed = true;
  }

  #refuseWhenClosing(): void {
    if (this.#isClosing) throw new WorkbenchError('cancelled', 'The store is being closed');
  }

  #tell(changes: readonly StoreChange[]): void {
    for (const listener of this.#listeners) listener({ sequence: this.sequence, changes });
  }

  #commit(entry: Request): Promise<number> {
    if (this.readOnlyReason !== null) throw new WorkbenchError('store-read-only', this.readOnlyReason);
    if (this.#isClosed) throw new WorkbenchError('unexpected', 'The store is closed');
    return new Promise((resolve, reject) => {
      this.#queue.push({ entry, resolve, reject });
      this.#committing ??= this.#commitQueue();
    });
  }

  /** One write and one flush for everything that is waiting, then the next. */
  async #commitQueue(): Promise<void> {
    // Callers of the same turn of the event loop join the first group.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const group = takeGroup(this.#queue);
      try {
        this.#checkSwap(group);
        await this.#failing(() => this.#writeGroup(group));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    // In the same turn as the last look at the queue: a request that comes later must find nobody at work.
    this.#committing = null;
  }

  #checkSwap(group: readonly Waiting[]): void {
    for (const { entry } of group) {
      if (entry.kind !== 'swap') continue;
      // A file that never was part of the store may be taken out of the way like one that is.
      const gone = entry.removed.find(({ path }) => this.catalog.deadFile(path) !== undefined);
      const taken = entry.added.find(({ path }) => this.catalog.get(path) !== undefined);
      const stale = gone ?? taken;
      if (stale !== undefined) {
        throw new WorkbenchError(
          'busy',
          `${stale.path} was changed by another job; nothing was done, try again`,
        );
      }
    }
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    const first = group[0]?.entry;
    if (first?.kind === 'sync') {
      await this.#log.sync();
      for (const { resolve } of group) resolve(this.sequence);
      return;
    }
    if (first?.kind === 'take-checkpoint') {
      await this.#log.rotate();
      const sequence = await this.#writeEntries([{ kind: 'checkpoint', ...this.#state.checkpoint() }]);
      this.#bytesSinceCheckpoint = 0;
      this.#needsCheckpoint = false;
      for (const { resolve } of group) resolve(sequence);
      return;
    }
    const { entries, recordOf } = joinRows(group);
    const last = await this.#writeEntries(entries);
    group.forEach(({ resolve }, index) => resolve(last - entries.length + 1 + (recordOf[index] ?? 0)));
  }

  /** Writes entries as records and applies them; answers the sequence of the last. */
  async #writeEntries(entries: readonly LogEntry[]): Promise<number> {
    const records = entries.map((entry) => ({
      sequence: this.#nextSequence++,
      entry,
      payload: encodeEntry(entry),
    }));
    const isDurable =
      this.#parts.settings.durability === 'EveryWrite' || entries.some(({ kind }) => kind !== 'rows');
    await this.#log.write(records, isDurable);
    for (const { sequence, entry, payload } of records) {
      // A checkpoint says what is known already.
      if (entry.kind !== 'checkpoint') this.#state.apply(sequence, entry);
      this.#state.sequence = sequence;
      this.#bytesSinceCheckpoint += payload.length;
    }
    this.#tell(entries.flatMap(changesOf));
    this.#limitTail();
    return this.sequence;
  }

  /** Runs a step of the log; on failure says what to do about it and remembers that the log must be made whole. */
  async #failing<T>(act: () => Promise<T>): Promise<T> {
    try {
      const result = await act();
      this.#failure = null;
      return result;
    } catch (error) {
      this.#failure = diskError(error);
      this.#needsCheckpoint = true;
      throw this.#failure;
    }
  }

  async #sync(): Promise<void> {
    try {
      await this.#commit({ kind: 'sync' });
    } catch {
      // Acknowledged rows may not have reached the disk, and never will by this log: memory has them all.
      this.#flushSoon(0);
    }
  }

  #scheduleFlush(): void {
    if (this.#isClosing || this.#flushing !== null || this.tail.pendingCount === 0) return;
    const isDue = this.tail.pendingCount >= this.#parts.settings.rowsPerPart;
    if (isDue && !this.#isFlushFixed) this.#flushSoon(0);
    else if (this.#flushTimer === undefined) this.#flushSoon(this.#parts.settings.partDelayMs, false);
  }

  #flushSoon(delayMs: number, isFixed = true): void {
    this.#cancelFlush();
    if (this.#isClosing) return;
    this.#isFlushFixed = isFixed;
    this.#flushTimer = setTimeout(() => void this.#flushInBackground(), delayMs);
  }

  #cancelFlush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    this.#isFlushFixed = false;
  }

  async #flushInBackground(): Promise<void> {
    this.#cancelFlush();
    try {
      await this.flushParts();
      if (this.#needsCheckpoint || this.#bytesSinceCheckpoint > checkpointAfterBytes) await this.checkpoint();
    } catch {
      // The rows are safe in the log; `failure` tells the user, and the next try may find the disk well again.
      this.#flushSoon(retryDelayMs);
    }
  }

  async #writeParts(): Promise<void> {
    const pending = this.tail.pending();
    if (pending.length === 0) {
      this.#partFailure = null;
      return;
    }
    const { rowsPerPart } = this.#parts.settings;
    const chunkRows = rowsPerPart < defaultStoreSettings.rowsPerPart ? rowsPerPart : maxPartRows;
    // Cut in the order of writing, so that of two parts with one key the later one has the later row.
    const chunks = pending.flatMap((partition) =>
      Array.from({ length: Math.ceil(partition.rows.length / chunkRows) }, (_, index) => ({
        partition,
        rows: sortedRows(partition.dataset, partition.rows.slice(index * chunkRows, (index + 1) * chunkRows)),
      })),
    );
    for (let start = 0; start < chunks.length; start += 64) {
      const parts: NewPart[] = [];
      try {
        for (const { partition, rows } of chunks.slice(start, start + 64))
          parts.push(await this.#writePart(partition, rows));
      } catch (error) {
        this.#partFailure = diskError(error);
        throw this.#partFailure;
      } finally {
        if (parts.length > 0) await this.#commit({ kind: 'part', parts });
      }
    }
    this.#partFailure = null;
  }

  async #writePart(partition: Partition, rows: readonly TailRow[]): Promise<NewPart> {
    const { dataset, timeframe } = partition;
    const values = rows.map((row) => row.values);
    const spans = spansOfRows(dataset, values);
    const firstTs = Math.min(...spans.map(({ first }) => first));
    const path = partPath(dataset, timeframe, partition.partition, firstTs, this.#writer, this.#partCount++);
    const sequence = Math.max(...rows.map((row) => row.sequence));
    const content = await this.#parts.encodePart(dataset, values, {
      'tapedeck.store': this.#parts.storeId,
      'tapedeck.dataset': `${dataset.name} ${dataset.version}`,
      'tapedeck.sequence': String(sequence),
    });
    await publishFile(this.fs, path, content);
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

  #limitTail(): void {
    if (this.tail.rowCount <= largestTailRows) return;
    const settled = [...this.tail.files()].flatMap((path) => this.catalog.get(path) ?? []);
    settled.sort((a, b) => a.sequence - b.sequence);
    for (const { path } of settled) {
      if (this.tail.rowCount <= largestTailRows * 0.75) break;
      this.tail.dropFile(path);
      this.catalog.setOnDisk(path, true);
    }
  }
}

/** Requests that can go out in one write: records together, anything else alone. */
function takeGroup(queue: Waiting[]): readonly Waiting[] {
  const isRecord = ({ entry }: Waiting) =>
    entry.kind === 'rows' || entry.kind === 'part' || entry.kind === 'gone';
  const end = queue.findIndex((waiting) => !isRecord(waiting));
  return queue.splice(0, end === -1 ? queue.length : Math.max(1, end));
}

/** Rows of callers that wait side by side become one record. `recordOf` says which record each caller is in. */
function joinRows(group: readonly Waiting[]): { readonly entries: LogEntry[]; readonly recordOf: number[] } {
  const entries: LogEntry[] = [];
  let joined: RowBatch[] | null = null;
  const recordOf = group.map(({ entry }) => {
    if (entry.kind === 'rows') {
      if (joined === null) entries.push({ kind: 'rows', batches: (joined = []) });
      joined.push(...entry.batches);
    } else if (entry.kind !== 'sync' && entry.kind !== 'take-checkpoint') {
      joined = null;
      entries.push(entry);
    }
    return entries.length - 1;
  });
  return { entries, recordOf };
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
