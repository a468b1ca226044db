import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';
import { LauncherError } from './say.mjs';

const graceMs = 10_000;

/** What Chromium says on any machine without a desktop session or a GPU, and nobody can act on. */
const noise = [
  /:(ERROR|WARNING):(bus|object_proxy|viz_main_impl|sandbox_linux|network_service_instance_impl)\.cc/,
  /:(ERROR|WARNING):(gpu|gl|angle|vaapi|command_buffer)_[a-z_]+\.cc/,
  /rejected by interface blink\.mojom\.WidgetHost/,
];

/** @param {string} line */
export function isNoise(line) {
  return noise.some((pattern) => pattern.test(line));
}

/**
 * Runs a program that opens windows, hands signals on to it, and leaves nothing of it behind.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
export function runWindow(command, args, env) {
  return new Promise((resolve, reject) => {
    // A process group of its own, so that the whole of it can be ended, whatever became of the first process.
    const child = spawn(command, args, {
      cwd: root,
      env,
      detached: true,
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!isNoise(line)) process.stderr.write(`${line}\n`);
    });
    const endGroup = () => signalGroup(child.pid, 'SIGKILL');
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        child.kill(signal);
        setTimeout(endGroup, graceMs).unref();
      });
    }
    child.on('error', (error) =>
      reject(new LauncherError(`${command} could not be started: ${error.message}.`)),
    );
    child.on('exit', (code, signal) => {
      endGroup();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** @param {number | undefined} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  if (pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing is left of it.
  }
}
