import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LauncherError } from './say.mjs';

const startLimitMs = 15_000;

/**
 * True where no screen can be reached, so that a virtual one is needed.
 *
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 */
export function needsVirtualDisplay(platform, env) {
  return platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
}

/** True for the superuser, whom Chromium's sandbox does not serve. */
export function isRoot() {
  return process.geteuid?.() === 0;
}

/**
 * Switches that this machine asks of Electron.
 *
 * @param {{ readonly root: boolean, readonly platform: NodeJS.Platform, readonly env: NodeJS.ProcessEnv }} machine
 */
export function machineSwitches({ root, platform, env }) {
  const wayland = platform === 'linux' && !env.DISPLAY && env.WAYLAND_DISPLAY;
  return [
    ...(root && platform === 'linux' ? ['--no-sandbox'] : []),
    ...(wayland ? ['--ozone-platform=wayland'] : []),
  ];
}

/**
 * Starts a virtual display that only this user can draw on, and returns the environment in which to use it.
 * It picks a free number itself, so that any number of them can start at once.
 *
 * @param {{ readonly forOneProgram: boolean }} use with one program on it, it also ends when that program does, whatever
 *   became of the launcher
 */
export async function startVirtualDisplay({ forOneProgram }) {
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-display-'));
  const authority = join(folder, 'authority');
  writeFileSync(authority, authorityFile(randomBytes(16)), { mode: 0o600 });
  // The pointer of a display rests in the middle of its first screen. Nothing is shown there, so that no window has it.
  const screens = ['-screen', '0', '64x64x24', '-screen', '1', '1680x1050x24'];
  const access = ['-nolisten', 'tcp', '-auth', authority];
  // Between programs it would begin anew by itself, and turn away whoever comes just then.
  const lifetime = [forOneProgram ? '-terminate' : '-noreset'];
  const server = spawn('Xvfb', ['-displayfd', '3', ...screens, ...access, ...lifetime], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    // In a group of its own: Ctrl+C must reach the program first, which needs its display to end well.
    detached: true,
  });
  const stop = () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const number = await displayNumber(server);
    server.unref();
    return { env: { DISPLAY: `:${number}.1`, XAUTHORITY: authority }, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** @param {import('node:child_process').ChildProcess} server @returns {Promise<number>} */
function displayNumber(server) {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new LauncherError('The virtual display (Xvfb) did not start.'));
    const timer = setTimeout(fail, startLimitMs);
    server.once('error', fail);
    server.once('exit', fail);
    const pipe = /** @type {import('node:net').Socket} */ (server.stdio[3]);
    let text = '';
    pipe.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      text += chunk;
      // The server writes the end of the line separately, and dies when nobody reads it.
      if (!text.endsWith('\n')) return;
      clearTimeout(timer);
      server.removeAllListeners();
      pipe.destroy();
      resolve(Number(text));
    });
  });
}

/** An Xauthority file with one cookie for every display. @param {Buffer} cookie */
function authorityFile(cookie) {
  const anyHost = Buffer.from([0xff, 0xff]);
  const fields = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from('MIT-MAGIC-COOKIE-1'), cookie];
  return Buffer.concat([
    anyHost,
    ...fields.flatMap((field) => [Buffer.from([field.length >> 8, field.length & 0xff]), field]),
  ]);
}
