import type { LogEntry } from './log-entry.ts';

/** What the log is asked for: a record, the whole state, or only that what was written be flushed. */
export type CommitRequest = LogEntry | { readonly kind: 'take-checkpoint' } | { readonly kind: 'sync' };

export interface WaitingCommit {
  readonly entry: CommitRequest;
  readonly resolve: (sequence: number) => void;
  readonly reject: (error: unknown) => void;
}

/** Requests in the order they came: one write and one flush for all that wait, then the next. */
export class CommitQueue {
  readonly #write: (group: readonly WaitingCommit[]) => Promise<void>;
  readonly #waiting: WaitingCommit[] = [];
  #working: Promise<void> | null = null;

  /** `write` settles every request of its group, or throws for all of them. */
  constructor(write: (group: readonly WaitingCommit[]) => Promise<void>) {
    this.#write = write;
  }

  /** Answers the sequence of the record. */
  push(entry: CommitRequest): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Resolves once nothing waits. */
  async idle(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  async #work(): Promise<void> {
    // Callers of the same turn of the event loop join the first group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = takeGroup(this.#waiting);
      try {
        await this.#write(group);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    // In the same turn as the last look at the queue: a request that comes later must find nobody at work.
    this.#working = null;
  }
}

/** What can go out in one write: records together, anything else alone. */
function takeGroup(queue: WaitingCommit[]): readonly WaitingCommit[] {
  const isRecord = ({ entry }: WaitingCommit) =>
    entry.kind === 'rows' || entry.kind === 'part' || entry.kind === 'gone';
  const end = queue.findIndex((waiting) => !isRecord(waiting));
  return queue.splice(0, end === -1 ? queue.length : Math.max(1, end));
}

/** Rows of callers that wait side by side become one record. `recordOf` says which record each caller is in. */
export function joinRows(group: readonly WaitingCommit[]): {
  readonly entries: LogEntry[];
  readonly recordOf: number[];
} {
  const entries: LogEntry[] = [];
  const recordOf = group.map(({ entry }) => {
    const previous = entries.at(-1);
    if (entry.kind === 'rows' && previous?.kind === 'rows') {
      entries[entries.length - 1] = { kind: 'rows', batches: [...previous.batches, ...entry.batches] };
    } else if (entry.kind !== 'sync' && entry.kind !== 'take-checkpoint') entries.push(entry);
    return entries.length - 1;
  });
  return { entries, recordOf };
}
