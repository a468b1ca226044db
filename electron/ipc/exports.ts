import type { Contract } from '#shared/ipc';
import type { ProfileLibrary } from '../exports/profile-library.ts';
import type { ExportKind } from '../jobs/export-job.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on exports and their profiles. `start` answers when the job is queued, `run` when it has ended. */
export function exportHandlers(
  kind: ExportKind,
  profiles: ProfileLibrary,
  jobs: JobQueue,
): Handlers<Contract['exports']> {
  return {
    profiles: () => profiles.list(),
    saveProfile: ({ profile }) => profiles.save(profile),
    deleteProfile: async ({ id }) => {
      await profiles.remove(id);
      return null;
    },
    plan: (request, signal) => kind.look(request, signal),
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
    run: (request, signal, requestedBy) => jobs.run(kind, request, { requestedBy }, signal),
  };
}
