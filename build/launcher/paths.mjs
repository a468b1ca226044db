import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this launcher belongs to. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where the built program lies. */
export const outFolder = join(root, 'build', 'out');

/**
 * Where things are kept that several checkouts share and `npm ci` must not remove.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export function cacheFolder(env = process.env, platform = process.platform) {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'tapedeck');
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'tapedeck', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'tapedeck');
  return join(homedir(), '.cache', 'tapedeck');
}

/** The name of a lock that only starts from this checkout wait for. @param {string} step */
export function checkoutLock(step) {
  return `${step}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`;
}
