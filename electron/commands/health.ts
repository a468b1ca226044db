import type { Command } from 'commander';
import { setExitStatus } from './exit-status.ts';
import { printJson, printLines } from './output.ts';
import { withStore } from './with-store.ts';

/** Adds `health`, which ends with 0 (well), 3 (needs a look) or 1 (bad), and `metrics` in Prometheus text. */
export function addHealth(program: Command): void {
  program
    .command('health')
    .description('Say what a store needs: disk, log, missing files, stale series, failed jobs, old backups.')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nEnds with 0 when all is well, with 3 when something needs a look, with 1 when rows cannot be kept or read.' +
        '\n\nExample:\n  tapedeck health --store ./store --json',
    )
    .action(async ({ store, json }: { store: string; json?: true }) => {
      const report = await withStore(store, 'read', (client) => client.health.check({}));
      if (json === true) printJson(report);
      else printLines(report.checks.map(({ id, level, detail }) => `${level.padEnd(4)}  ${id}: ${detail}`));
      setExitStatus({ ok: 0, warn: 3, bad: 1 }[report.level]);
    });

  program
    .command('metrics')
    .description('Print metrics in the text format of Prometheus.')
    .requiredOption('--store <dir>', 'the store')
    .addHelpText(
      'after',
      '\nCounters begin when the process that owns the store opens it: run `tapedeck serve`, or keep the window open.' +
        '\n\nExample:\n  tapedeck metrics --store ./store',
    )
    .action(async ({ store }: { store: string }) => {
      const text = await withStore(store, 'read', (client) => client.health.metrics({}));
      process.stdout.write(text);
    });
}
