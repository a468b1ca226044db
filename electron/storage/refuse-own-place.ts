import { WorkbenchError } from '#shared/errors';
import { join, sep } from 'node:path';
import { realPlace } from '../platform/real-place.ts';

/** The folders of a store that a user may put files into. */
const openFolders = ['exports', 'reports'];

/**
 * Refuses (`argument-invalid`) to put a user's files where a store keeps its own, also by way of a link. Both are absolute
 * paths; `root` is the store's, without links.
 */
export async function refuseOwnPlace(folder: string, root: string): Promise<void> {
  const inside = `${await realPlace(folder)}${sep}`;
  if (!inside.startsWith(`${root}${sep}`)) return;
  if (openFolders.some((name) => inside.startsWith(`${join(root, name)}${sep}`))) return;
  throw new WorkbenchError(
    'argument-invalid',
    `out: ${folder} lies in the store itself; its exports folder or any other place will do`,
  );
}
