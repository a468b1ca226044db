import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Runs a program and keeps what it printed, so that it is only shown when it failed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ readonly env?: NodeJS.ProcessEnv, readonly cwd?: string, readonly timeoutMs?: number, readonly shell?: boolean }} [options]
 * @returns {Promise<{ readonly code: number, readonly output: string }>} a code of -1 says that it could not be started
 */
export function runQuietly(
  command,
  args,
  { env = process.env, cwd = root, timeoutMs = 600_000, shell = false } = {},
) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      timeout: timeoutMs,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** @type {string[]} */
    const output = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => output.push(text));
    }
    child.on('error', (error) => resolve({ code: -1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: output.join('') }));
  });
}

/** The last line that says something, for a message of one line. @param {string} output */
export function lastLine(output) {
  return output.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
