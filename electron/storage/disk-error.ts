import { WorkbenchError } from '#shared/errors';
import { codeOf } from '../platform/fs.ts';

/** A failed file call in words that say what to do; errors that are worded already pass through. */
export function diskError(error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const place = pathOf(error);
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new WorkbenchError('disk-full', `The disk is full${place}`, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new WorkbenchError('permission-denied', `Access is not permitted${place}`, { cause: error });
    case 'EROFS':
      return new WorkbenchError('permission-denied', `The file system is read-only${place}`, {
        cause: error,
      });
    case 'ELOOP':
      return new WorkbenchError('permission-denied', messageOf(error), { cause: error });
    case 'EEXIST':
    case 'ENOTDIR':
      return new WorkbenchError('disk-failed', `Something else has the name of a folder${place}`, {
        cause: error,
      });
    case 'EMFILE':
    case 'ENFILE':
      return new WorkbenchError('disk-failed', `Too many files are open${place}`, { cause: error });
    case '': {
      // No failed call of the system: a fault of the program.
      return new WorkbenchError('unexpected', messageOf(error), { cause: error });
    }
    default:
      return new WorkbenchError('disk-failed', `The disk failed: ${messageOf(error)}`, { cause: error });
  }
}

/** Does something and words what fails of it. */
export async function wordingDiskErrors<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw diskError(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function pathOf(error: unknown): string {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? `: ${error.path}` : '';
}
