import type { TextPlace } from '#shared/domain/text-place';
import { WorkbenchError, type ErrorCode } from '#shared/errors';

/** What went wrong, as far as a user can be told. */
export interface Problem {
  readonly code: ErrorCode;
  /** Names the file, field or argument. */
  readonly message: string;
  /** Where in a text that the user wrote. */
  readonly place?: TextPlace;
}

export type Loadable<T> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly value: T }
  | { readonly phase: 'failed'; readonly problem: Problem };

/** An error as a user is told of it. Anything but a `WorkbenchError` is `unexpected`, with the message that it has. */
export function problemOf(error: unknown): Problem {
  if (error instanceof WorkbenchError) {
    const { code, message, place } = error;
    return { code, message, ...(place === null ? {} : { place }) };
  }
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}

/** Waits for an answer and never rejects: a failure is a state to show like any other. */
export async function settle<T>(promise: Promise<T>): Promise<Loadable<T>> {
  try {
    return { phase: 'ready', value: await promise };
  } catch (error) {
    return { phase: 'failed', problem: problemOf(error) };
  }
}
