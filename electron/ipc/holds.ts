import type { HoldRequest } from '#shared/domain/hold';
import type { Contract } from '#shared/ipc';
import type { Holds } from '../jobs/retention/holds.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on holds. What a new one does not say (a symbol, a range) is no limit to it. */
export function holdHandlers(holds: Holds): Handlers<Contract['holds']> {
  return {
    list: ({ withReleased }) => holds.list(withReleased),
    add: ({ symbol = null, dataset = null, from = null, until = null, pattern = null, ...words }) =>
      holds.add({ symbol, dataset, from, until, pattern, ...words } satisfies HoldRequest),
    release: ({ id, by }) => holds.release(id, by),
  };
}
