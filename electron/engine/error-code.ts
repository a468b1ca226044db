import type { ErrorCode } from '#shared/errors';

/** What the texts of the system say that DuckDB puts at the end of its own. */
const systemTexts: readonly (readonly [RegExp, ErrorCode])[] = [
  [/No space left on device|Disk quota exceeded|not enough space on the disk/i, 'disk-full'],
  [/Permission denied|Operation not permitted|Read-only file system|Access is denied/i, 'permission-denied'],
  [/Input\/output error|Too many open files/i, 'disk-failed'],
];

/** What a failed statement over files comes down to for the user: the disk, or else one of the files. */
export function errorCodeOf(message: string): ErrorCode {
  return systemTexts.find(([pattern]) => pattern.test(message))?.[1] ?? 'file-unreadable';
}
