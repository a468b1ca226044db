import { counted, grouped } from '#shared/counted';
import type { BackupPlan, BackupReport } from '#shared/domain/backup';
import type { Command } from 'commander';
import { resolve } from 'node:path';
import { formatBytes, printJson, printLines } from './output.ts';
import { runJob } from './run-job.ts';
import { withStore } from './with-store.ts';

interface BackupOptions {
  readonly store: string;
  readonly to?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Adds `backup`. One that is stopped leaves the folder as the backup before had it, and can be gone on with. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description(
      'Copy the store to another folder; what an earlier backup has brought there is not copied again.',
    )
    .requiredOption('--store <dir>', 'the store')
    .option('--to <dir>', 'where the backup goes; the setting backupFolder unless given')
    .option('--dry-run', 'show what would be copied, and copy nothing')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
A backup is a store: any command reads it as it is, \`tapedeck verify --deep\` checks every byte of it, and its folder
can take the place of a store that was lost. The trash, the history of jobs and exports are not part of it.

Example:
  tapedeck backup --store ./store --to /mnt/backup/store`,
    )
    .action(async ({ store, to, dryRun, json }: BackupOptions) => {
      const request = to === undefined ? {} : { to: resolve(to) };
      if (dryRun === true) {
        const plan = await withStore(store, 'own', (client) => client.backups.plan(request));
        if (json === true) printJson({ dryRun: true, ...plan });
        else printLines([planLine(plan)]);
        return;
      }
      const job = await runJob(store, (client) => client.backups.start(request));
      if (job === null) return;
      const report = job.report as BackupReport;
      if (json === true) printJson({ dryRun: false, ...report });
      else printLines(reportLines(report));
    });
}

function planLine({ to, files, sizeBytes, keptFiles }: BackupPlan): string {
  return `${counted(files, 'file')} (${formatBytes(sizeBytes)}) would be copied to ${to}, ${grouped(keptFiles)} are there.`;
}

function reportLines({
  to,
  copiedFiles,
  copiedBytes,
  keptFiles,
  removedFiles,
  files,
  rows,
  sizeBytes,
}: BackupReport) {
  const removed = removedFiles === 0 ? '' : `, ${grouped(removedFiles)} removed that the store no longer has`;
  return [
    `${counted(copiedFiles, 'file')} (${formatBytes(copiedBytes)}) copied, ${grouped(keptFiles)} were there${removed}.`,
    `${to} holds ${counted(files, 'file')}, ${counted(rows, 'row')}, ${formatBytes(sizeBytes)}.`,
  ];
}
