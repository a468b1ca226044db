import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const results = join(root, 'test', 'results');

const variable = 'TAPEDECK_DEMO_STORE';
const keptMs = 3_600_000;

/** The demo store as this build makes it. Open copies of it: `launchTapedeck({ store: demoStore() })`. */
export function demoStore(): string {
  const folder = process.env[variable];
  if (folder === undefined) throw new Error('The demo store is made by the set-up of the window tests.');
  return folder;
}

/** Has the demo store made before any window test runs, once for each build. */
export default function makeDemoStore(): void {
  process.env[variable] = keptFolder();
  keep((partial) =>
    execFileSync(process.execPath, [join(root, 'build', 'tapedeck.cjs'), 'demo', partial], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
}

/** Keeps a demo store that a test has made, so that window tests of the same build need not make one. */
export function keepDemoStore(made: string): void {
  keep((partial) => cpSync(made, partial, { recursive: true }));
}

function keptFolder(): string {
  const build = readFileSync(join(root, 'build', 'out', '.stamp'), 'utf8').slice(0, 12);
  return join(results, `demo-store-${build}`);
}

function keep(make: (partial: string) => void): void {
  const folder = keptFolder();
  if (existsSync(folder)) return;
  removeOld();
  mkdirSync(results, { recursive: true });
  const partial = `${folder}.partial-${process.pid}`;
  make(partial);
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another run of the same build was faster.
    if (!existsSync(folder)) throw error;
    rmSync(partial, { recursive: true });
  }
}

/** Those of earlier builds, but for what another run may be using. */
function removeOld(): void {
  for (const name of existsSync(results) ? readdirSync(results) : []) {
    const path = join(results, name);
    const isOld = name.startsWith('demo-store-') && Date.now() - statSync(path).mtimeMs > keptMs;
    if (isOld) rmSync(path, { recursive: true });
  }
}
