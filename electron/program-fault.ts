import { WorkbenchError, type ErrorCode } from '#shared/errors';
import { errorCodeOf } from './engine/error-code.ts';
import { diskError } from './storage/disk-error.ts';

/** What a program says went wrong: a failed file call tells by its code, DuckDB by its text. */
export function programFault(error: unknown): { readonly code: ErrorCode; readonly message: string } {
  const worded = diskError(error);
  if (worded.code !== 'unexpected' || error instanceof WorkbenchError)
    return { code: worded.code, message: worded.message };
  const [line = worded.message] = worded.message.split('\n');
  return { code: errorCodeOf(worded.message), message: line };
}
