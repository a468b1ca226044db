import { counted } from '#shared/counted';
import { unpackBars } from '#shared/domain/candle';
import { isZone } from '#shared/domain/zone-offsets';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { WorkbenchError } from '#shared/errors';
import type { Client } from '#shared/ipc';
import { DAY } from '#shared/units';
import { Option, type Command } from 'commander';
import { extname, resolve } from 'node:path';
import { imagePath } from '../storage/layout.ts';
import { instantArgument, numberArgument } from './arguments.ts';
import { printJson, printLines } from './output.ts';
import { runPictureProgram } from './run-picture-program.ts';
import { takeStep } from './take-step.ts';
import { withStore } from './with-store.ts';

interface SnapshotOptions {
  readonly store: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly days: number;
  readonly until?: number;
  readonly out?: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'dark' | 'light';
  readonly zone: string;
  readonly json?: true;
}

/** Adds `snapshot`, which throws `argument-invalid` where there are no bars: no empty picture is written. */
export function addSnapshot(program: Command): void {
  program
    .command('snapshot')
    .description('Save a picture of a chart with its objects. No window is shown, and none is disturbed.')
    .requiredOption('--store <dir>', 'the store')
    .requiredOption('--symbol <symbol>', 'such as SPY')
    .requiredOption('--timeframe <tf>', 'such as 15m; aggregated from a shorter one if it is not stored')
    .option('--days <n>', 'how many days the picture reaches back from its end', numberArgument, 15)
    .option('--until <iso>', 'its end, itself not in it; the newest bar unless given', instantArgument)
    .option('--out <file>', 'a PNG file; images/<SYMBOL>_<TF>_chart.png in the store unless given')
    .option('--width <px>', 'in pixels', numberArgument, 1600)
    .option('--height <px>', 'in pixels, caption included', numberArgument, 900)
    .addOption(new Option('--theme <name>', 'colours').choices(['dark', 'light']).default('dark'))
    .option('--zone <zone>', 'zone of the times on the picture', 'America/New_York')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  tapedeck snapshot --store ./store --symbol SPY --timeframe 15m --days 15 --out spy.png',
    )
    .action(async (options: SnapshotOptions) => {
      const { store, symbol, width, height, theme, zone } = options;
      const timeframe = timeframeOf(options.timeframe);
      checkRange('--days', options.days, 0.01, 40_000);
      checkRange('--width', width, 200, 8_000);
      checkRange('--height', height, 160, 8_000);
      if (!isZone(zone))
        throw new WorkbenchError('argument-invalid', `--zone ${zone} is not the name of a time zone`);
      if (options.out !== undefined && extname(options.out).toLowerCase() !== '.png') {
        throw new WorkbenchError(
          'argument-invalid',
          `--out ${options.out} must end in .png, which it would be`,
        );
      }
      const { from, until } = await withStore(store, 'read', (client) => spanOf(client, options, timeframe));
      const file = resolve(options.out ?? resolve(store, imagePath(symbol, timeframe)));
      const picture = {
        ...{ file, symbol, timeframe, from, until, theme, zone },
        ...{ width: Math.round(width), height: Math.round(height) },
      };
      const report = await takeStep('Painting', ({ signal }) =>
        runPictureProgram(resolve(store), picture, signal),
      );
      if (options.json === true) printJson(report);
      else {
        const { bars, objects } = report;
        const range = `${formatIsoUtc(from)} to ${formatIsoUtc(until)}`;
        printLines([
          `${file}: ${symbol} ${timeframe}, ${range}, ${counted(bars, 'bar')}, ${counted(objects, 'object')}`,
        ]);
      }
    });
}

/** The stretch to paint. There must be bars in it: an empty picture would tell nothing. */
async function spanOf(client: Client, { symbol, days, until }: SnapshotOptions, timeframe: Timeframe) {
  const symbols = await client.symbols.list({});
  const known = symbols.find((each) => each.symbol === symbol);
  if (known === undefined) {
    const names = symbols.slice(0, 12).map((each) => each.symbol);
    const there = names.length === 0 ? 'nothing' : `${names.join(', ')}${symbols.length > 12 ? ', …' : ''}`;
    throw new WorkbenchError('argument-invalid', `${symbol} is not in this store, which holds ${there}`);
  }
  const ask = (from: number, end: number) =>
    client.candles.viewport({ symbol, timeframe, from, until: end, objects: false });
  const start = until ?? 0;
  const { extent } = await ask(start, start + 1);
  if (extent === null) {
    const stored = known.timeframes.map((each) => each.timeframe).join(', ') || 'objects only';
    throw new WorkbenchError('argument-invalid', `${symbol} has no bars of ${timeframe}; it has ${stored}`);
  }
  const end = until ?? extent.last + timeframeLength(timeframe);
  const from = Math.round(end - days * DAY);
  const { bars } = await ask(from, end);
  if (bars.byteLength === 0 || unpackBars(bars).ts.length === 0) {
    const [first, last] = [formatIsoUtc(extent.first), formatIsoUtc(extent.last)];
    throw new WorkbenchError(
      'argument-invalid',
      `${symbol} has no bars of ${timeframe} from ${formatIsoUtc(from)} to ${formatIsoUtc(end)}; they reach from ${first} to ${last}`,
    );
  }
  return { from, until: end };
}

function timeframeOf(text: string): Timeframe {
  const timeframe = parseTimeframe(text);
  if (timeframe === null)
    throw new WorkbenchError('argument-invalid', `--timeframe ${text} is not a timeframe`);
  return timeframe;
}

function checkRange(name: string, value: number, least: number, most: number): void {
  if (value < least || value > most) {
    throw new WorkbenchError(
      'argument-invalid',
      `${name} must lie between ${least} and ${most}, not ${value}`,
    );
  }
}
