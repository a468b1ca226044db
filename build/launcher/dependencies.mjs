import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './file-lock.mjs';
import { checkoutLock, root } from './paths.mjs';
import { runQuietly } from './run-quietly.mjs';
import { LauncherError, say } from './say.mjs';

/**
 * @typedef {{ readonly version?: string, readonly optional?: boolean, readonly devOptional?: boolean }} LockedPackage
 * @typedef {{ readonly packages?: Readonly<Record<string, LockedPackage>> }} Lockfile
 */

const lockfile = join(root, 'package-lock.json');
/** npm writes this last, so it is missing after an install that was cut short. */
const installed = join(root, 'node_modules', '.package-lock.json');
const stamp = join(root, 'node_modules', '.tapedeck-installed');

/** Installs what package-lock.json asks for, unless it is there already. */
export async function ensureDependencies() {
  if (isStamped()) return;
  await withLock(checkoutLock('install'), async () => {
    if (isStamped()) return;
    if (!isInstalled(read(lockfile), read(installed))) await install();
    writeFileSync(stamp, fingerprint());
  });
}

/**
 * True when every package that cannot be left out is there in the version the lock file names.
 *
 * @param {Lockfile | null} wanted
 * @param {Lockfile | null} present
 */
export function isInstalled(wanted, present) {
  if (present === null) return false;
  return Object.entries(wanted?.packages ?? {}).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || present.packages?.[path]?.version === version,
  );
}

function isStamped() {
  try {
    return readFileSync(stamp, 'utf8') === fingerprint();
  } catch {
    return false;
  }
}

function fingerprint() {
  const { mtimeMs, size } = statSync(lockfile);
  return `${mtimeMs} ${size}`;
}

/** @param {string} path @returns {Lockfile | null} */
function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

async function install() {
  say('Installing dependencies (npm ci).');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const isNpm = npm !== undefined && /npm-cli\.c?js$/.test(npm);
  // Windows starts npm.cmd only through a shell.
  const { code, output } = isNpm
    ? await runQuietly(process.execPath, [npm, ...args])
    : await runQuietly('npm', args, { shell: process.platform === 'win32' });
  if (code !== 0) {
    process.stderr.write(output);
    throw new LauncherError('npm ci failed; the lines above say why.');
  }
}
