import type { Contract } from '#shared/ipc';
import type { Describe } from '../queries/describe-store.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on the store as a whole. `checkpoint` answers when one is written. */
export function storeHandlers(
  describe: Describe,
  checkpoint: () => Promise<void>,
): Handlers<Contract['store']> {
  return {
    describe: () => Promise.resolve(describe()),
    async checkpoint() {
      await checkpoint();
      return null;
    },
  };
}
