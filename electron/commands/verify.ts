import { counted } from '#shared/counted';
import type { RebuildReport, VerifyReport } from '#shared/domain/verify-report';
import { Option, type Command } from 'commander';
import { rebuildLog } from '../jobs/rebuild/rebuild-log.ts';
import { setExitStatus } from './exit-status.ts';
import { formatBytes, printJson, printLines } from './output.ts';
import { runJob } from './run-job.ts';
import { takeStep } from './take-step.ts';

interface VerifyOptions {
  readonly store: string;
  readonly deep?: true;
  readonly repair?: true;
  readonly rebuildLog?: true;
  readonly json?: true;
}

const problemsFound = 4;

/** Adds `verify`. The command ends with 4 when problems were found, those that it repaired included. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('Check every file of a store against its log.')
    .requiredOption('--store <dir>', 'the store')
    .option('--deep', 'read every byte: digests, statistics, values that must be there')
    .option(
      '--repair',
      'set bad files aside in _rejects, so that readers no longer see them; none is deleted',
    )
    .addOption(
      new Option('--rebuild-log', 'make a lost log anew from what the files say of themselves').conflicts([
        'deep',
        'repair',
      ]),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Exit status: 0 the store is clean, 4 problems were found (and repaired, with --repair: then check again),
130 stopped, 1 the check could not be done.

Examples:
  tapedeck verify --store ./store --deep --json
  tapedeck verify --store ./store --repair
  tapedeck verify --store ./store --rebuild-log`,
    )
    .action(async (options: VerifyOptions) => {
      if (options.rebuildLog === true) {
        const report = await takeStep(
          'Making the log anew',
          ({ signal, say }) =>
            rebuildLog(options.store, {
              signal,
              onProgress: ({ files, ofFiles }) => say(`Reading what files hold, ${files} of ${ofFiles}`),
            }),
          'Stopped; the log is as it was',
        );
        if (options.json === true) printJson(report);
        else printLines(rebuildLines(report));
        return;
      }
      const request = {
        ...(options.deep === true ? { deep: true } : {}),
        ...(options.repair === true ? { repair: true } : {}),
      };
      const access = options.repair === true ? 'own' : 'read';
      const job = await runJob(options.store, (client) => client.verify.start(request), access);
      if (job === null) return;
      const report = job.report as VerifyReport;
      if (options.json === true) printJson(report);
      else printLines(verifyLines(report));
      if (!report.isClean) setExitStatus(problemsFound);
    });
}

function verifyLines({ files, rows, sizeBytes, problems, notes }: VerifyReport): string[] {
  return [
    ...problems.flatMap(({ path, kind, detail, advice, repaired }) => [
      `${path}: ${kind}: ${detail}`,
      repaired === null ? `  ${advice}` : `  repaired: ${repaired}`,
    ]),
    ...notes.map(({ path, detail }) => `${path}: ${detail}`),
    `${counted(files, 'file')}, ${counted(rows, 'row')}, ${formatBytes(sizeBytes)}: ${summary(problems.length)}`,
  ];
}

function summary(count: number): string {
  if (count === 0) return 'clean';
  return counted(count, 'problem');
}

function rebuildLines({
  files,
  rows,
  deadFiles,
  trashFiles,
  salvagedRows,
  ...rest
}: RebuildReport): string[] {
  return [
    ...rest.leftOut.map(({ path, detail }) => `${path} was left out: ${detail}`),
    ...rest.setAside.map((path) => `The old log is in ${path}`),
    `${counted(files, 'file')}, ${counted(rows, 'row')}; ${counted(deadFiles, 'file')} whose rows are in others, ${trashFiles} in the trash`,
    ...(salvagedRows === 0
      ? []
      : [`${counted(salvagedRows, 'row was', 'rows were')} only in what is left of the old log`]),
  ];
}
