import { describeFault } from '#shared/describe-fault';
import { WorkbenchError } from '#shared/errors';
import { z } from 'zod';
import type { Fs } from '../../platform/fs.ts';
import { publishFile } from '../../storage/publish-file.ts';

/** Lies in a backup and says whose it is, so that no other folder is ever taken for one. */
export const noteFile = 'tapedeck-backup.json';

const backupNote = z.object({
  version: z.literal(1),
  storeId: z.string().min(1),
  /** Of the last record that a backup has written to its log. */
  sequence: z.int().min(0),
  /** When the last backup came to its end; null while the first one has not. */
  completedMs: z.int().nullable(),
  /** When the backup began that is being written; null while none is. */
  begunMs: z.int().nullable().default(null),
  /** Of the record that makes it the state of the folder; null until all that it needs is there. */
  nextSequence: z.int().min(0).nullable().default(null),
});

export type BackupNote = z.infer<typeof backupNote>;

/** Null where there is none; `store-unreadable` for one that says nothing. */
export async function readBackupNote(fs: Fs): Promise<BackupNote | null> {
  const content = await fs.read(noteFile);
  if (content === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(content));
  } catch (error) {
    throw new WorkbenchError('store-unreadable', `${noteFile} is not JSON`, { cause: error });
  }
  const note = backupNote.safeParse(parsed);
  if (!note.success)
    throw new WorkbenchError('store-unreadable', `${noteFile}: ${describeFault(note.error)}`);
  return note.data;
}

export function writeBackupNote(fs: Fs, note: BackupNote): Promise<void> {
  return publishFile(fs, noteFile, new TextEncoder().encode(`${JSON.stringify(note, null, 2)}\n`));
}
