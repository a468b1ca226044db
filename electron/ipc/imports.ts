import type { Contract } from '#shared/ipc';
import type { Imports } from '../jobs/imports/import-job.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { Handlers } from './handlers.ts';
import { createNamedCalls } from './named-calls.ts';

/** Answers calls on files of other programs. */
export function importHandlers({ kind, inspect }: Imports, jobs: JobQueue): Handlers<Contract['imports']> {
  const looks = createNamedCalls();
  return {
    inspect: ({ look, isGlimpse = false, ...request }, signal) =>
      looks.run(look, signal, (stopped) => inspect(request, isGlimpse, stopped)),
    endLook({ look }) {
      looks.end(look);
      return Promise.resolve(null);
    },
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
  };
}
