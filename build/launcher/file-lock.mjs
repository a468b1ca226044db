import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder } from './paths.mjs';
import { LauncherError, say } from './say.mjs';

const patienceMs = 15 * 60_000;

/**
 * Runs `work` while no other process on this machine runs the same named step. A holder that died is passed over.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const folder = cacheFolder();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.lock`);
  const deadline = Date.now() + patienceMs;
  let told = false;
  while (!take(path)) {
    if (isAbandoned(path)) rmSync(path, { force: true });
    else if (Date.now() > deadline)
      throw new LauncherError(`Gave up waiting for ${path}; remove it if nothing else is starting.`);
    else {
      if (!told) say('Waiting for another start to finish its set-up.');
      told = true;
      await delay(150);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
function take(path) {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} path */
function isAbandoned(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    // Empty for the instant between creating the file and writing the pid.
    if (pid === 0) return Date.now() - statSync(path).mtimeMs > 5_000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    return code === 'ESRCH';
  }
}
