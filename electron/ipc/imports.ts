import type { Contract } from '#shared/ipc';
import type { Imports } from '../jobs/imports/import-job.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { Handlers } from './handlers.ts';

export function importHandlers({ kind, inspect }: Imports, jobs: JobQueue): Handlers<Contract['imports']> {
  const looks = new Map<string, AbortController>();
  return {
    async inspect({ look, ...request }, signal) {
      if (look === undefined) return inspect(request, signal);
      const ending = new AbortController();
      const end = () => ending.abort();
      looks.get(look)?.abort();
      looks.set(look, ending);
      signal.addEventListener('abort', end, { once: true });
      try {
        signal.throwIfAborted();
        return await inspect(request, ending.signal);
      } finally {
        signal.removeEventListener('abort', end);
        if (looks.get(look) === ending) looks.delete(look);
      }
    },
    endLook({ look }) {
      looks.get(look)?.abort();
      return Promise.resolve(null);
    },
    start: (request, _signal, requestedBy) => jobs.start(kind, request, { requestedBy }),
  };
}
