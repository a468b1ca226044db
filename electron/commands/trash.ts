import { counted } from '#shared/counted';
import { formatIsoUtc } from '#shared/domain/zone-time';
import type { Command } from 'commander';
import { formatBytes, printJson, printLines } from './output.ts';
import { runJob } from './run-job.ts';
import { withStore } from './with-store.ts';

/** Adds `trash list`, `restore` and `purge`, which removes for good, without --job only what is past its deadline. */
export function addTrash(program: Command): void {
  const trash = program
    .command('trash')
    .description('Files that were replaced or retired, until their deadline.')
    .addHelpText('after', '\nExample:\n  tapedeck trash list --store ./store');

  trash
    .command('list')
    .description('List what lies in the trash or is about to, by the job that retired it.')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON list')
    .addHelpText('after', '\nExample:\n  tapedeck trash list --store ./store --json')
    .action(async ({ store, json }: { store: string; json?: true }) => {
      const files = await withStore(store, 'read', (client) => client.trash.list({}));
      if (json === true) printJson(files);
      else {
        printLines(
          files.map(({ job, path, rows, sizeBytes, deadlineMs, place, isMissing, heldBy }) => {
            const until = deadlineMs === null ? 'kept' : `until ${formatIsoUtc(deadlineMs)}`;
            const held = heldBy === null ? [] : [`held: ${heldBy}`];
            const waits =
              place === 'trash' ? [] : ['still under its own name, until the store is opened to write'];
            const missing = isMissing ? ['missing: removed by hand'] : [];
            return [
              job,
              path,
              counted(rows, 'row'),
              formatBytes(sizeBytes),
              until,
              ...held,
              ...waits,
              ...missing,
            ].join('  ');
          }),
        );
      }
    });

  trash
    .command('restore')
    .description('Undo a job: its files belong to the store again.')
    .argument('<job>', 'as the list names it')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  tapedeck trash restore compact-candles-5m-2025-09-02-412 --store ./store',
    )
    .action(async (job: string, { store, json }: { store: string; json?: true }) => {
      const done = await runJob(store, (client) => client.trash.startRestore({ job }));
      if (done === null) return;
      const restored = done.report as readonly string[];
      if (json === true) printJson({ restored });
      else printLines(restored);
    });

  trash
    .command('purge')
    .description('Remove for good what is past its deadline, or with --job all of one job.')
    .requiredOption('--store <dir>', 'the store')
    .option('--job <job>', 'all of this one, whatever its deadline')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck trash purge --store ./store')
    .action(async ({ store, job, json }: { store: string; job?: string; json?: true }) => {
      const done = await runJob(store, (client) => client.trash.startPurge(job === undefined ? {} : { job }));
      if (done === null) return;
      const purged = done.report as readonly string[];
      if (json === true) printJson({ purged });
      else printLines(purged.length === 0 ? ['Nothing in the trash is due.'] : purged);
    });
}
