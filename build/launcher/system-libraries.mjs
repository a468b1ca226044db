import { existsSync } from 'node:fs';
import { isRoot } from './display.mjs';
import { runQuietly } from './run-quietly.mjs';
import { LauncherError, say } from './say.mjs';

/** The Debian package that holds each library Electron is linked with, by the beginning of the library's name. */
const packageOf = Object.entries({
  'libX11-xcb.': 'libx11-xcb1',
  'libX11.': 'libx11-6',
  'libXcomposite.': 'libxcomposite1',
  'libXdamage.': 'libxdamage1',
  'libXext.': 'libxext6',
  'libXfixes.': 'libxfixes3',
  'libXrandr.': 'libxrandr2',
  'libasound.': 'libasound2',
  'libatk-1.0.': 'libatk1.0-0',
  'libatk-bridge-2.0.': 'libatk-bridge2.0-0',
  'libatspi.': 'libatspi2.0-0',
  'libcairo.': 'libcairo2',
  'libcups.': 'libcups2',
  'libdbus-1.': 'libdbus-1-3',
  'libdrm.': 'libdrm2',
  'libexpat.': 'libexpat1',
  'libgbm.': 'libgbm1',
  'libgdk-3.': 'libgtk-3-0',
  'libgdk_pixbuf-2.0.': 'libgdk-pixbuf-2.0-0',
  'libgio-2.0.': 'libglib2.0-0',
  'libglib-2.0.': 'libglib2.0-0',
  'libgobject-2.0.': 'libglib2.0-0',
  'libgtk-3.': 'libgtk-3-0',
  'libnspr4.': 'libnspr4',
  'libnss3.': 'libnss3',
  'libnssutil3.': 'libnss3',
  'libpango-1.0.': 'libpango-1.0-0',
  'libplc4.': 'libnspr4',
  'libplds4.': 'libnspr4',
  'libsmime3.': 'libnss3',
  'libudev.': 'libudev1',
  'libxcb.': 'libxcb1',
  'libxkbcommon.': 'libxkbcommon0',
});

/**
 * The libraries that `ldd` could not find.
 *
 * @param {string} lddOutput
 */
export function missingLibraries(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name ?? '');
}

/**
 * The Debian packages to install for these libraries, and the libraries nobody knows.
 *
 * @param {readonly string[]} libraries
 */
export function packagesFor(libraries) {
  const named = libraries.map((library) => ({
    library,
    name: packageOf.find(([start]) => library.startsWith(start))?.[1],
  }));
  return {
    packages: [...new Set(named.flatMap(({ name }) => name ?? []))].sort(),
    unknown: named.filter(({ name }) => name === undefined).map(({ library }) => library),
  };
}

/**
 * Makes sure that what Electron needs of the system is there: its libraries, and a virtual display when asked for.
 * Installs as root on Debian and its kin; otherwise fails with the command to run.
 *
 * @param {string} executable
 * @param {{ readonly virtualDisplay: boolean }} needs
 */
export async function ensureSystem(executable, { virtualDisplay }) {
  if (process.platform !== 'linux') return;
  const { output } = await runQuietly('ldd', [executable]);
  const { packages, unknown } = packagesFor(missingLibraries(output));
  const wanted = virtualDisplay && !existsSync('/usr/bin/Xvfb') ? [...packages, 'xvfb'] : packages;
  if (unknown.length > 0) {
    throw new LauncherError(
      `Electron needs libraries that are not here: ${unknown.join(', ')}. Install them and start again.`,
    );
  }
  if (wanted.length > 0) await install(wanted);
}

/** @param {readonly string[]} packages */
async function install(packages) {
  const hasApt = existsSync('/usr/bin/apt-get');
  if (!hasApt) {
    throw new LauncherError(
      `Electron needs system libraries that Debian calls ${packages.join(' ')}. Install them and start again.`,
    );
  }
  if (!isRoot()) {
    throw new LauncherError(
      `Electron needs system libraries. Run: sudo apt-get install -y ${packages.join(' ')}`,
    );
  }
  say(`Installing system libraries with apt-get: ${packages.join(' ')}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly('apt-get', ['update'], { env });
  const { code, output } = await runQuietly(
    'apt-get',
    ['install', '-y', '--no-install-recommends', ...(await presentNames(packages))],
    { env },
  );
  if (code === 0) return;
  process.stderr.write(output);
  throw new LauncherError('apt-get could not install them; the lines above say why.');
}

/** Debian 13 and Ubuntu 24.04 renamed libraries whose time_t grew. @param {readonly string[]} packages */
async function presentNames(packages) {
  const { output } = await runQuietly('apt-cache', ['pkgnames']);
  const known = new Set(output.split('\n'));
  return packages.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name));
}
