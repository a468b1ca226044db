import { WorkbenchError } from '#shared/errors';

/** Lets one thing run at a time; those that wait are served in order, except that an aborted one leaves at once. */
export interface Turns {
  /** What runs is interrupted when `signal` aborts. */
  readonly take: <T>(act: () => Promise<T>, signal?: AbortSignal) => Promise<T>;
  /** Refuses what waits and whatever comes, interrupts what runs, and resolves once nothing runs any more. */
  readonly end: () => Promise<void>;
}

/** An interruption that comes before its query has begun is forgotten. */
const againMs = 20;

/** `interrupt` is to stop what runs; it is called again and again until it has. What was stopped throws `cancelled`. */
export function createTurns(interrupt: () => void): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let isEnded = false;
  let stopRunning: () => void = () => undefined;

  async function run<T>(act: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    let again: NodeJS.Timeout | undefined;
    const stop = () => {
      interrupt();
      again ??= setInterval(interrupt, againMs);
    };
    stopRunning = stop;
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await act();
    } finally {
      stopRunning = () => undefined;
      signal?.removeEventListener('abort', stop);
      clearInterval(again);
    }
  }

  async function take<T>(act: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const stopped = () => {
      if (isEnded) return new WorkbenchError('cancelled', 'The store was closed');
      return signal?.aborted === true ? new WorkbenchError('cancelled', 'The query was cancelled') : null;
    };
    const previous = last;
    let done: () => void = () => undefined;
    last = new Promise<void>((resolve) => (done = resolve));
    await previous;
    try {
      const reason = stopped();
      if (reason !== null) throw reason;
      return await run(act, signal);
    } catch (error) {
      throw stopped() ?? error;
    } finally {
      done();
    }
  }

  return {
    take,
    async end() {
      isEnded = true;
      stopRunning();
      await last;
    },
  };
}
