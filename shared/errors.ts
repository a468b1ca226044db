import type { TextPlace } from './domain/text-place.ts';

/** Every way a call can fail that the user can be told about. The message names the file, field or argument. */
export type ErrorCode =
  | 'argument-invalid'
  | 'busy'
  | 'cancelled'
  | 'compaction-unverified'
  | 'dataset-missing'
  | 'disk-failed'
  | 'disk-full'
  | 'file-exists'
  | 'file-unreadable'
  | 'held'
  | 'import-conflict'
  | 'permission-denied'
  | 'plan-outdated'
  | 'query-invalid'
  | 'query-stopped'
  | 'result-gone'
  | 'store-missing'
  | 'store-owned'
  | 'store-read-only'
  | 'store-too-new'
  | 'store-unreadable'
  | 'tier-missing'
  | 'unexpected';

export class WorkbenchError extends Error {
  override readonly name = 'WorkbenchError';
  readonly code: ErrorCode;
  /** Where in a text that the user wrote the fault lies. */
  readonly place: TextPlace | null;

  constructor(
    code: ErrorCode,
    message: string,
    options?: ErrorOptions & { readonly place?: TextPlace | null },
  ) {
    super(message, options);
    this.code = code;
    this.place = options?.place ?? null;
  }
}

/** What crosses a process boundary: Electron keeps only the message of a thrown error. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly place?: TextPlace;
    };

/** The reply that tells of an error. All but a `WorkbenchError` is `unexpected`; causes stay in this process. */
export function replyOf(error: unknown): Reply<never> {
  if (error instanceof WorkbenchError) {
    const { code, message, place } = error;
    return { ok: false, code, message, ...(place === null ? {} : { place }) };
  }
  return { ok: false, code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}

/** The value of a reply; throws a `WorkbenchError` with the code, the message and the place of one that failed. */
export function unwrap<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new WorkbenchError(reply.code, reply.message, { place: reply.place ?? null });
}
