import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './launcher/dependencies.mjs';
import { root } from './launcher/paths.mjs';
import { runLauncher } from './launcher/say.mjs';

const help = `Crashes, fails and kills the store for a long time.

npm run soak -- [crashes] [failures] [kills] [options]

  --rounds <n>  seeds for which every crash state and every state of every recovery is tried (5)
  --kills <n>   programs that are killed (2000)
  --seed <n>    the first seed (1); a failure names the one it was found with
`;

/** Runs what would take too long for every change. */
await runLauncher(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      kills: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  await ensureDependencies();
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const filters = positionals.map((name) => `soak/${name}.soak.ts`);
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--config', 'build/vitest.soak.config.ts', ...filters],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        TAPEDECK_SOAK_ROUNDS: values.rounds,
        TAPEDECK_SOAK_KILLS: values.kills,
        TAPEDECK_SOAK_SEED: values.seed,
      },
    },
  );
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
});
