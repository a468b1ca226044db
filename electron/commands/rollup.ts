import { counted } from '#shared/counted';
import type { PlannedRollup, RollupReport } from '#shared/domain/rollup';
import type { Command } from 'commander';
import { setExitStatus } from './exit-status.ts';
import { printJson, printLines } from './output.ts';
import { rollupLine } from './rollup-line.ts';
import { runJob } from './run-job.ts';
import { withStore } from './with-store.ts';

interface RollupOptions {
  readonly store: string;
  readonly rebuild?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Adds `rollup`. The command ends with 1 when any of the files could not be made. */
export function addRollup(program: Command): void {
  program
    .command('rollup')
    .description(
      'Make the bars of long timeframes beforehand: 5m, 15m, 1h, 4h and 1d, of the shortest stored ones.',
    )
    .requiredOption('--store <dir>', 'the store')
    .option('--rebuild', 'make all of them anew, not only those that are missing or no longer exact')
    .option('--dry-run', 'show which files would be made, and change nothing')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
They are made of compacted files, for timeframes that a symbol is not stored in; compact keeps them up to date. What
they do not say is made as it is asked for, so that an answer never depends on them. Files that were replaced can be had
back from the trash until it is next emptied.
Exit status: 0 when all were made, 1 when some could not be.

Example:
  tapedeck rollup --store ./store --json`,
    )
    .action(async ({ store, rebuild, dryRun, json }: RollupOptions) => {
      const request = rebuild === true ? { rebuild } : {};
      if (dryRun === true) {
        const rollups = await withStore(store, 'read', (client) => client.rollups.plan(request));
        if (json === true) printJson({ dryRun: true, rollups });
        else printLines(rollups.length === 0 ? ['Nothing to make.'] : rollups.map(planLine));
        return;
      }
      const job = await runJob(store, (client) => client.rollups.start(request));
      if (job === null) return;
      const rollups = job.report as readonly RollupReport[];
      if (json === true) printJson({ dryRun: false, rollups });
      else printLines(rollups.length === 0 ? ['Nothing to make.'] : rollups.map(rollupLine));
      if (rollups.some(({ failure }) => failure !== null)) setExitStatus(1);
    });
}

function planLine({ timeframe, partition, symbols, replaces }: PlannedRollup): string {
  const instead = replaces === null ? '' : `, instead of ${replaces}`;
  return `${timeframe} ${partition}: ${counted(symbols, 'symbol')}${instead}`;
}
