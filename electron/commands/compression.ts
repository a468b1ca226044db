import { counted } from '#shared/counted';
import {
  codecText,
  compressionProfile,
  compressionProfiles,
  type CompressionTrial,
  type TriedProfile,
} from '#shared/domain/compression';
import { datasets } from '#schemas/index';
import { Option, type Command } from 'commander';
import { resolutionArgument } from './arguments.ts';
import { formatBytes, printJson, printLines } from './output.ts';
import { runJob } from './run-job.ts';
import { withStore } from './with-store.ts';

interface TryOptions {
  readonly store: string;
  readonly dataset?: string;
  readonly symbol?: string;
  readonly timeframe?: string;
  readonly json?: true;
}

/** Adds `compression list` and `compression try`, which measures the profiles and changes nothing in the store. */
export function addCompression(program: Command): void {
  const compression = program
    .command('compression')
    .description('How merged files are compressed.')
    .addHelpText('after', '\nExample:\n  tapedeck compression try --store ./store --timeframe 1m');

  compression
    .command('list')
    .description('Print the profiles, and which of them the store uses for what.')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The choice is a setting: \`settings set compression=warm\`, or for a dataset or one of its timeframes
\`settings set 'compressionRules={"candles:1m":"real-time"}'\`.

Example:
  tapedeck compression list --store ./store --json`,
    )
    .action(async ({ store, json }: { store: string; json?: true }) => {
      const settings = await withStore(store, 'read', (client) => client.settings.read({}));
      const { compression: usual, compressionRules: rules } = settings;
      if (json === true) {
        printJson({ usual, rules, profiles: compressionProfiles });
        return;
      }
      const usedFor = (id: string) => [
        ...(id === usual ? ['merged files'] : []),
        ...Object.entries(rules).flatMap(([series, profile]) => (profile === id ? [series] : [])),
      ];
      printLines(
        compressionProfiles.map((profile) => {
          const used = usedFor(profile.id).join(', ');
          return `${profile.id.padEnd(12)} ${codecText(profile).padEnd(8)} ${profile.use}${used === '' ? '' : `; used for ${used}`}`;
        }),
      );
    });

  compression
    .command('try')
    .description('Measure every profile on rows of the store: size, ratio, speed of writing and reading.')
    .requiredOption('--store <dir>', 'the store')
    .addOption(new Option('--dataset <name>', 'only this one').choices(datasets.map(({ name }) => name)))
    .option('--symbol <symbol>', 'only its rows')
    .option('--timeframe <tf>', 'only this one', resolutionArgument)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
It takes up to 200,000 rows of one series (the largest, when none is named), evenly from all of its time, writes them
with each profile to a temporary folder and reads them back. The ratio is to the same rows as plain values. Nothing in
the store changes.

Example:
  tapedeck compression try --store ./store --symbol SPY --timeframe 1m --json`,
    )
    .action(async ({ store, json, ...wish }: TryOptions) => {
      const { dataset, symbol, timeframe } = wish;
      const request = {
        ...(dataset === undefined ? {} : { dataset }),
        ...(symbol === undefined ? {} : { symbol }),
        ...(timeframe === undefined ? {} : { timeframe }),
      };
      const job = await runJob(store, (client) => client.compression.start(request), 'read');
      if (job === null) return;
      const trial = job.report as CompressionTrial;
      if (json === true) printJson(trial);
      else printLines(trialLines(trial));
    });
}

function trialLines(trial: CompressionTrial): readonly string[] {
  const { dataset, timeframe, symbol, files, rows, plainBytes, results } = trial;
  const what = [symbol, dataset, timeframe].filter((word) => word !== null).join(' ');
  return [
    `${what}: ${counted(rows, 'row')} of ${counted(files, 'file')}, ${formatBytes(plainBytes)} as plain values`,
    ...results.map((result) => resultLine(result, trial)),
  ];
}

function resultLine(
  { profile: id, sizeBytes, writeMs, readMs }: TriedProfile,
  { plainBytes, rows }: CompressionTrial,
): string {
  const profile = compressionProfile(id);
  const speed = (ms: number) => `${formatBytes((plainBytes * 1_000) / ms)}/s`;
  return [
    id.padEnd(12),
    codecText(profile).padEnd(8),
    formatBytes(sizeBytes).padStart(10),
    `${(sizeBytes / rows).toFixed(1)} B a row`.padStart(14),
    `${(plainBytes / sizeBytes).toFixed(2)}x`.padStart(8),
    `write ${speed(writeMs)}`.padStart(20),
    `read ${speed(readMs)}`.padStart(20),
  ].join(' ');
}
