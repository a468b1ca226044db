import { WorkbenchError } from '#shared/errors';
import { placeOfByte } from '#shared/domain/text-place';

/** What DuckDB says of a statement that failed, when told to say it as JSON. */
export interface DuckDbFault {
  readonly kind: string;
  readonly message: string;
  /** Byte of the statement at which the fault is; null where it is at none. */
  readonly byte: number | null;
}

/** Reads a failure of a connection with `errors_as_json`. */
export function faultOf(error: unknown): DuckDbFault {
  const text = error instanceof Error ? error.message : String(error);
  const brace = text.indexOf('{');
  try {
    const said = JSON.parse(text.slice(brace)) as Readonly<Record<string, unknown>>;
    const kind = typeof said['exception_type'] === 'string' ? said['exception_type'] : '';
    const message = typeof said['exception_message'] === 'string' ? said['exception_message'] : text;
    const byte = typeof said['position'] === 'string' ? Number(said['position']) : Number.NaN;
    return { kind, message, byte: Number.isSafeInteger(byte) ? byte : null };
  } catch {
    return { kind: '', message: text, byte: null };
  }
}

/** The same for the user: what is wrong, and where in the text. `shiftBytes` is what the text has before the statement. */
export function queryError(
  text: string,
  fault: DuckDbFault,
  shiftBytes = 0,
  cause?: unknown,
): WorkbenchError {
  const place = fault.byte === null ? null : placeOfByte(text, Math.max(0, fault.byte + shiftBytes));
  return new WorkbenchError('query-invalid', oneSentence(fault.message), { place, cause });
}

/** Its first paragraph says what is wrong; hints of what might have been meant follow on lines of their own. */
function oneSentence(message: string): string {
  return message
    .replace(/\n\nLINE [\s\S]*$/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}
