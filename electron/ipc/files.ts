import type { Contract } from '#shared/ipc';
import type { ListFiles } from '../queries/list-files.ts';
import type { Handlers } from './handlers.ts';

export function fileHandlers(listFiles: ListFiles): Handlers<Contract['files']> {
  return { list: (filter) => listFiles(filter) };
}
