import type { Schedule } from '#shared/domain/schedule';
import { schedulesDocument } from '#schemas/documents/schedules-document';
import { documentFile } from './document-file.ts';

/** The schedules of one store. */
export interface ScheduleFile {
  /** None where there is no file; one that cannot be read is refused by name. */
  readonly read: () => Promise<readonly Schedule[]>;
  /** Replaces all of them, whole or not at all. */
  readonly write: (schedules: readonly Schedule[]) => Promise<void>;
}

/** `path` is relative to the store. */
export function scheduleFile(root: string, path: string): ScheduleFile {
  const file = documentFile(root, {
    path,
    schema: schedulesDocument,
    consequence: 'no schedule runs until it is mended or moved away',
  });
  return {
    read: async () => (await file.read())?.schedules ?? [],
    write: (schedules) => file.write({ version: 1, schedules }),
  };
}
