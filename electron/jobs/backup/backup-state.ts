import { hasEnded, type JobSummary } from '#shared/domain/job';
import type { Schedule } from '#shared/domain/schedule';
import { DAY } from '#shared/units';
import type { StoreDocument } from '#schemas/documents/store-document';
import { contract } from '#shared/ipc';
import { diskFs } from '../../platform/fs.ts';
import type { BackupFact } from '../../queries/health/health-facts.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import { lastTime, readTiming } from '../schedules/cron.ts';
import { readBackupNote } from './backup-note.ts';
import { settleLeftBackup } from './settle-backup.ts';

export interface BackupStateParts {
  readonly document: StoreDocument;
  readonly jobs: Pick<JobQueue, 'list' | 'requestsCutShort'>;
  readonly schedules: () => Promise<readonly Schedule[]>;
}

/** How the backups of a store are doing, for who judges it. */
export interface BackupState {
  /** Null where nobody has asked for any. */
  readonly look: (nowMs: number) => Promise<BackupFact | null>;
  /** Settles what backups have left in their folders that were cut short. */
  readonly settle: () => Promise<void>;
}

/** A run that was due may take this long before it counts as missed. */
const patienceMs = DAY;

export function createBackupState({ document, jobs, schedules }: BackupStateParts): BackupState {
  const { id: storeId, settings } = document;
  const folder = settings.backupFolder ?? null;
  return {
    async look(nowMs) {
      const wanted = (await schedules()).filter(({ task, isOn }) => task === 'backup' && isOn);
      if (folder === null && wanted.length === 0) return null;
      const known = (await jobs.list()).jobs.filter(({ kind }) => kind === 'backup');
      const lastMs = folder === null ? null : await completedMsOf(folder, storeId);
      const dueMs = wanted.flatMap((schedule) => missedBy(schedule, lastMs, nowMs) ?? []);
      return {
        folder,
        lastMs,
        missedMs: dueMs.length === 0 ? null : Math.max(...dueMs),
        isScheduled: wanted.length > 0,
        failure: failureOf(known, lastMs),
      };
    },
    async settle() {
      const folders = new Set<string>();
      for (const request of await jobs.requestsCutShort('backup')) {
        const to = contract.backups.start.args.safeParse(request).data?.to ?? folder;
        if (to !== null) folders.add(to);
      }
      for (const left of folders) await settleLeftBackup(left, storeId).catch(() => undefined);
    },
  };
}

/** As the folder itself says; null where there is none, or none that came to its end. */
async function completedMsOf(folder: string, storeId: string): Promise<number | null> {
  const note = await readBackupNote(diskFs(folder)).catch(() => null);
  return note?.storeId === storeId ? note.completedMs : null;
}

/** When a schedule was due since the last backup, and is overdue by now; null when it is not. */
function missedBy({ cron, zone, createdMs }: Schedule, lastMs: number | null, nowMs: number): number | null {
  try {
    return lastTime(readTiming(cron, zone, nowMs), Math.max(lastMs ?? 0, createdMs), nowMs - patienceMs);
  } catch {
    // What is wrong with a schedule is said of the schedules.
    return null;
  }
}

/** Why the newest backup did not come to its end; null where it did, or was told to stop. Newest first. */
function failureOf(jobs: readonly JobSummary[], lastMs: number | null): string | null {
  const last = jobs.find((job) => hasEnded(job) && job.state !== 'cancelled');
  if (last === undefined || last.state === 'done' || last.resumedBy !== null) return null;
  return last.createdMs < (lastMs ?? 0) ? null : (last.error?.message ?? 'it was cut short');
}
