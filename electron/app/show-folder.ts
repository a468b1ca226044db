import { WorkbenchError } from '#shared/errors';
import { shell } from 'electron';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDataPath } from '../storage/layout.ts';

/** Shows a folder where the system shows files. Throws, in its words, when the system cannot. */
export async function showFolder(folder: string): Promise<void> {
  const reason = await shell.openPath(folder);
  if (reason !== '') throw new WorkbenchError('unexpected', `${folder}: ${reason}`);
}

/** Shows a data file of a store where the system shows files. A path that no data file can have is refused. */
export async function showFile(folder: string, path: string): Promise<void> {
  if (parseDataPath(path) === null)
    throw new WorkbenchError('argument-invalid', `path: ${path} is no data file of a store`);
  const place = join(folder, ...path.split('/'));
  await access(place).catch((error: unknown) => {
    throw new WorkbenchError('file-unreadable', `${path} is not there any more`, { cause: error });
  });
  shell.showItemInFolder(place);
}
