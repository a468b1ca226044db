import { counted, grouped } from '#shared/counted';
import {
  coverageRules,
  dayStates,
  findingKinds,
  findingMeanings,
  gapCauses,
  scoreFormula,
  type ExpectedGap,
  type Finding,
  type Gap,
  type QualityScore,
  type QuarantinedBar,
  type QuarantineReport,
  type SeriesQuality,
} from '#shared/domain/quality';
import type { SymbolSummary } from '#shared/domain/store-summary';
import { parseTimeframe } from '#shared/domain/timeframe';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { WorkbenchError } from '#shared/errors';
import type { Client } from '#shared/ipc';
import type { Command } from 'commander';
import { instantArgument, timeframeArgument } from './arguments.ts';
import { printJson, printLines } from './output.ts';
import { runJob } from './run-job.ts';
import type { Step } from './take-step.ts';
import { withStore } from './with-store.ts';

interface QualityOptions {
  readonly store?: string;
  readonly symbol?: string;
  readonly timeframe?: string;
  readonly from?: number;
  readonly until?: number;
  readonly json?: true;
}

interface MarkOptions {
  readonly store: string;
  readonly symbol: string;
  readonly timeframe?: string;
  readonly from: number;
  readonly until: number;
  readonly reason: string;
  readonly json?: true;
}

/** Adds `quality`, and below it the commands for gaps that are expected and for bars to be taken out. */
export function addQuality(program: Command): void {
  const quality = program
    .command('quality')
    .description(
      'Say how good the bars are: coverage by the session calendar, gaps with their causes, bad rows.',
    )
    // The commands for marks have a --store of their own.
    .enablePositionalOptions()
    .option('--store <dir>', 'the store')
    .option('--symbol <symbol>', 'one symbol; all unless given')
    .option('--timeframe <tf>', 'one timeframe; all that are stored unless given', timeframeArgument)
    .option('--from <time>', 'first instant, ISO-8601 or ms; UTC unless it has an offset', instantArgument)
    .option('--until <time>', 'end of the range, itself not in it', instantArgument)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
${scoreFormula}.
${coverageRules.join('\n')}

${findingKinds.map((kind) => `${findingMeanings[kind].title}: ${findingMeanings[kind].rule}`).join('\n')}

Example:
  tapedeck quality --store ./store --symbol SPY --timeframe 1m --from 2025-09-01 --until 2025-10-01`,
    )
    .action(async ({ store, json, ...wanted }: QualityOptions) => {
      if (store === undefined) throw new WorkbenchError('argument-invalid', '--store is missing');
      const report = await withStore(store, 'read', (client, step) => assessAll(client, wanted, step));
      if (json === true) printJson(report);
      else printLines(reportLines(report));
    });
  addMarks(quality);
  addQuarantine(quality);
}

interface QualityReport {
  readonly series: readonly SeriesQuality[];
  /** Chart objects of all timeframes that point nowhere. */
  readonly objects: readonly Finding[];
}

async function assessAll(
  client: Client,
  { symbol, timeframe, from, until }: Omit<QualityOptions, 'store' | 'json'>,
  { say, signal }: Step,
): Promise<QualityReport> {
  const range = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
  const wanted = (await client.symbols.list({})).filter(
    (each) => symbol === undefined || each.symbol === symbol,
  );
  if (wanted.length === 0 && symbol !== undefined)
    throw new WorkbenchError('argument-invalid', `symbol: the store has no symbol ${symbol}`);
  const series: SeriesQuality[] = [];
  const toAssess = seriesOf(wanted, timeframe);
  for (const each of toAssess) {
    signal.throwIfAborted();
    say(`Quality of ${each.symbol} ${each.timeframe}, ${series.length + 1} of ${toAssess.length} series`);
    series.push(await client.quality.assess({ ...each, ...range }));
  }
  if (series.length === 0)
    throw new WorkbenchError(
      'dataset-missing',
      `There are no ${[timeframe, 'bars'].filter(Boolean).join(' ')} of ${symbol ?? 'any symbol'}`,
    );
  say('Quality of chart objects');
  const objects = await client.quality.objects(symbol === undefined ? {} : { symbol });
  return { series, objects };
}

function seriesOf(symbols: readonly SymbolSummary[], timeframe: string | undefined) {
  const only = timeframe === undefined ? null : parseTimeframe(timeframe);
  return symbols.flatMap(({ symbol, timeframes }) =>
    timeframes
      .filter((stored) => only === null || stored.timeframe === only)
      .map((stored) => ({ symbol, timeframe: stored.timeframe })),
  );
}

const mostListed = 20;

function reportLines({ series, objects }: QualityReport): readonly string[] {
  const isOne = series.length === 1;
  const lines = series.flatMap((each) => [
    headLine(each),
    ...(isOne ? detailLines(each) : adviceLines(each)),
  ]);
  const elsewhere = isOne ? [] : objects;
  return [
    ...lines,
    ...(elsewhere.length === 0 ? [] : [`Objects that point nowhere: ${elsewhere.length}`]),
    ...elsewhere.slice(0, mostListed).map(({ detail }) => `  ${detail}`),
    ...moreLine(elsewhere.length),
    ...(isOne ? [`${scoreFormula}.`] : []),
  ];
}

function headLine({ symbol, timeframe, score, from, until }: SeriesQuality): string {
  return `${symbol} ${timeframe}: ${scoreText(score)}, ${formatIsoUtc(from)} to ${formatIsoUtc(until)}`;
}

function scoreText({ grade, score, expectedBars, coveredBars, rows, validRows }: QualityScore): string {
  const whole = grade === null ? 'no bar expected' : `${grade} ${String(score)}`;
  return `${whole}, ${grouped(coveredBars)} of ${counted(expectedBars, 'expected bar')}, ${grouped(validRows)} of ${counted(rows, 'row')} valid`;
}

function adviceLines({ advice }: SeriesQuality): readonly string[] {
  return advice.filter(({ about }) => about !== 'all').map(({ text }) => `  ${text}`);
}

function detailLines(quality: SeriesQuality): readonly string[] {
  const { dayCounts, gaps, gapBars, findings, findingRows, quietBars } = quality;
  const listed = gaps.filter(({ cause }) => cause !== 'closed');
  return [
    `Days: ${dayStates.map((state) => `${dayCounts[state]} ${state}`).join(', ')}`,
    `Bars not there: ${[...gapCauses.filter((cause) => gapBars[cause] > 0).map((cause) => `${gapBars[cause]} ${cause}`), `${quietBars} quiet market`].join(', ')}`,
    ...listed.slice(0, mostListed).map((gap) => `  ${gapLine(gap)}`),
    ...moreLine(listed.length),
    ...findingKinds
      .filter((kind) => findingRows[kind] > 0)
      .flatMap((kind) => {
        const ofKind = findings.filter((finding) => finding.kind === kind);
        return [
          `${findingMeanings[kind].title}: ${findingRows[kind]}`,
          ...ofKind.slice(0, mostListed).map((finding) => `  ${findingLine(finding)}`),
          ...moreLine(ofKind.length),
        ];
      }),
    'What to do:',
    ...quality.advice.map(({ text }) => `  ${text}`),
  ];
}

function moreLine(count: number): readonly string[] {
  return count > mostListed ? [`  and ${count - mostListed} more: --json has them`] : [];
}

function gapLine({ cause, from, until, bars, reason }: Gap): string {
  const why = reason === null ? '' : `: ${reason}`;
  const size = bars === 0 ? '' : `, ${counted(bars, 'bar')}`;
  return `${cause} ${formatIsoUtc(from)} to ${formatIsoUtc(until)}${size}${why}`;
}

function findingLine({ from, rows, detail }: Finding): string {
  return `${formatIsoUtc(from)}${rows > 1 ? `, ${counted(rows, 'row')}` : ''}: ${detail}`;
}

/** A command about the bars of a symbol in a range, which is kept with the reason for it. */
function onRange(command: Command): Command {
  return command
    .requiredOption('--store <dir>', 'the store')
    .requiredOption('--symbol <symbol>', 'whose bars')
    .requiredOption('--from <time>', 'first instant, ISO-8601 or ms', instantArgument)
    .requiredOption('--until <time>', 'end of the range, itself not in it', instantArgument)
    .requiredOption('--reason <text>', 'why');
}

function addMarks(quality: Command): void {
  onRange(quality.command('mark'))
    .description('Say that the bars of a range will not come, so that they count as expected gaps.')
    .option('--timeframe <tf>', 'of one timeframe; all unless given', timeframeArgument)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      "\nExample:\n  tapedeck quality mark --store ./store --symbol SPY --from 2025-09-02T15:00Z --until 2025-09-02T16:00Z --reason 'feed was down'",
    )
    .action(async ({ store, json, timeframe, ...given }: MarkOptions) => {
      const marked = await withStore(store, 'own', (client) =>
        client.quality.markExpected({
          ...given,
          timeframe: timeframe === undefined ? null : parseTimeframe(timeframe),
        }),
      );
      if (json === true) printJson(marked);
      else printLines([markLine(marked)]);
    });

  quality
    .command('marks')
    .description('List the gaps that are marked as expected.')
    .requiredOption('--store <dir>', 'the store')
    .option('--all', 'those that were taken back, too')
    .option('--json', 'print one JSON list')
    .addHelpText('after', '\nExample:\n  tapedeck quality marks --store ./store')
    .action(async ({ store, all, json }: { store: string; all?: true; json?: true }) => {
      const marks = await withStore(store, 'read', (client) =>
        client.quality.expectedGaps({ withWithdrawn: all === true }),
      );
      if (json === true) printJson(marks);
      else printLines(marks.length === 0 ? ['No gap is marked as expected.'] : marks.map(markLine));
    });

  quality
    .command('unmark')
    .description('Take a mark back. It stays in the record.')
    .argument('<id>', 'as the list names it')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck quality unmark gap-3f2a9c --store ./store')
    .action(async (id: string, { store, json }: { store: string; json?: true }) => {
      const withdrawn = await withStore(store, 'own', (client) => client.quality.withdrawMark({ id }));
      if (json === true) printJson(withdrawn);
      else printLines([markLine(withdrawn)]);
    });
}

interface QuarantineOptions extends MarkOptions {
  readonly timeframe: string;
  readonly yes?: true;
}

function addQuarantine(quality: Command): void {
  onRange(quality.command('quarantine'))
    .description(
      'Take the bars of a range out of the store. Without --yes they are listed, and nothing is taken.',
    )
    .requiredOption('--timeframe <tf>', 'of which timeframe', timeframeArgument)
    .option('--yes', 'take them')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The rows are kept as lines of JSON in _rejects/quarantine, the files as they were in the trash.

Example:
  tapedeck quality quarantine --store ./store --symbol SPY --timeframe 1m \\
    --from 2025-09-02T15:00Z --until 2025-09-02T15:01Z --reason 'bad tick' --yes`,
    )
    .action(async ({ store, json, yes, ...request }: QuarantineOptions) => {
      if (yes !== true) {
        const plan = await withStore(store, 'own', (client) => client.quality.planQuarantine(request));
        if (json === true) printJson({ dryRun: true, ...plan });
        else
          printLines([
            ...plan.bars.map(barLine),
            `${counted(plan.bars.length, 'bar')}; with --yes they are taken out.`,
          ]);
        return;
      }
      const job = await runJob(store, (client) => client.quality.startQuarantine(request));
      if (job === null) return;
      const report = job.report as QuarantineReport;
      if (json === true) printJson({ dryRun: false, ...report });
      else printLines([`${counted(report.bars, 'bar')} taken out; they are in ${report.file}.`]);
    });
}

function barLine({ ts, open, high, low, close, volume }: QuarantinedBar): string {
  return [formatIsoUtc(ts), open, high, low, close, volume].map((value) => value ?? '-').join('  ');
}

function markLine({ id, symbol, timeframe, from, until, reason, withdrawnMs }: ExpectedGap): string {
  const end = withdrawnMs === null ? '' : `, taken back ${formatIsoUtc(withdrawnMs)}`;
  return `${id}: ${symbol} ${timeframe ?? 'all timeframes'}, ${formatIsoUtc(from)} to ${formatIsoUtc(until)}: ${reason}${end}`;
}
