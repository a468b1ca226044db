import type { Contract } from '#shared/ipc';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { Holds } from '../jobs/retention/holds.ts';
import type { PurgeKind, RestoreKind } from '../jobs/trash/trash-jobs.ts';
import type { Trash } from '../jobs/trash/trash.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on the trash. `restore` and `purge` answer when their job has ended, `start…` when it is queued. */
export function trashHandlers(
  trash: Trash,
  restore: RestoreKind,
  purge: PurgeKind,
  holds: Pick<Holds, 'list'>,
  jobs: JobQueue,
): Handlers<Contract['trash']> {
  return {
    list: async () => trash.look(await holds.list()),
    restore: (request, signal, requestedBy) => jobs.run(restore, request, { requestedBy }, signal),
    startRestore: (request, _signal, requestedBy) => jobs.start(restore, request, { requestedBy }),
    purge: (request, signal, requestedBy) => jobs.run(purge, request, { requestedBy }, signal),
    startPurge: (request, _signal, requestedBy) => jobs.start(purge, request, { requestedBy }),
  };
}
