import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './launcher/dependencies.mjs';
import { root } from './launcher/paths.mjs';
import { runLauncher } from './launcher/say.mjs';

const help = `Crashes, fails and kills the store for a long time: about an hour for all of it.

npm run soak -- [crashes] [failures] [kills] [options]

  crashes   Cuts the power in ten ways at every call of a store's life, and again at every call of every recovery from
            that: over 100,000 different disks a seed, in some seven minutes. Disks that hold the same are tried once.
  failures  Has every call fail, once and from then on, with each error code that there is: two minutes.
  kills     Kills bots, a compactor and readers, in every other store also whoever retires, restores, purges, imports,
            drops parts, replaces a day, draws or moves files between tiers: 100 times a store, a minute or two each.

  --rounds <n>  seeds of crashes (3)
  --kills <n>   programs that are killed (2000)
  --seed <n>    the first seed (1); a failure names the one it was found with
`;

/** Runs what would take too long for every change. */
await runLauncher(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
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
