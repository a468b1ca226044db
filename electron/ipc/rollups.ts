import type { Contract } from '#shared/ipc';
import type { Rollups } from '../jobs/rollups/rollups.ts';
import type { Handlers } from './handlers.ts';

export function rollupHandlers(rollups: Rollups): Handlers<Contract['rollups']> {
  return {
    plan: (request) => Promise.resolve(rollups.plan(request)),
    refresh: (request, signal) => rollups.refresh(request, signal),
  };
}
