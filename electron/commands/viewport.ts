import { counted } from '#shared/counted';
import { formatIsoUtc } from '#shared/domain/zone-time';
import type { SymbolSummary } from '#shared/domain/store-summary';
import type { ViewportAnswer } from '#shared/domain/viewport';
import type { ViewportQuestion } from '#shared/ipc';
import { Option, type Command } from 'commander';
import { viewportJson } from '../api/viewport-json.ts';
import { instantArgument, numberArgument, timeframeArgument } from './arguments.ts';
import { printJson, printLines } from './output.ts';
import { withStore } from './with-store.ts';

interface ViewportOptions {
  readonly store: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly from: number;
  readonly until: number;
  readonly priceMin?: number;
  readonly priceMax?: number;
  readonly asOf?: number;
  readonly partsOnly?: true;
  readonly daysOnly?: true;
  readonly zone?: string;
  readonly json?: true;
}

/** Adds `viewport`. Files that could not be read, and why there are no bars, are told on standard error. */
export function addViewport(program: Command): void {
  program
    .command('viewport')
    .description('Show what a chart shows: candles of a range and the objects on it.')
    .requiredOption('--store <dir>', 'the store')
    .requiredOption('--symbol <symbol>', 'such as SPY')
    .requiredOption(
      '--timeframe <tf>',
      'such as 5m; aggregated from a shorter one if it is not stored',
      timeframeArgument,
    )
    .requiredOption('--from <iso>', 'first instant; UTC unless it has an offset', instantArgument)
    .requiredOption('--until <iso>', 'end of the range, itself not in it', instantArgument)
    .option('--price-min <n>', 'lower edge of the prices that objects must touch', numberArgument)
    .option('--price-max <n>', 'upper edge', numberArgument)
    .option('--as-of <iso>', 'only what was known by then: bars closed, events written', instantArgument)
    .addOption(
      new Option('--parts-only', 'read loose parts and rows not yet in a file').conflicts('daysOnly'),
    )
    .option('--days-only', 'read compacted files')
    .option(
      '--zone <zone>',
      'zone of times without an offset in a folder that is no store: America/New_York unless given',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Example:
  tapedeck viewport --store ./store --symbol SPY --timeframe 5m \\
    --from 2025-09-02T13:30:00Z --until 2025-09-02T20:00:00Z --json`,
    )
    .action(async (options: ViewportOptions) => {
      const { answer, absence } = await withStore(
        options.store,
        'read',
        async (client) => {
          const found = await client.candles.viewport(questionOf(options));
          const isEmpty = found.bars.byteLength === 0;
          return {
            answer: found,
            absence: isEmpty ? absenceText(options, await client.symbols.list({})) : null,
          };
        },
        { zone: options.zone },
      );
      for (const { path, reason } of answer.unreadable)
        process.stderr.write(`${path} was left out: ${reason}\n`);
      if (absence !== null) process.stderr.write(`${absence}\n`);
      if (options.json === true) printJson(viewportJson(answer));
      else printLines(linesOf(answer));
    });
}

function questionOf(options: ViewportOptions): ViewportQuestion {
  const { symbol, timeframe, from, until, priceMin, priceMax, asOf, partsOnly, daysOnly } = options;
  return {
    symbol,
    timeframe,
    from,
    until,
    ...(priceMin === undefined ? {} : { priceMin }),
    ...(priceMax === undefined ? {} : { priceMax }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(partsOnly === true ? { levels: 'parts' as const } : {}),
    ...(daysOnly === true ? { levels: 'compacted' as const } : {}),
  };
}

/** What the store has instead, where a question finds no bars. */
function absenceText({ symbol, timeframe }: ViewportOptions, symbols: readonly SymbolSummary[]): string {
  const found = symbols.find((each) => each.symbol === symbol);
  if (found === undefined) return `The store has nothing of ${symbol}`;
  const stored = found.timeframes.map(
    (each) => `${each.timeframe} from ${formatIsoUtc(each.first)} to ${formatIsoUtc(each.last)}`,
  );
  return `No ${timeframe} bars of ${symbol} lie in this range; it has ${stored.join(', ') || 'no bars at all'}`;
}

function linesOf(answer: ViewportAnswer): string[] {
  const { candles, objects, resolution, source } = viewportJson(answer);
  const made = source === resolution ? '' : ` made from ${source}`;
  return [
    `${counted(candles.length, 'candle')} of ${resolution}${made}, ${counted(objects.length, 'object')}`,
    ...candles.map(({ ts, open, high, low, close, volume }) =>
      [formatIsoUtc(ts), open, high, low, close, volume].join('  '),
    ),
    ...objects.map(({ object_type, object_id, t_start, t_end, y_min, y_max, y }) => {
      const end = t_end === null ? 'open' : formatIsoUtc(t_end);
      return [object_type, object_id, formatIsoUtc(t_start), end, y ?? `${y_min}..${y_max}`].join('  ');
    }),
  ];
}
