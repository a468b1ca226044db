import type { Contract } from '#shared/ipc';
import type { Storage } from '../queries/storage/storage.ts';
import type { Handlers } from './handlers.ts';

export function storageHandlers(storage: Storage): Handlers<Contract['storage']> {
  return {
    summary: () => storage.summary(),
    map: ({ path }) => storage.map(path),
    files: (filter) => storage.files(filter),
    file: ({ path, headRows }) => storage.file(path, headRows ?? 0),
  };
}
