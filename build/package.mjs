import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './launcher/built.mjs';
import { cleanRuntime } from './launcher/clean-runtime.mjs';
import { ensureDependencies } from './launcher/dependencies.mjs';
import { isPackageComplete, tryDownload } from './launcher/electron-runtime.mjs';
import { root } from './launcher/paths.mjs';
import { ensureRegistryRuntime, registryRuntime } from './launcher/registry-runtime.mjs';
import { runQuietly } from './launcher/run-quietly.mjs';
import { LauncherError, runLauncher, say } from './launcher/say.mjs';

await runLauncher(async () => {
  const { values } = parseArgs({ options: { trial: { type: 'boolean' } } });
  await ensureDependencies();
  await ensureBuilt();
  const trial = values.trial ? cleanRuntime(await ensureRegistryRuntime()) : null;
  if (trial === null && !isPackageComplete() && !(await tryDownload())) {
    // The runtime in the registry is out of support: whoever installs a release must not get it.
    throw new LauncherError(
      'A release needs the current Electron, which cannot be downloaded here. To try the packaging only: npm run package -- --trial',
    );
  }
  const runtime =
    trial === null
      ? []
      : [`--config.electronDist=${trial.folder}`, `--config.electronVersion=${registryRuntime.electron}`];
  const { code, output } = await runQuietly(process.execPath, [
    join(root, 'node_modules', 'electron-builder', 'cli.js'),
    '--config',
    'build/electron-builder.yml',
    '--publish',
    'never',
    ...runtime,
  ]);
  trial?.remove();
  if (code !== 0) {
    process.stderr.write(output);
    throw new LauncherError('electron-builder failed; the lines above say why.');
  }
  say(
    `Packaged into ${join(root, 'build', 'dist')}${trial === null ? '' : ', for a trial only: not for others to install'}.`,
  );
});
