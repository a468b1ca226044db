import { counted } from '#shared/counted';
import type { AdoptedFile, AdoptReport } from '#shared/domain/adoption';
import { isZone } from '#shared/domain/zone-offsets';
import { WorkbenchError } from '#shared/errors';
import type { Client } from '#shared/ipc';
import type { Command } from 'commander';
import { adoptForeignFolder, isForeignFolder } from '../foreign-folder.ts';
import { lookText } from '../jobs/adopt/adopt-job.ts';
import { setExitStatus } from './exit-status.ts';
import { printJson, printLines } from './output.ts';
import { runJob } from './run-job.ts';
import { takeStep } from './take-step.ts';
import { withStore } from './with-store.ts';

interface AdoptOptions {
  readonly zone?: string;
  readonly symbol?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Adds `adopt`. The command ends with 3 when any file was refused or left alone. */
export function addAdopt(program: Command): void {
  program
    .command('adopt')
    .description('Make a folder that another program wrote a store, or take in what was put into one.')
    .argument('<dir>', 'a folder with data/<timeframe>/... or objects/... in it')
    .option('--zone <zone>', 'zone of times without an offset: America/New_York unless given')
    .option('--symbol <symbol>', 'symbol of files that do not say theirs')
    .option('--dry-run', 'show what would become of each file, and change nothing')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Files that are right stay as they are. Rows of others are written anew and the files go to the trash, where they can be
had back from; what is bad goes to _rejects with the reason beside it. Stopped before it is a store, the folder is as it
was; cut short otherwise, it goes on when it is run again.
Exit status: 0 every file was taken, 3 some were refused or left, 130 stopped, 1 nothing could be done.

Example:
  tapedeck adopt ./storage --zone America/New_York --dry-run`,
    )
    .action(async (folder: string, options: AdoptOptions) => {
      const report = await adopt(folder, options);
      if (report === null) return;
      if (options.json === true) printJson(report);
      else printLines(linesOf(report));
      if (report.files.some(({ outcome }) => outcome === 'refused' || outcome === 'left')) setExitStatus(3);
    });
}

async function adopt(folder: string, { zone, symbol, dryRun }: AdoptOptions): Promise<AdoptReport | null> {
  if (zone !== undefined && !isZone(zone)) {
    throw new WorkbenchError('argument-invalid', `--zone: there is no time zone ${zone}`);
  }
  const request = { dryRun: dryRun === true, ...(symbol === undefined ? {} : { symbol }) };
  if (await isForeignFolder(folder))
    return takeStep(
      'Adopting the folder',
      ({ signal, say }) =>
        adoptForeignFolder(
          folder,
          { ...request, zone },
          {
            signal,
            onLook: (seen) => say(lookText(seen)),
            onProgress: ({ files, ofFiles }) => say(`Taking files in, ${files} of ${ofFiles}`),
          },
        ),
      dryRun === true ? 'Stopped' : null,
    );
  const refuseOtherZone = async (client: Client) => {
    const summary = await client.store.describe({});
    if (zone === undefined || zone === summary.zone) return;
    throw new WorkbenchError(
      'argument-invalid',
      `--zone: ${folder} is a store already, and its zone is ${summary.zone}`,
    );
  };
  if (dryRun === true) {
    return withStore(
      folder,
      'own',
      async (client) => {
        await refuseOtherZone(client);
        return client.adoption.run(request);
      },
      { doing: 'Looking through the folders' },
    );
  }
  const job = await runJob(folder, async (client) => {
    await refuseOtherZone(client);
    return client.adoption.start(symbol === undefined ? {} : { symbol });
  });
  return job === null ? null : (job.report as AdoptReport);
}

const outcomes: Readonly<Record<AdoptedFile['outcome'], string>> = {
  kept: 'kept as they are',
  rewritten: 'written anew',
  refused: 'refused, now in _rejects',
  left: 'left alone',
};

function linesOf({ files, rows, assumptions, isDryRun }: AdoptReport): string[] {
  if (files.length === 0) return ['Everything is part of the store already.'];
  const counts = Object.entries(outcomes).flatMap(([outcome, text]) => {
    const count = files.filter((file) => file.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${text}`];
  });
  const told = files.filter(({ outcome }) => outcome === 'refused' || outcome === 'left');
  return [
    `${isDryRun ? 'Would take' : 'Took'} ${counted(rows, 'row')} of ${counted(files.length, 'file')}: ${counts.join(', ')}.`,
    ...assumptions.map((text) => `${text}.`),
    ...told.map(({ path, outcome, reason, rows: taken }) => {
      const part = taken > 0 ? ` (${counted(taken, 'row was', 'rows were')} taken)` : '';
      return `${path} ${outcome === 'left' ? 'was left alone' : 'was refused'}: ${reason ?? ''}${part}`;
    }),
  ];
}
