import type { Engine, StreamColumn } from '../engine/engine.ts';

export interface RowBatch {
  readonly columns: readonly StreamColumn[];
  readonly count: number;
}

/** The rows of a query as their reader asks for them: no more than one batch waits in memory. */
export async function* rowBatches(engine: Engine, sql: string): AsyncGenerator<RowBatch, void, undefined> {
  const handover = new Handover();
  const streaming = engine
    .stream(sql, (columns, count) => handover.give({ columns, count }))
    .then(
      () => handover.end(null),
      (error: unknown) => handover.end({ error }),
    );
  try {
    for (let batch = await handover.take(); batch !== null; batch = await handover.take()) yield batch;
  } finally {
    handover.leave();
    await streaming;
  }
}

/** One batch at a time goes from a writer that waits until it is taken to a reader that waits until it is there. */
class Handover {
  #batch: RowBatch | null = null;
  #ended: { readonly failure: { readonly error: unknown } | null } | null = null;
  /** The reader has the batch, and is done with it when it asks for the next. */
  #isRead = false;
  #hasLeft = false;
  #wakeReader: () => void = () => undefined;
  #wakeWriter: () => void = () => undefined;

  async give(batch: RowBatch): Promise<void> {
    if (this.#hasLeft) throw new Error('Nobody reads any more');
    this.#batch = batch;
    this.#wakeReader();
    await new Promise<void>((resolve) => (this.#wakeWriter = resolve));
  }

  /** Null at the end; throws what the writer failed with. */
  async take(): Promise<RowBatch | null> {
    if (this.#isRead) {
      [this.#batch, this.#isRead] = [null, false];
      this.#wakeWriter();
    }
    if (this.#batch === null && this.#ended === null)
      await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    this.#isRead = this.#batch !== null;
    if (this.#isRead) return this.#batch;
    if (this.#ended?.failure != null) throw this.#ended.failure.error;
    return null;
  }

  end(failure: { readonly error: unknown } | null): void {
    this.#ended = { failure };
    this.#wakeReader();
  }

  leave(): void {
    this.#hasLeft = true;
    this.#wakeWriter();
  }
}
