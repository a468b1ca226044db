import { WorkbenchError } from '#shared/errors';

/** Calls that may have a name: a later one of the same name ends the one before, and each can be ended by it. */
export interface NamedCalls {
  /** Rejects with `cancelled` when it is ended, or when `signal` is aborted. */
  readonly run: <T>(
    name: string | undefined,
    signal: AbortSignal,
    act: (signal: AbortSignal) => Promise<T>,
  ) => Promise<T>;
  readonly end: (name: string) => void;
}

/** Begins with none under way. */
export function createNamedCalls(): NamedCalls {
  const running = new Map<string, AbortController>();
  return {
    async run(name, signal, act) {
      const stop = new AbortController();
      const passOn = () => stop.abort();
      if (signal.aborted) passOn();
      signal.addEventListener('abort', passOn, { once: true });
      if (name !== undefined) {
        running.get(name)?.abort();
        running.set(name, stop);
      }
      try {
        const answer = await act(stop.signal);
        stop.signal.throwIfAborted();
        return answer;
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        throw new WorkbenchError('cancelled', 'The look at it was cancelled', { cause: error });
      } finally {
        signal.removeEventListener('abort', passOn);
        if (name !== undefined && running.get(name) === stop) running.delete(name);
      }
    },
    end: (name) => running.get(name)?.abort(),
  };
}
