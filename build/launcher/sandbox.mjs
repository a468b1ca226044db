import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRoot } from './display.mjs';
import { runQuietly } from './run-quietly.mjs';
import { LauncherError } from './say.mjs';

/**
 * What to tell a user whose system forbids Chromium's sandbox, or null when it can work.
 *
 * @param {{ readonly canMakeNamespaces: boolean, readonly hasSetuidHelper: boolean, readonly isAppArmorStrict: boolean }} system
 * @param {string} helper path of chrome-sandbox
 */
export function sandboxAdvice({ canMakeNamespaces, hasSetuidHelper, isAppArmorStrict }, helper) {
  if (hasSetuidHelper || (canMakeNamespaces && !isAppArmorStrict)) return null;
  const why = isAppArmorStrict ? 'AppArmor keeps' : 'This system keeps';
  return `${why} programs from making user namespaces, which the sandbox needs. Run: sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`;
}

/** Fails with the command to run where the sandbox could not start. @param {string} executable */
export async function ensureSandbox(executable) {
  if (process.platform !== 'linux' || isRoot()) return;
  const helper = join(dirname(executable), 'chrome-sandbox');
  const advice = sandboxAdvice(
    {
      canMakeNamespaces: (await runQuietly('unshare', ['--user', '--map-root-user', 'true'])).code === 0,
      hasSetuidHelper: isSetuidRoot(helper),
      isAppArmorStrict: readSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1',
    },
    helper,
  );
  if (advice !== null) throw new LauncherError(advice);
}

/** @param {string} path */
function isSetuidRoot(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.uid === 0 && (stats.mode & 0o4000) !== 0;
}

/** @param {string} path */
function readSetting(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
