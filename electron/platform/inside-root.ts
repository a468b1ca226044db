import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { realPlace } from './real-place.ts';

/** Long enough that a burst of writes asks once, short enough that a link which is made later is soon seen. */
const trustedMs = 500;

/** Folders of the root that lie elsewhere by the user's own choice: absolute paths by their names. */
export type FolderLinks = () => Readonly<Record<string, string>>;

/** Fails for what lies, through a link, outside of a folder. */
export type InsideRoot = (path: string) => Promise<void>;

/**
 * Guards a folder's files against links that lead out of it: what is written or removed through one would be somebody
 * else's. Paths are relative to the root and written with `/`; they need not be there yet.
 */
export function insideRoot(root: string, links: FolderLinks = () => ({})): InsideRoot {
  const trusted = new Map<string, number>();
  let realRoot: string | undefined;

  /** A folder of the root that is meant to lie elsewhere, and does lie there. */
  async function isWhereItLeads(path: string, isInside: (top: string) => boolean): Promise<boolean> {
    const target = links()[path.split('/')[0] ?? ''];
    return target !== undefined && isInside(await realpath(target).catch(() => target));
  }

  return async (path) => {
    const folder = join(root, ...path.split('/').slice(0, -1));
    const now = Date.now();
    if ((trusted.get(folder) ?? 0) > now) return;
    // The root itself may be reached through links, and may not be there before the first folder is made.
    realRoot ??= await realpath(root).catch(() => undefined);
    const real = realRoot === undefined ? undefined : await realPlace(folder);
    const isInside = (top: string) => real === top || real?.startsWith(`${top}${sep}`) === true;
    if (
      real !== undefined &&
      realRoot !== undefined &&
      !isInside(realRoot) &&
      !(await isWhereItLeads(path, isInside))
    ) {
      throw Object.assign(
        new Error(`${path} lies behind a link that leaves the store, which is not followed`),
        {
          code: 'ELOOP',
          path: folder,
        },
      );
    }
    if (trusted.size > 1_000) trusted.clear();
    trusted.set(folder, now + trustedMs);
  };
}
