import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './file-lock.mjs';
import { checkoutLock, outFolder, root } from './paths.mjs';
import { runQuietly } from './run-quietly.mjs';
import { LauncherError, say } from './say.mjs';

const sources = [
  'build/electron.vite.config.ts',
  'electron',
  'package-lock.json',
  'package.json',
  'renderer',
  'schemas',
  'shared',
];
const stamp = join(outFolder, '.stamp');

/** Builds the program, unless no source changed since it was last built. */
export async function ensureBuilt() {
  if (isUpToDate()) return;
  await withLock(checkoutLock('build'), async () => {
    if (isUpToDate()) return;
    say('Building.');
    const wanted = fingerprint(root, sources);
    forgetBuild();
    const bin = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const config = join('build', 'electron.vite.config.ts');
    const { code, output } = await runQuietly(process.execPath, [
      bin,
      'build',
      '--config',
      config,
      '--logLevel',
      'warn',
    ]);
    if (code !== 0) {
      process.stderr.write(output);
      throw new LauncherError('The build failed; the lines above say why.');
    }
    mkdirSync(outFolder, { recursive: true });
    // What was hashed before the build: a file saved meanwhile is built again next time.
    writeFileSync(stamp, wanted);
  });
}

/** Makes the next start build anew. */
export function forgetBuild() {
  rmSync(stamp, { force: true });
}

function isUpToDate() {
  try {
    return readFileSync(stamp, 'utf8') === fingerprint(root, sources);
  } catch {
    return false;
  }
}

/**
 * Changes when a file below `paths` is added, removed, renamed or written. Reads no file's content.
 *
 * @param {string} folder
 * @param {readonly string[]} paths
 */
export function fingerprint(folder, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((path) => filesBelow(folder, path))) {
    const { mtimeMs, size } = statSync(join(folder, path));
    hash.update(`${path}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

/** @param {string} folder @param {string} path @returns {string[]} */
function filesBelow(folder, path) {
  const stats = statSync(join(folder, path), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(join(folder, path))
    .filter((name) => !name.startsWith('.') && !name.endsWith('.tsbuildinfo'))
    .sort()
    .flatMap((name) => filesBelow(folder, `${path}/${name}`));
}
