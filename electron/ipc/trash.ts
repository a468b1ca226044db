import type { Contract } from '#shared/ipc';
import type { Trash } from '../jobs/trash.ts';
import type { Handlers } from './handlers.ts';

export function trashHandlers(trash: Trash): Handlers<Contract['trash']> {
  return {
    list: () => Promise.resolve(trash.list()),
    restore: ({ job }) => trash.restore(job),
    purge: ({ job }) => trash.purge(job),
  };
}
