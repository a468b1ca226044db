import type { Contract } from '#shared/ipc';
import type { Describe } from '../queries/describe-store.ts';
import type { Handlers } from './handlers.ts';

export function storeHandlers(describe: Describe): Handlers<Contract['store']> {
  return { describe: () => Promise.resolve(describe()) };
}
