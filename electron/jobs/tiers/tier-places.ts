import { colderTiers, type ColderTierId, type TiersSettings } from '#shared/domain/tier';
import { WorkbenchError } from '#shared/errors';
import { existsSync } from 'node:fs';
import {
  lstat,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rmdir,
  stat,
  symlink,
  unlink,
} from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../../platform/fs.ts';
import { writeFileAtomically } from '../../platform/write-file-atomically.ts';
import { diskError } from '../../storage/disk-error.ts';
import { storeFile, tierFolders, tierMarkerFile, tierMarkerName } from '../../storage/layout.ts';

/**
 * A tier is a folder of the store: `archive` or `cold`. Where it lies elsewhere that is a link, so that every reader,
 * ours and others', finds its files by their paths in the store.
 */
export interface TierPlaces {
  readonly root: string;
  readonly storeId: string;
}

const marker = z.object({ store: z.string(), tier: z.string() });

/** Where a tier's files are by its settings, as an absolute path. */
export function tierFolder(root: string, tier: ColderTierId, { [tier]: { path } }: TiersSettings): string {
  return path ?? join(root, tierFolders[tier]);
}

/** Folders of the store that lie elsewhere, by their names in it. */
export function tierLinks(settings: TiersSettings): Readonly<Record<string, string>> {
  return Object.fromEntries(
    colderTiers.flatMap((tier) => {
      const { path } = settings[tier];
      return path === null ? [] : [[tierFolders[tier], path] as const];
    }),
  );
}

/** Why a tier cannot be used now, in a few words; null when it can. Its own marker tells an empty mount point apart. */
export async function tierFault(
  { root, storeId }: TierPlaces,
  tier: ColderTierId,
  settings: TiersSettings,
): Promise<string | null> {
  const { path } = settings[tier];
  if (path === null) return null;
  try {
    const found = marker.parse(JSON.parse(await readFile(join(root, tierMarkerFile(tier)), 'utf8')));
    if (found.store !== storeId) return `${path} belongs to another store`;
    return found.tier === tier ? null : `${path} is the ${found.tier} tier of this store`;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return `${path} is not there`;
    return error instanceof SyntaxError || error instanceof z.ZodError
      ? `${join(path, tierMarkerName)} cannot be read`
      : diskError(error).message;
  }
}

/** Checks where a tier is to lie. Throws `argument-invalid`, which names the setting and the folder, where it cannot. */
export async function checkTierPath(
  { root, storeId }: TierPlaces,
  tier: ColderTierId,
  settings: TiersSettings,
): Promise<void> {
  const { path } = settings[tier];
  if (path === null) return;
  const refuse = (reason: string) =>
    new WorkbenchError('argument-invalid', `tiers.${tier}.path: ${path} ${reason}`);
  if (!isAbsolute(path)) throw refuse('is not an absolute path');
  const real = await realpath(path).catch(() => null);
  if (real === null) throw refuse('is not there: make the folder first');
  if (!(await stat(real)).isDirectory()) throw refuse('is no folder');
  const realRoot = await realpath(root);
  if (isWithin(real, realRoot))
    throw refuse('lies inside the store: choose a folder beside it, or none for the store’s own');
  if (isWithin(realRoot, real)) throw refuse('has the store inside it: choose a folder of its own');
  for (const other of colderTiers) {
    const otherPath = settings[other].path;
    if (other === tier || otherPath === null) continue;
    const otherReal = await realpath(otherPath).catch(() => otherPath);
    if (isWithin(real, otherReal) || isWithin(otherReal, real))
      throw refuse(
        `and the ${other} tier at ${otherPath} lie in one another: each wants a folder of its own`,
      );
  }
  if (existsSync(join(real, storeFile))) throw refuse('is a store itself');
  const found = await readMarker(real);
  if (found === 'unreadable') throw refuse(`has a ${tierMarkerName} that cannot be read`);
  if (found !== null && found.store !== storeId) throw refuse('belongs to another store');
  if (found !== null && found.tier !== tier) throw refuse(`is the ${found.tier} tier of this store`);
  if (found === null && (await readdir(real)).some((name) => !name.startsWith('.') && name !== 'lost+found'))
    throw refuse('is not empty: a tier wants a folder of its own');
}

async function readMarker(folder: string): Promise<z.infer<typeof marker> | 'unreadable' | null> {
  try {
    return marker.parse(JSON.parse(await readFile(join(folder, tierMarkerName), 'utf8')));
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : 'unreadable';
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** Makes a checked folder the tier's: marks it, and lets its name in the store lead there. */
export async function settleTier(
  { root, storeId }: TierPlaces,
  tier: ColderTierId,
  { [tier]: { path } }: TiersSettings,
): Promise<void> {
  const link = join(root, tierFolders[tier]);
  if (path === null) {
    if (await isLink(link)) await unlink(link);
    return;
  }
  try {
    await writeFileAtomically(join(path, tierMarkerName), `${JSON.stringify({ store: storeId, tier })}\n`);
  } catch (error) {
    const { message } = diskError(error);
    throw new WorkbenchError(
      'permission-denied',
      `tiers.${tier}.path: ${path} cannot be written to: ${message}`,
      {
        cause: error,
      },
    );
  }
  await pointLink(link, path, tier);
}

/** Sets right what a crash left between the settings and the links; what cannot be is told by `tierFault`. */
export async function settleLinks({ root }: TierPlaces, settings: TiersSettings): Promise<void> {
  for (const tier of colderTiers) {
    const { path } = settings[tier];
    if (path === null) continue;
    await pointLink(join(root, tierFolders[tier]), path, tier).catch(() => undefined);
  }
}

async function pointLink(link: string, path: string, tier: ColderTierId): Promise<void> {
  if ((await readlink(link).catch(() => null)) === path) return;
  if (!(await isLink(link)) && !(await removeEmptyFolders(link))) {
    throw new WorkbenchError(
      'argument-invalid',
      `tiers.${tier}.path: ${link} holds files of its own, so that it cannot lead to ${path}`,
    );
  }
  const draft = `${link}.link-${process.pid}`;
  try {
    await unlink(draft).catch(() => undefined);
    // A junction needs no right of its own on Windows; elsewhere the kind is ignored.
    await symlink(path, draft, 'junction');
    await rename(draft, link);
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    throw new WorkbenchError(
      'disk-failed',
      `tiers.${tier}.path: ${link} cannot lead to ${path}: ${diskError(error).message}`,
      { cause: error },
    );
  }
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isSymbolicLink() === true;
}

/** Whether nothing is left of a folder that held nothing but empty ones. */
async function removeEmptyFolders(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (entries === null) return true;
  for (const entry of entries) {
    if (!entry.isDirectory() || !(await removeEmptyFolders(join(folder, entry.name)))) return false;
  }
  await rmdir(folder);
  return true;
}

/** Whether a folder is marked as this tier of this store. */
export async function isTierOf(folder: string, tier: ColderTierId, storeId: string): Promise<boolean> {
  const found = await readMarker(folder);
  return found !== null && found !== 'unreadable' && found.store === storeId && found.tier === tier;
}
