import { counted } from '#shared/counted';
import type { StoreChange } from '#shared/domain/store-summary';
import { tierIds, type TierId } from '#shared/domain/tier';
import { WorkbenchError } from '#shared/errors';
import type { Clock } from '../platform/clock.ts';
import type { Fs } from '../platform/fs.ts';
import { changesBetween, changesOfFile } from './changes.ts';
import { wordingDiskErrors } from './disk-error.ts';
import type { Catalog } from './catalog.ts';
import type { CommitRequest } from './commit-queue.ts';
import type { FileEntry, Tombstone } from './file-entry.ts';
import { tierOf } from './layout.ts';
import { LogCommits } from './log-commits.ts';
import type { Checkpoint, DeadPlace, NewPart, Replacement, RowBatch } from './log-entry.ts';
import { PartFlusher, usualRowsPerPart, type PartSettings } from './part-flusher.ts';
import type { EncodePart } from './part-writer.ts';
import { ReaderPins } from './reader-pins.ts';
import { recoverLog, type Recovery } from './recover-log.ts';
import type { StoreState } from './store-state.ts';
import { sweepDotFiles } from './sweep-dot-files.ts';
import type { Tail } from './tail.ts';

export type Durability = 'EveryWrite' | 'BatchedSync' | 'NoSync';

export interface StoreSettings extends PartSettings {
  /** EveryWrite: acknowledged rows survive a power cut. BatchedSync: flushed every second. NoSync: left to the system. */
  readonly durability: Durability;
  readonly syncIntervalMs: number;
  /** A segment of the log that has grown to this gets a successor. */
  readonly segmentBytes: number;
}

export const defaultStoreSettings: StoreSettings = {
  durability: 'EveryWrite',
  rowsPerPart: usualRowsPerPart,
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
  /** Part of the names of what this opening writes, that no other opening has; drawn unless given. */
  readonly writer?: string;
  /** A reader replays the log and writes nothing. */
  readonly access: 'owner' | 'reader';
  /** How the state is found out, where it is not from the log alone. */
  readonly recover?: (fs: Fs) => Promise<Recovery>;
  /** Fails, with a sentence for the user, once another process owns the store. Nothing is acknowledged then. */
  readonly ensureOwned?: () => Promise<void>;
  /** What a writer is told by a store that is open for reading only. */
  readonly readOnlyReason?: string;
}

export interface Change {
  readonly sequence: number;
  readonly changes: readonly StoreChange[];
}

/** Rows kept in memory; above this the oldest loose parts are read from their files. */
const largestTailRows = 200_000;
/** Rows that may wait for the disk at once: memory is bounded, and the caller feels that the disk is slow. */
const mostQueuedRows = 50_000;

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
  readonly #commits: LogCommits;
  #warnings: readonly string[];
  #absentTiers: ReadonlyMap<TierId, string> = new Map();
  #isLogWhole: boolean;
  readonly #damage: readonly string[];
  readonly #flusher: PartFlusher;
  #queuedRows = 0;
  readonly #waitingForRoom: (() => void)[] = [];
  #syncTimer: NodeJS.Timeout | undefined;
  #isClosing = false;
  #isClosed = false;
  #generation = 0;
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #pins = new ReaderPins();

  private constructor(parts: StoreParts, recovery: Recovery) {
    this.fs = parts.fs;
    this.#parts = parts;
    this.#state = recovery.state;
    this.#commits = new LogCommits(
      {
        ...{ fs: parts.fs, clock: parts.clock, segmentBytes: parts.settings.segmentBytes },
        ensureOwned: () => this.#ensureOwned(),
        flushesRows: parts.settings.durability === 'EveryWrite',
        state: () => this.#state,
        onApplied: (changes) => {
          this.#tell(changes);
          this.#limitTail();
        },
      },
      recovery,
    );
    this.#warnings = recovery.warnings;
    this.#isLogWhole = recovery.isWhole;
    this.#damage = recovery.damage;
    this.#flusher = new PartFlusher({
      ...parts,
      ensureOwned: () => this.#ensureOwned(),
      tail: () => this.tail,
      sequence: () => this.sequence,
      commit: (written) => this.#commit({ kind: 'part', parts: written }),
      afterwards: async () => {
        if (this.#commits.isCheckpointDue || (await this.#commits.isCut())) await this.checkpoint();
      },
    });
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
    if (store.#commits.hasManySegments || recovery.segments.some(({ isWhole }) => !isWhole)) {
      // A disk that takes no more can still be read from; the next write tries again.
      await store.checkpoint().catch(() => undefined);
    }
    store.#flusher.schedule();
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
    return this.#flusher.writer;
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
    this.#tell(moved.flatMap((file) => changesOfFile(file, false)));
  }

  /** Where the log could not be read when the store was opened, one sentence each: rows may be missing. */
  get logDamage(): readonly string[] {
    return this.#damage;
  }

  /** False when the beginning of the log is missing: then not all files of the store are known. */
  get isLogWhole(): boolean {
    return this.#isLogWhole;
  }

  /** The last failure to write, until a write succeeds again. */
  get failure(): WorkbenchError | null {
    // The log may well take more while parts cannot be written.
    return this.#commits.failure ?? this.#flusher.failure;
  }

  /** Rows that wait for their parts longer than they should, in one sentence; null when there are none. */
  get backlog(): string | null {
    const rows = this.tail.pendingCount;
    const { failure } = this.#flusher;
    if (failure === null || rows === 0) return null;
    const what = counted(rows, 'row is', 'rows are');
    return `${what} safe in the log but not yet in part files (${failure.message}): they are written by themselves, when a program has the store open, once that is mended`;
  }

  get logBytes(): number {
    return this.#commits.sizeBytes;
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
    return this.#pins.pin();
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
      this.#flusher.schedule();
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
  unpinned(): Promise<void> {
    return this.#pins.released();
  }

  /**
   * Writes every pending row to a part and answers the sequence up to which rows are in files then; later ones are in
   * other files or none. A failure leaves the rows in the log, where they are safe, and is thrown.
   */
  flushParts(): Promise<number> {
    return this.#flusher.flush();
  }

  /** What the log says in this turn, in one record, but for what is dead and for rows that files have, too. */
  snapshot(): Checkpoint {
    const { tail, ...state } = this.#state.checkpoint();
    return { ...state, tombstones: [], tail: tail.filter(({ file }) => file === null) };
  }

  /** Writes the whole state to the log and drops the segments it covers. */
  async checkpoint(): Promise<void> {
    this.#refuseWhenUnwritable();
    await this.#commits.checkpoint();
  }

  /**
   * Flushes and lets go. Rows whose part could not be written stay in the log. From the first moment nothing more is
   * taken in: what came after the last record would be unknown to the next owner.
   */
  async close(): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#flusher.stop();
    clearInterval(this.#syncTimer);
    if (this.access === 'owner') {
      await this.flushParts().catch(() => undefined);
      await this.#commits.idle();
      const isCut = await this.#commits.isCut().catch(() => false);
      if (isCut || this.#commits.isCheckpointWorthIt) await this.checkpoint().catch(() => undefined);
      await this.#commits.close().catch(() => undefined);
    }
    this.#isClosed = true;
  }

  async #ensureOwned(): Promise<void> {
    await this.#parts.ensureOwned?.();
  }

  #refuseWhenClosing(): void {
    if (this.#isClosing) throw new WorkbenchError('cancelled', 'The store is being closed');
  }

  #tell(changes: readonly StoreChange[]): void {
    for (const listener of this.#listeners) listener({ sequence: this.sequence, changes });
  }

  #commit(entry: CommitRequest): Promise<number> {
    this.#refuseWhenUnwritable();
    return this.#commits.push(entry);
  }

  #refuseWhenUnwritable(): void {
    if (this.readOnlyReason !== null) throw new WorkbenchError('store-read-only', this.readOnlyReason);
    if (this.#isClosed) throw new WorkbenchError('unexpected', 'The store is closed');
  }

  async #sync(): Promise<void> {
    try {
      await this.#commit({ kind: 'sync' });
    } catch {
      // Acknowledged rows may not have reached the disk, and never will by this log: memory has them all.
      this.#flusher.soon(0);
    }
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
