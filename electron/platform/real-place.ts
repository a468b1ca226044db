import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Where an absolute path leads through the links on its way; what of it is not there yet stays as it is. */
export async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(await realPlace(above), basename(path));
  }
}
