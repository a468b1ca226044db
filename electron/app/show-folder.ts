import { WorkbenchError } from '#shared/errors';
import { shell } from 'electron';

/** Shows a folder where the system shows files. Throws, in its words, when the system cannot. */
export async function showFolder(folder: string): Promise<void> {
  const reason = await shell.openPath(folder);
  if (reason !== '') throw new WorkbenchError('unexpected', `${folder}: ${reason}`);
}
