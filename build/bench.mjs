import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import { ensureBuilt } from './launcher/built.mjs';
import { windowTestEnvironment } from './launcher/checks.mjs';
import { ensureDependencies } from './launcher/dependencies.mjs';
import { cacheFolder, outFolder, root } from './launcher/paths.mjs';
import { prepareWindow } from './launcher/prepare.mjs';
import { runLauncher } from './launcher/say.mjs';

/** Measures the storage engine in plain Node, and the window in Electron. The benches are bundled as the product is, so that nothing is compiled while they run. */
await runLauncher(async () => {
  await ensureDependencies();
  await ensureBuilt();
  const outDir = join(outFolder, 'bench');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: ['zod'] },
    build: {
      outDir,
      target: 'node18.15',
      ssr: join(root, 'test', 'bench', 'main.ts'),
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        output: { format: 'cjs', entryFileNames: 'bench.cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  });
  const window = await windowEnvironment(process.argv.slice(2));
  const env = {
    ...process.env,
    ...window,
    TAPEDECK_BENCH_CACHE: join(cacheFolder(), 'bench'),
    TAPEDECK_PROGRAMS: join(outFolder, 'main'),
    // As the command line and the window have it.
    UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '16',
  };
  const args = ['--expose-gc', '--enable-source-maps', join(outDir, 'bench.cjs'), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
});

/**
 * How Electron is started here, when a bench of the window is among those that are asked for.
 *
 * @param {readonly string[]} args
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function windowEnvironment(args) {
  const chosen = args.filter((_, index) => args[index - 1] === '--only');
  if (chosen.length > 0 && !chosen.some((name) => name.startsWith('window'))) return {};
  const window = await prepareWindow({ build: true, forOneProgram: false });
  process.on('exit', window.release);
  return windowTestEnvironment(window);
}
