import { counted } from '#shared/counted';
import type { CompactionReport, PlannedMerge } from '#shared/domain/compaction';
import type { CompactionRequest } from '#shared/ipc';
import { datasets } from '#schemas/index';
import { Option, type Command } from 'commander';
import {
  dayArgument,
  monthArgument,
  resolutionArgument,
  tradingDayArgument,
  yearArgument,
} from './arguments.ts';
import { formatBytes, printJson, printLines } from './output.ts';
import { rollupLine } from './rollup-line.ts';
import { runJob } from './run-job.ts';
import { withStore } from './with-store.ts';

const mergedDatasets = datasets
  .filter(({ levels }) => levels.some((level) => level === 'part'))
  .map(({ name }) => name);

interface CompactOptions {
  readonly store: string;
  readonly dataset?: string;
  readonly timeframe?: string;
  readonly day?: string;
  readonly month?: string;
  readonly months?: true;
  readonly year?: string;
  readonly years?: true;
  readonly tradingDay?: string;
  readonly keepParts?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Adds `compact`. What was merged before it is stopped stays merged. */
export function addCompact(program: Command): void {
  program
    .command('compact')
    .description(
      'Merge loose parts into day files (objects and policies: month files), days into months, months into years.',
    )
    .requiredOption('--store <dir>', 'the store')
    .addOption(new Option('--dataset <name>', 'only this one').choices(mergedDatasets))
    .option('--timeframe <tf>', 'only this one, such as 5m', resolutionArgument)
    .addOption(
      new Option('--day <YYYY-MM-DD>', 'one UTC day').argParser(dayArgument).conflicts(['month', 'year']),
    )
    .addOption(new Option('--month <YYYY-MM>', 'one UTC month').argParser(monthArgument).conflicts(['year']))
    .addOption(new Option('--months', 'every month').conflicts(['day', 'month', 'year', 'tradingDay']))
    .addOption(new Option('--year <YYYY>', 'one UTC year').argParser(yearArgument))
    .addOption(
      new Option('--years', 'every year').conflicts(['day', 'month', 'months', 'year', 'tradingDay']),
    )
    .addOption(
      new Option(
        '--trading-day <date>',
        "what has days, of a trading date of the store's calendar, or of the last one that is over",
      )
        .argParser(tradingDayArgument)
        .conflicts(['day', 'month', 'year']),
    )
    .option('--keep-parts', 'leave the merged files where they are; they no longer belong to the store')
    .option('--dry-run', 'show what would be merged, and change nothing')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Without a period every day (of objects and policies, every month) that has loose parts is merged. Ctrl-C stops it: files that were
merged by then stay merged, the rest is as it was.
Exit status: 0 done, 130 stopped, 1 not done.

Examples:
  tapedeck compact --store ./store --dataset candles --timeframe 5m --day 2025-09-02 --dry-run --json
  tapedeck compact --store ./store --trading-day last
  tapedeck compact --store ./store --timeframe 1d --years`,
    )
    .action(async (options: CompactOptions) => {
      const request = requestOf(options);
      if (options.dryRun === true) {
        const merges = await withStore(options.store, 'read', (client) => client.compaction.plan(request));
        if (options.json === true) printJson({ dryRun: true, merges });
        else printLines(planLines(merges));
      } else {
        const job = await runJob(options.store, (client) => client.compaction.start(request));
        if (job === null) return;
        const merges = job.report as readonly CompactionReport[];
        if (options.json === true) printJson({ dryRun: false, merges });
        else printLines(reportLines(merges));
      }
    });
}

function requestOf({
  dataset,
  timeframe,
  day,
  month,
  months,
  year,
  years,
  tradingDay,
  keepParts,
}: CompactOptions): CompactionRequest {
  return {
    ...(dataset === undefined ? {} : { dataset }),
    ...(timeframe === undefined ? {} : { timeframe }),
    ...(day === undefined ? {} : { day }),
    ...(month === undefined ? {} : { month }),
    ...(months === true ? { level: 'month' as const } : {}),
    ...(year === undefined ? {} : { year }),
    ...(years === true ? { level: 'year' as const } : {}),
    ...(tradingDay === undefined ? {} : { tradingDay }),
    ...(keepParts === true ? { keepParts } : {}),
  };
}

function planLines(merges: readonly PlannedMerge[]): string[] {
  if (merges.length === 0) return ['Nothing to merge.'];
  return merges.map(
    ({ dataset, timeframe, partition, inputs, rows, sizeBytes }) =>
      `${dataset} ${timeframe} ${partition}: ${counted(inputs.length, 'file')}, ${counted(rows, 'row')}, ${formatBytes(sizeBytes)}`,
  );
}

function reportLines(merges: readonly CompactionReport[]): string[] {
  if (merges.length === 0) return ['Nothing to merge.'];
  const merged = merges.map(
    ({ output, inputs, rowsOut, duplicates, conflicts, sizeBytesBefore, sizeBytesAfter }) => {
      const sizes = `${formatBytes(sizeBytesBefore)} to ${formatBytes(sizeBytesAfter)}`;
      return `${output}: ${counted(inputs.length, 'file')}, ${counted(rowsOut, 'row')}, ${counted(duplicates, 'duplicate')}, ${counted(conflicts, 'conflict')}, ${sizes}`;
    },
  );
  return [...merged, ...merges.flatMap(({ rollups }) => rollups.map(rollupLine))];
}
