import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const results = join(root, 'test', 'results');
const startLimitMs = 30_000;
const closeLimitMs = 10_000;

export interface LaunchOptions {
  /** A store to open a copy of. Left out, the window opens on an empty store. */
  readonly store?: string;
  /** A folder to open as it is, in place of a copy: for the second of two runs on one store. */
  readonly storeFolder?: string;
  /** What the window remembers: give one run's folder to the next. Left out, a new one. */
  readonly userData?: string;
  readonly args?: readonly string[];
}

export interface Launched {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly storeFolder: string;
  readonly userData: string;
  /** What the page wrote to its console, refusals of the content policy among it. */
  readonly consoleLines: readonly string[];
  /** Saves a picture below test/results. */
  readonly screenshot: (name: string) => Promise<void>;
  /** Ends the program as a user would. */
  readonly close: () => Promise<void>;
  /** Ends all its processes at once, as a power cut would. */
  readonly kill: () => void;
}

/** Windows that a test killed leave theirs behind. */
const scratches = new Set<string>();
process.once('exit', () => {
  for (const scratch of scratches) rmSync(scratch, { recursive: true, force: true });
});

/** Opens the real program on a store and a profile of its own, so that tests can run beside one another. */
export async function launchTapedeck(options: LaunchOptions = {}): Promise<Launched> {
  const { store, userData, args = [] } = options;
  const scratch = await mkdtemp(join(tmpdir(), 'tapedeck-window-'));
  scratches.add(scratch);
  const storeFolder = options.storeFolder ?? join(scratch, 'store');
  if (store !== undefined) await cp(store, storeFolder, { recursive: true });
  const profile = userData ?? join(scratch, 'user-data');
  await mkdir(profile, { recursive: true });

  const app = await startProgram([
    ...required('TAPEDECK_SWITCHES', '').split(' ').filter(Boolean),
    `--user-data-dir=${profile}`,
    '--force-device-scale-factor=1',
    '--lang=en-US',
    root,
    '--store',
    storeFolder,
    ...args,
  ]);
  const page = await app.firstWindow({ timeout: startLimitMs });
  const consoleLines: string[] = [];
  page.on('console', (message) => consoleLines.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => consoleLines.push(`uncaught: ${error.message}`));

  const { pid } = app.process();
  const kill = () => killGroup(pid);
  return {
    app,
    page,
    storeFolder,
    userData: profile,
    consoleLines,
    screenshot: async (name) => {
      await page.screenshot({ path: join(results, 'screens', `${name}.png`) });
    },
    close: async () => {
      const limit = setTimeout(kill, closeLimitMs);
      await app.close().finally(() => clearTimeout(limit));
      kill();
      await rm(scratch, { recursive: true, force: true });
      scratches.delete(scratch);
    },
    kill,
  };
}

/**
 * Starts Electron with Playwright attached to it. Electron does not wait to be attached to, and of more than a thousand
 * starts one could not be: that is said, and tried once more. What a user's own start does has tests that do not come here.
 */
async function startProgram(args: readonly string[]): Promise<ElectronApplication> {
  const launch = () =>
    _electron.launch({
      executablePath: required('TAPEDECK_ELECTRON'),
      args: [...args],
      cwd: root,
      // Playwright would switch the sandbox off for everyone; here the switches say whether it can be on.
      chromiumSandbox: true,
      timeout: startLimitMs,
    });
  try {
    return await launch();
  } catch (error) {
    process.stderr.write(`Electron did not start, and is started again: ${String(error)}\n`);
    return launch();
  }
}

function required(name: string, fallback?: string): string {
  const value = process.env[name] ?? fallback;
  if (value === undefined)
    throw new Error(`${name} is not set: run window tests with "npm run e2e" or "npm test".`);
  return value;
}

/** Playwright starts it as the leader of a process group; pages and helpers are in it. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}
