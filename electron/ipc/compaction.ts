import type { Contract } from '#shared/ipc';
import type { Compaction } from '../jobs/compaction.ts';
import type { Handlers } from './handlers.ts';

export function compactionHandlers(compaction: Compaction): Handlers<Contract['compaction']> {
  return {
    plan: (request) => compaction.plan(request),
    run: (request, signal) => compaction.run(request, signal),
  };
}
