import type { StoreChange } from '#shared/domain/store-summary';
import { WorkbenchError } from '#shared/errors';
import type { Clock } from '../platform/clock.ts';
import type { Fs } from '../platform/fs.ts';
import { changesOf } from './changes.ts';
import { CommitQueue, joinRows, type CommitRequest, type WaitingCommit } from './commit-queue.ts';
import { diskError, wordingDiskErrors } from './disk-error.ts';
import { rejectFolder, segmentPath } from './layout.ts';
import { encodeEntry, type LogEntry } from './log-entry.ts';
import { LogWriter } from './log-writer.ts';
import { makeFolderDurably } from './publish-file.ts';
import type { Recovery } from './recover-log.ts';
import type { StoreState } from './store-state.ts';

export interface LogCommitsParts {
  readonly fs: Fs;
  readonly clock: Clock;
  /** A segment that has grown to this gets a successor. */
  readonly segmentBytes: number;
  /** Fails once another process owns the store. */
  readonly ensureOwned: () => Promise<void>;
  /** Whether rows are on the disk before they are acknowledged. Everything else always is. */
  readonly flushesRows: boolean;
  readonly state: () => StoreState;
  /** Told, once records were written and applied, what readers see differently. */
  readonly onApplied: (changes: readonly StoreChange[]) => void;
}

const checkpointAfterBytes = 33_554_432;
const checkpointAfterSegments = 8;
/** When the store is closed, less is reason enough: whoever opens it next reads the log from its checkpoint on. */
const checkpointOnCloseBytes = 4_194_304;

/** Writes changes to the log, many waiting ones at once, and applies each to the state when it is written. */
export class LogCommits {
  readonly #parts: LogCommitsParts;
  readonly #log: LogWriter;
  readonly #queue = new CommitQueue((group) => this.#writeChecked(group));
  #nextSequence: number;
  #bytesSinceCheckpoint: number;
  #needsCheckpoint = false;
  #failure: WorkbenchError | null = null;

  constructor(parts: LogCommitsParts, recovery: Recovery) {
    this.#parts = parts;
    const { fs, clock, segmentBytes, ensureOwned } = parts;
    this.#log = new LogWriter(fs, clock, segmentBytes, recovery.segments, ensureOwned);
    this.#nextSequence = recovery.state.sequence + 1;
    this.#bytesSinceCheckpoint = recovery.bytesSinceCheckpoint;
  }

  /** The last failure to write, until a write succeeds again. */
  get failure(): WorkbenchError | null {
    return this.#failure;
  }

  /** Of all segments that are there. */
  get sizeBytes(): number {
    return this.#log.segments().reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  /** Whether the log is to be made whole, or has become long. */
  get isCheckpointDue(): boolean {
    return this.#needsCheckpoint || this.#bytesSinceCheckpoint > checkpointAfterBytes;
  }

  /** Whether reading the log takes going through many files. */
  get hasManySegments(): boolean {
    return this.#log.segments().length >= checkpointAfterSegments;
  }

  /** Whether the next opening is worth a checkpoint now. */
  get isCheckpointWorthIt(): boolean {
    return (
      this.#needsCheckpoint || this.hasManySegments || this.#bytesSinceCheckpoint > checkpointOnCloseBytes
    );
  }

  /** Whether somebody has removed some of it; a checkpoint makes it whole again. */
  isCut(): Promise<boolean> {
    return this.#log.isCut();
  }

  /** Answers the sequence of the record once it is written and applied, as durably as was asked for. */
  push(entry: CommitRequest): Promise<number> {
    return this.#queue.push(entry);
  }

  /** Writes the whole state to the log and drops the segments it covers. */
  async checkpoint(): Promise<void> {
    const { fs } = this.#parts;
    const sequence = await this.push({ kind: 'take-checkpoint' });
    await wordingDiskErrors(async () => {
      for (const damaged of await this.#log.dropCovered(sequence - 1)) {
        await makeFolderDurably(fs, rejectFolder);
        const name = segmentPath(damaged.number);
        await fs.rename(name, `${rejectFolder}/${name.slice(name.lastIndexOf('/') + 1)}`);
        this.#log.forget(damaged.number);
      }
    });
  }

  /** Returns when nothing waits to be written. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  async close(): Promise<void> {
    await this.#log.close();
  }

  async #writeChecked(group: readonly WaitingCommit[]): Promise<void> {
    this.#checkSwap(group);
    await this.#failing(async () => {
      // What changes more than rows must not even be there for a moment where another process may read it.
      if (group.some(({ entry }) => entry.kind !== 'rows')) await this.#parts.ensureOwned();
      await this.#writeGroup(group);
    });
  }

  #checkSwap(group: readonly WaitingCommit[]): void {
    const { catalog } = this.#parts.state();
    for (const { entry } of group) {
      if (entry.kind !== 'swap') continue;
      // A file that never was part of the store may be taken out of the way like one that is.
      const gone = entry.removed.find(({ path }) => catalog.deadFile(path) !== undefined);
      const taken = entry.added.find(({ path }) => catalog.get(path) !== undefined);
      const stale = gone ?? taken;
      if (stale !== undefined) {
        throw new WorkbenchError(
          'busy',
          `${stale.path} was changed by another job; nothing was done, try again`,
        );
      }
    }
  }

  async #writeGroup(group: readonly WaitingCommit[]): Promise<void> {
    const first = group[0]?.entry;
    if (first?.kind === 'sync') {
      await this.#log.sync();
      for (const { resolve } of group) resolve(this.#parts.state().sequence);
      return;
    }
    if (first?.kind === 'take-checkpoint') {
      await this.#log.rotate();
      const sequence = await this.#writeEntries([
        { kind: 'checkpoint', ...this.#parts.state().checkpoint() },
      ]);
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
    const isDurable = this.#parts.flushesRows || entries.some(({ kind }) => kind !== 'rows');
    await this.#log.write(records, isDurable);
    const state = this.#parts.state();
    const wasThere = (path: string) => state.catalog.deadFile(path) !== undefined;
    const changes = entries.flatMap((entry) => changesOf(entry, wasThere));
    for (const { sequence, entry, payload } of records) {
      // A checkpoint says what is known already.
      if (entry.kind !== 'checkpoint') state.apply(sequence, entry);
      state.sequence = sequence;
      this.#bytesSinceCheckpoint += payload.length;
    }
    this.#parts.onApplied(changes);
    return state.sequence;
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
}
