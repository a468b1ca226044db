import { counted } from '#shared/counted';
import {
  barFields,
  barTimes,
  conflictRules,
  type BarTime,
  type ColumnMap,
  type ConflictRule,
  type ImportReport,
  type ImportRequest,
} from '#shared/domain/import';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { WorkbenchError } from '#shared/errors';
import type { Client } from '#shared/ipc';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { instantArgument, timeframeArgument } from './arguments.ts';
import { setExitStatus } from './exit-status.ts';
import { printJson, printLines } from './output.ts';
import { runJob } from './run-job.ts';
import { withStore, withStoreOrNone } from './with-store.ts';

interface ImportOptions {
  readonly store: string;
  readonly symbol?: string;
  readonly timeframe?: string;
  readonly zone?: string;
  readonly map?: ColumnMap;
  readonly barTime?: BarTime;
  readonly onConflict: ConflictRule;
  readonly from?: number;
  readonly until?: number;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Adds `import`. The command ends with 3 when some rows were rejected, with 1 when none was right. */
export function addImport(program: Command): void {
  program
    .command('import')
    .description('Take in bars from files of other programs.')
    .argument('<file...>', 'files, or folders of them')
    .requiredOption('--store <dir>', 'the store; begun if there is none')
    .option('--symbol <symbol>', 'whose bars they are, where the files do not say')
    .option(
      '--timeframe <tf>',
      'how long the bars are, such as 1m, where the files do not say',
      timeframeArgument,
    )
    .option('--zone <zone>', 'IANA zone of times without an offset; the zone of the store unless said')
    .option(
      '--map <field=column,...>',
      'which column is what, by name or place: time=#1,close="Adj Close"',
      mapArgument,
    )
    .addOption(new Option('--bar-time <end>', 'which end of a bar its time names').choices([...barTimes]))
    .addOption(
      new Option('--on-conflict <rule>', 'what becomes of bars that are stored with other values')
        .choices([...conflictRules])
        .default('skip'),
    )
    .option('--from <iso>', 'take bars from this instant on; UTC unless it has an offset', instantArgument)
    .option('--until <iso>', 'take bars before this instant', instantArgument)
    .option('--dry-run', 'say what would be stored, and store nothing')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
CSV (any delimiter, with or without header), JSON, JSONL, Parquet, Arrow, Lean's archives and Binance's klines are told
apart by what is in them; gzip and zip are unpacked. Importing the same file twice changes nothing.
Fields to map: ${barFields.join(', ')}. An empty column, as in volume=, leaves a field out.
On conflict: skip keeps the stored bars, replace-day puts whole UTC days of the files in their place, stop imports nothing.
Prints {"rows":n,"duplicates":n,"rejected":[{"file":"..","line":k,"field":"..","reason":".."}],"from":ms,"until":ms,...}.
Exit status: 0 all rows were taken in, 3 some were rejected, 1 nothing could be stored.

Example:
  tapedeck import bars.csv.gz --store ./store --symbol BTCUSD --timeframe 1m --zone UTC --dry-run`,
    )
    .action(async (files: readonly string[], options: ImportOptions) => {
      const report = await reportFor(requestOf(files, options), options);
      if (report === null) return;
      if (options.json === true) printJson(report);
      else printLines(linesOf(report));
      if (report.rejectedRows > 0) setExitStatus(report.rows + report.duplicates > 0 ? 3 : 1);
    });
}

function requestOf(files: readonly string[], options: ImportOptions): ImportRequest {
  const { symbol, timeframe, zone, map, barTime, onConflict, from, until } = options;
  return {
    files: files.map((file) => resolve(file)),
    ...(symbol === undefined ? {} : { symbol }),
    ...(timeframe === undefined ? {} : { timeframe }),
    ...(zone === undefined ? {} : { zone }),
    ...(map === undefined ? {} : { map }),
    ...(barTime === undefined ? {} : { barTime }),
    onConflict,
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

/** Null when it was cancelled. */
async function reportFor(
  request: ImportRequest,
  { store, dryRun }: ImportOptions,
): Promise<ImportReport | null> {
  if (dryRun === true) {
    const doing = 'Reading the files and comparing them with what is stored';
    const inspect = (client: Client) => client.imports.inspect(request);
    const { report, missing, timeframe } = await withStoreOrNone(store, inspect, { doing });
    // The same faults as without --dry-run.
    if (missing.includes('timeframe') && report.rows > 0)
      throw new WorkbenchError(
        'argument-invalid',
        `--timeframe: the files do not say how long their bars are${guess(timeframe)}`,
      );
    if (missing.includes('symbol'))
      throw new WorkbenchError('argument-invalid', '--symbol: the files do not say whose bars they hold');
    return report;
  }
  await withStore(store, 'create', () => Promise.resolve());
  const job = await runJob(store, (client) => client.imports.start(request));
  return job === null ? null : (job.report as ImportReport);
}

function guess(timeframe: string | null): string {
  return timeframe === null ? '' : `; ${timeframe} by their distance`;
}

/** Reads `open=o,close=#5`. A column whose name has a comma is said by its place. */
function mapArgument(text: string): ColumnMap {
  const map: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const [field = '', ...rest] = pair.split('=');
    const known = barFields.find((each) => each === field.trim());
    if (known === undefined || rest.length === 0)
      throw new InvalidArgumentError(`"${pair}" is not field=column with a field of ${barFields.join(', ')}`);
    map[known] = rest.join('=').trim();
  }
  return map;
}

function linesOf(report: ImportReport): string[] {
  const { rows, duplicates, rejected, rejectedRows, conflicts, replacedDays, from, until } = report;
  const what = [report.symbols.slice(0, 5).join(', '), report.timeframe].filter(
    (text) => text !== null && text !== '',
  );
  const range = from === null || until === null ? '' : `, ${formatIsoUtc(from)} to ${formatIsoUtc(until)}`;
  const untouched = report.replacedDays > 0 ? '' : '; the stored ones stay';
  return [
    `${report.isDryRun ? 'Would store' : 'Stored'} ${counted(rows, 'bar')} of ${what.join(' ') || 'nothing'}${range}.`,
    ...(duplicates > 0 ? [`${counted(duplicates, 'bar is', 'bars are')} stored already.`] : []),
    ...(conflicts > 0
      ? [`${counted(conflicts, 'bar is', 'bars are')} stored with other values${untouched}.`]
      : []),
    ...(replacedDays > 0
      ? [`${counted(replacedDays, 'day takes', 'days take')} the place of what was stored.`]
      : []),
    ...(report.outside > 0
      ? [`${counted(report.outside, 'bar is', 'bars are')} outside of the range and were left out.`]
      : []),
    ...report.notes.map((note) => `${note}.`),
    ...(rejectedRows > 0 ? [`${counted(rejectedRows, 'row was', 'rows were')} rejected:`] : []),
    ...rejected.slice(0, mostLines).map(({ file, line, field, reason }) => {
      const place = line === 0 ? file : `${file}, line ${line}`;
      return `  ${place}: ${field === '' ? '' : `${field} `}${reason}`;
    }),
    ...(rejectedRows > mostLines ? [`  ... --json lists ${Math.min(rejectedRows, 10_000)}.`] : []),
  ];
}

const mostLines = 50;
