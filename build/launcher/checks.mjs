import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string} bin below node_modules
 * @property {readonly string[]} args
 * @property {string} [results] the JSON report of a check that counts tests
 */

const results = join(root, 'test', 'results');

/** @type {Check} */
export const tests = {
  name: 'tests',
  bin: 'vitest/vitest.mjs',
  args: [
    'run',
    '--config',
    'build/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(results, 'vitest.json')}`,
  ],
  results: join(results, 'vitest.json'),
};

/**
 * What needs no window, by what can be done at once: the linter takes as long as all before the tests. Cheapest first.
 *
 * @type {readonly (readonly Check[])[]}
 */
const lanes = [
  [
    {
      name: 'format',
      bin: 'prettier/bin/prettier.cjs',
      args: ['--check', '--cache', '--log-level', 'warn', '.'],
    },
    {
      name: 'layers',
      bin: 'dependency-cruiser/bin/dependency-cruise.mjs',
      args: ['--config', 'build/dependencies.cjs', 'shared', 'schemas', 'electron', 'renderer'],
    },
    { name: 'types', bin: '@typescript/native/bin/tsc', args: ['-b'] },
    tests,
  ],
  [
    {
      name: 'lint',
      bin: 'eslint/bin/eslint.js',
      args: [
        '--config',
        'build/eslint.config.js',
        '--cache',
        '--cache-location',
        'node_modules/.cache/eslint/',
        '.',
      ],
    },
  ],
];

/** @type {Check} */
export const windowTests = {
  name: 'window tests',
  bin: '@playwright/test/cli.js',
  args: ['test', '--config', 'build/playwright.config.ts'],
  results: join(results, 'playwright.json'),
};

/**
 * Where the window tests find Electron, and how it must be started here.
 *
 * @param {import('./prepare.mjs').Prepared} window
 */
export function windowTestEnvironment({ executable, switches, env }) {
  return { ...env, TAPEDECK_ELECTRON: executable, TAPEDECK_SWITCHES: switches.join(' ') };
}

/**
 * Runs one check with its output on the terminal.
 *
 * @param {Check} check
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<boolean>} whether it passed
 */
export function runCheck({ name, bin, args }, env = process.env) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', bin), ...args], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? 'ok' : 'FAILED'}  ${name}  ${seconds} s\n`);
      resolve(code === 0);
    });
  });
}

/**
 * Runs every check that needs no window.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<boolean>} whether all of it passed; what comes after a fault in its lane is not run
 */
export async function runChecks(env = process.env) {
  const ends = lanes.map(async (lane) => {
    for (const check of lane) if (!(await runCheck(check, env))) return false;
    return true;
  });
  return (await Promise.all(ends)).every(Boolean);
}
