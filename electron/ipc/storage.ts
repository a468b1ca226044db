import type { Contract } from '#shared/ipc';
import type { Storage } from '../queries/storage/storage.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on what files take. A file is described without its rows unless some are asked for. */
export function storageHandlers(storage: Storage): Handlers<Contract['storage']> {
  return {
    summary: () => storage.summary(),
    map: ({ path }) => storage.map(path),
    files: (filter) => storage.files(filter),
    file: ({ path, headRows }) => storage.file(path, headRows ?? 0),
  };
}
