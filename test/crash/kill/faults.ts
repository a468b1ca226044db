import { formatIsoUtc } from '#shared/domain/zone-time';
import { DAY } from '#shared/units';
import { askDuckDb } from '../../helpers/parquet.ts';
import { firstMinute, openOfLine, type Appender } from './appender.ts';

/** What a reader has to find of one symbol. */
export interface Bounds {
  readonly symbol: string;
  /** Lines up to this one must be there. */
  readonly least: number;
  /** Later ones than this were never written. */
  readonly most: () => number;
}

export function boundsOf({ symbol, acknowledged, written }: Appender): Bounds {
  return { symbol, least: acknowledged(), most: written };
}

const untilIso = formatIsoUtc(firstMinute + 60 * DAY);
export const viewportCommand = (symbol: string, timeframe: string) => [
  ...['viewport', '--symbol', symbol, '--timeframe', timeframe],
  ...['--from', formatIsoUtc(firstMinute), '--until', untilIso, '--json'],
];
export const filesCommand = ['files', '--timeframe', '1m', '--sql'];

/** What a viewport printed. */
export interface PrintedView {
  readonly candles: readonly { readonly ts: number; readonly volume: number }[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

export function viewportFaults(output: string, bounds: Bounds): string[] {
  const { candles, unreadable } = JSON.parse(output) as PrintedView;
  return [
    ...unreadable.map(({ path, reason }) => `a viewport could not read ${path}: ${reason}`),
    ...faultsOf(
      'a viewport',
      bounds,
      candles.map(({ ts, volume }) => [ts, volume] as const),
    ),
  ];
}

/** DuckDB over the files that the store lists. A file that was replaced since is a reason to look again, not a fault. */
export async function filesFaults(output: string, symbols: readonly Bounds[]): Promise<string[]> {
  try {
    // A bar whose owner was killed before it could answer is sent once more, and may then be in two parts with one key.
    const rows = await askDuckDb(`SELECT DISTINCT symbol, ts, volume FROM ${output.trim()}`);
    return symbols.flatMap((bounds) =>
      faultsOf(
        'DuckDB',
        bounds,
        rows.flatMap(([symbol, ts, volume]) =>
          symbol === bounds.symbol ? [[Number(ts), Number(volume)] as const] : [],
        ),
      ),
    );
  } catch (error) {
    return /No files found|No such file/.test(String(error))
      ? []
      : [`DuckDB could not read the files: ${String(error)}`];
  }
}

function faultsOf(
  who: string,
  { symbol, least, most }: Bounds,
  found: readonly (readonly [number, number])[],
): string[] {
  const faults: string[] = [];
  const lines = new Set<number>();
  for (const [ts, line] of found) {
    if (lines.has(line)) faults.push(`${who} found line ${line} of ${symbol} twice`);
    if (line > most() || openOfLine(line) !== ts)
      faults.push(`${who} found line ${line} of ${symbol}, never written so`);
    lines.add(line);
  }
  for (let line = 1; line <= least; line += 1) {
    if (!lines.has(line))
      faults.push(`${who} did not find line ${line} of ${symbol}, of ${least} acknowledged`);
  }
  return faults;
}
