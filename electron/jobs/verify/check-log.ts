import { problemOf, type Problem, type VerifyNote } from '#shared/domain/verify-report';
import type { Fs } from '../../platform/fs.ts';
import { parseSegmentName, segmentPath, walFolder } from '../../storage/layout.ts';
import { decodeEntry } from '../../storage/log-entry.ts';
import { isTornWrite, scanSegment } from '../../storage/wal-format.ts';

export interface LogCheck {
  readonly problems: readonly Problem[];
  readonly notes: readonly VerifyNote[];
}

/**
 * Reads every record of the log. A last write that was cut short is nothing to worry about, because it was never
 * acknowledged; anything else that cannot be read is damage.
 */
export async function checkLog(fs: Fs): Promise<LogCheck> {
  const problems: Problem[] = [];
  const notes: VerifyNote[] = [];
  for (const { name, kind } of await fs.list(walFolder)) {
    const number = kind === 'file' ? parseSegmentName(name) : null;
    if (number === null) {
      notes.push({ path: `${walFolder}/${name}`, detail: 'is not of the log' });
      continue;
    }
    const path = segmentPath(number);
    const bytes = await fs.read(path);
    // Dropped by a checkpoint meanwhile.
    if (bytes === null || bytes.length === 0) continue;
    const { header, records, damaged, cutBytes } = scanSegment(bytes);
    const add = (detail: string) => problems.push(problemOf('log-damaged', path, detail));
    if (header === 'damaged' && records.length > 0) add('its header cannot be read');
    for (const { offset, length } of damaged) add(`${length} bytes at ${offset} cannot be read`);
    if (cutBytes > 0) {
      const offset = bytes.length - cutBytes;
      if (isTornWrite(bytes, offset))
        notes.push({ path, detail: `its last write was cut short (${cutBytes} bytes)` });
      else add(`${cutBytes} bytes at ${offset}, its end, cannot be read`);
    }
    const unread = records.find(({ payload }) => !isReadable(payload));
    if (unread !== undefined) add(`record ${unread.sequence} is whole, but makes no sense`);
  }
  return { problems, notes };
}

function isReadable(payload: Uint8Array): boolean {
  try {
    decodeEntry(payload);
    return true;
  } catch {
    return false;
  }
}
