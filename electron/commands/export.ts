import { counted } from '#shared/counted';
import { sizeText } from '#shared/size-text';
import { exportDatasets, type ExportDataset } from '#shared/domain/export-profile';
import { obstacleOf, type ExportPlan, type ExportRequest } from '#shared/domain/export-plan';
import type { ExportReport } from '#shared/domain/export-report';
import { WorkbenchError } from '#shared/errors';
import { InvalidArgumentError, type Command } from 'commander';
import { resolve } from 'node:path';
import { instantArgument, timeframeArgument } from './arguments.ts';
import { setExitStatus } from './exit-status.ts';
import { addExportProfiles } from './export-profiles.ts';
import { printJson, printLines } from './output.ts';
import { runJob } from './run-job.ts';
import { withStore } from './with-store.ts';

interface ExportOptions {
  readonly store?: string;
  readonly profile?: string;
  readonly datasets?: readonly ExportDataset[];
  readonly symbols?: readonly string[];
  readonly timeframe?: string;
  readonly from?: number;
  readonly until?: number;
  readonly out?: string;
  readonly overwrite?: true;
  readonly qualityReport?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Adds `export`, with `profiles` below it. A dry run ends with 1 when something stands in the way of the export. */
export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('Write bars or chart objects as files for other programs.')
    // The profiles' commands have a --store of their own.
    .enablePositionalOptions()
    .option('--store <dir>', 'the store')
    .option('--profile <id>', 'how to write them: see tapedeck export profiles list')
    .option('--datasets <list>', `${exportDatasets.join(',')}; candles unless given`, datasetsArgument)
    .option('--symbols <list>', 'such as SPY,AAPL; all unless given', symbolsArgument)
    .option(
      '--timeframe <tf>',
      'bars of this length, made of shorter ones where it is not stored; objects found on it',
      timeframeArgument,
    )
    .option('--from <iso>', 'first instant; UTC unless it has an offset', instantArgument)
    .option('--until <iso>', 'end of the range, itself not in it', instantArgument)
    .option('--out <path>', 'a file that ends as those of the profile do, or a folder')
    .option('--overwrite', 'replace files that are there already')
    .option('--quality-report', 'say beside the files how good the bars are, as JSON and as a page')
    .option('--dry-run', 'show what would be written, and write nothing')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Beside the files lie a manifest of what they are and, as the profile has it, a program that loads them.

Example:
  tapedeck export --store ./store --profile csv --symbols SPY --timeframe 1m \\
    --from 2025-09-02 --until 2025-09-03 --out spy.csv`,
    )
    .action(async (options: ExportOptions) => {
      const request = requestOf(options);
      const store = needed(options.store, 'store');
      if (options.dryRun === true) {
        const plan = await withStore(store, 'read', (client) => client.exports.plan(request), {
          doing: 'Counting what would be written',
        });
        if (options.json === true) printJson({ dryRun: true, ...plan });
        else printLines(planLines(plan));
        if (obstacleOf(plan) !== null) setExitStatus(1);
        return;
      }
      const job = await runJob(store, (client) => client.exports.start(request), 'read');
      if (job === null) return;
      const report = job.report as ExportReport;
      if (options.json === true) printJson({ dryRun: false, ...report });
      else printLines(reportLines(report));
    });
  addExportProfiles(command);
}

function requestOf({
  profile,
  datasets,
  symbols,
  timeframe,
  from,
  until,
  out,
  overwrite,
  qualityReport,
}: ExportOptions): ExportRequest {
  return {
    profile: needed(profile, 'profile'),
    out: resolve(needed(out, 'out')),
    ...(datasets === undefined ? {} : { datasets }),
    ...(symbols === undefined ? {} : { symbols }),
    ...(timeframe === undefined ? {} : { timeframe }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(overwrite === true ? { overwrite } : {}),
    ...(qualityReport === true ? { qualityReport } : {}),
  };
}

/** Asked for here, because the profiles' commands do without. */
function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '')
    throw new WorkbenchError('argument-invalid', `--${name} is missing`);
  return value;
}

function datasetsArgument(text: string): readonly ExportDataset[] {
  return text.split(',').map((name) => {
    const dataset = exportDatasets.find((each) => each === name.trim());
    if (dataset === undefined)
      throw new InvalidArgumentError(`${name} is none of ${exportDatasets.join(', ')}`);
    return dataset;
  });
}

function symbolsArgument(text: string): readonly string[] {
  const symbols = text.split(',').map((symbol) => symbol.trim());
  if (symbols.includes('')) throw new InvalidArgumentError('an empty symbol stands between two commas');
  return symbols;
}

function planLines({ folder, files, fileCount, rows, sizeBytes, checks, previews }: ExportPlan): string[] {
  const more = fileCount > files.length ? [`and ${fileCount - files.length} more`] : [];
  return [
    `${counted(rows, 'row')}, about ${sizeText(sizeBytes)}, into ${folder}`,
    ...files.map((file) => `${file.path}: ${file.rows} ${file.dataset}`),
    ...more,
    ...checks.map(({ name, status, detail }) => `${status.toUpperCase()} ${name}: ${detail}`),
    ...previews.flatMap(({ columns, rows: first }) => [
      columns.join('  '),
      ...first.map((row) => row.map((value) => value ?? '').join('  ')),
    ]),
  ];
}

function reportLines({ folder, files, companions, rows, sizeBytes, zone, notes }: ExportReport): string[] {
  return [
    ...files.map((file) => `${file.path}: ${file.rows} ${file.dataset}, ${sizeText(file.sizeBytes)}`),
    ...companions,
    ...notes,
    `${counted(rows, 'row')}, ${sizeText(sizeBytes)}, times in ${zone}, in ${folder}`,
  ];
}
