import type { Contract } from '#shared/ipc';
import type { ListFiles } from '../queries/list-files.ts';
import type { Handlers } from './handlers.ts';

/** Answers the call for the files that make up the store. */
export function fileHandlers(listFiles: ListFiles): Handlers<Contract['files']> {
  return { list: (filter) => listFiles(filter) };
}
