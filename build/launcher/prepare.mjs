import { ensureBuilt } from './built.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { isRoot, machineSwitches, needsVirtualDisplay, startVirtualDisplay } from './display.mjs';
import { ensureElectron } from './electron-runtime.mjs';
import { ensureSandbox } from './sandbox.mjs';
import { ensureSystem } from './system-libraries.mjs';

/** DuckDB's queries run on libuv's pool, and four of them would leave no thread for files. It is read once, at start. */
const threadPool = { UV_THREADPOOL_SIZE: '16' };

/**
 * Everything a window needs on this machine.
 *
 * @typedef {object} Prepared
 * @property {string} executable
 * @property {readonly string[]} switches
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} isVirtual the display is one that nobody sees
 * @property {() => void} release ends what was started
 */

/**
 * Does all the set-up for opening a window. Each step does nothing when there is nothing to do.
 *
 * @param {{ readonly build: boolean, readonly forOneProgram: boolean }} wanted
 * @returns {Promise<Prepared>}
 */
export async function prepareWindow({ build, forOneProgram }) {
  await ensureDependencies();
  const executable = await ensureElectron();
  const isVirtual = needsVirtualDisplay(process.platform, process.env);
  await ensureSystem(executable, { virtualDisplay: isVirtual });
  await ensureSandbox(executable);
  if (build) await ensureBuilt();
  const display = isVirtual
    ? await startVirtualDisplay({ forOneProgram })
    : { env: {}, stop: () => undefined };
  return {
    executable,
    switches: machineSwitches({ root: isRoot(), platform: process.platform, env: process.env }),
    env: { ...process.env, ...threadPool, ...display.env },
    isVirtual,
    release: display.stop,
  };
}
