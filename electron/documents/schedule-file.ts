import { describeFault } from '#shared/describe-fault';
import type { Schedule } from '#shared/domain/schedule';
import { WorkbenchError } from '#shared/errors';
import { schedulesDocument } from '#schemas/documents/schedules-document';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../platform/fs.ts';
import { insideRoot } from '../platform/inside-root.ts';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';

/** The schedules of one store. */
export interface ScheduleFile {
  /** None where there is no file; one that cannot be read is refused by name. */
  readonly read: () => Promise<readonly Schedule[]>;
  /** Replaces all of them, whole or not at all. */
  readonly write: (schedules: readonly Schedule[]) => Promise<void>;
}

/** `path` is relative to the store. */
export function scheduleFile(root: string, path: string): ScheduleFile {
  const guard = insideRoot(root);
  return {
    async read() {
      const text = await textOf(join(root, path), path);
      if (text === null) return [];
      let parsed: unknown;
      try {
        parsed = JSON.parse(text);
      } catch (error) {
        throw unreadable(path, 'is not whole JSON', error);
      }
      const document = schedulesDocument.safeParse(parsed);
      if (!document.success) throw unreadable(path, describeFault(document.error), document.error);
      return document.data.schedules;
    },
    async write(schedules) {
      await guard(path);
      const text = `${JSON.stringify({ version: 1, schedules }, null, 1)}\n`;
      await writeFileAtomically(join(root, path), text);
    },
  };
}

async function textOf(file: string, path: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw unreadable(path, `cannot be read (${codeOf(error)})`, error);
  }
}

function unreadable(path: string, why: string, cause: unknown): WorkbenchError {
  return new WorkbenchError(
    'file-unreadable',
    `${path} ${why}: no schedule runs until it is mended or moved away`,
    { cause },
  );
}
