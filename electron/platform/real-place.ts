import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** As many links as Linux follows on one path. */
const mostLinks = 40;

/**
 * Where an absolute path leads through the links on its way, those to what is not there yet among them; what of it is not
 * there stays as it is.
 */
export async function realPlace(path: string, links = mostLinks): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const target = links === 0 ? null : await readlink(path).catch(() => null);
    if (target !== null) return realPlace(resolve(dirname(path), target), links - 1);
    const above = dirname(path);
    return above === path ? path : join(await realPlace(above, links), basename(path));
  }
}
