import type { Contract } from '#shared/ipc';
import type { BackupKind } from '../jobs/backup/backup-job.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on copies of the store in other folders. */
export function backupHandlers(backup: BackupKind, jobs: JobQueue): Handlers<Contract['backups']> {
  return {
    plan: (request) => backup.plan(request),
    start: (request, _signal, requestedBy) => jobs.start(backup, request, { requestedBy }),
  };
}
