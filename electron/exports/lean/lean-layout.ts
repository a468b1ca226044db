import { formatCivilDate } from '#shared/domain/civil-date';
import type { ExportProfile } from '#shared/domain/export-profile';
import { WorkbenchError } from '#shared/errors';

/** Bar lengths that Lean has folders for, by our timeframes. */
const resolutions: Readonly<Record<string, LeanResolution>> = {
  '1s': 'second',
  '1m': 'minute',
  '1h': 'hour',
  '60m': 'hour',
  '1d': 'daily',
};

export type LeanResolution = 'second' | 'minute' | 'hour' | 'daily';

/** How Lean names bars of a length; throws `argument-invalid` for lengths that it does not have, and for null. */
export function leanResolution(timeframe: string | null): LeanResolution {
  const resolution = resolutions[timeframe ?? ''];
  if (resolution === undefined) {
    throw new WorkbenchError(
      'argument-invalid',
      `timeframe: Lean has bars of 1s, 1m, 1h and 1d, none of ${timeframe ?? 'no length'}`,
    );
  }
  return resolution;
}

/** Whether all bars of a symbol are in one file, to which others are added, instead of a file a day. */
export function isWholeFile(resolution: LeanResolution): boolean {
  return resolution === 'hour' || resolution === 'daily';
}

/** How Lean spells a symbol in paths; two symbols that it cannot tell apart, and ones it cannot have, are refused. */
export function leanTickers(
  symbols: readonly string[],
  { lean }: Pick<ExportProfile, 'lean'>,
): ReadonlyMap<string, string> {
  const byTicker = new Map<string, string>();
  for (const symbol of symbols) {
    const lower = symbol.toLowerCase();
    const ticker = lean.security === 'equity' ? lower.replaceAll('/', '.') : lower.replace(/[-_/:]/g, '');
    if (!/^[a-z0-9][a-z0-9._-]*$/.test(ticker))
      throw new WorkbenchError('argument-invalid', `symbols: Lean has no file name for ${symbol}`);
    const other = byTicker.get(ticker);
    if (other !== undefined) {
      throw new WorkbenchError(
        'argument-invalid',
        `symbols: Lean writes ${other} and ${symbol} alike, as ${ticker}; export them apart`,
      );
    }
    byTicker.set(ticker, symbol);
  }
  return new Map([...byTicker].map(([ticker, symbol]) => [symbol, ticker]));
}

/** Where the bars of a symbol (and day) lie in Lean's data folder, and the name of the text in the archive. */
export function leanPlace(
  { lean }: Pick<ExportProfile, 'lean'>,
  resolution: LeanResolution,
  ticker: string,
  dayNumber: number,
): { readonly path: string; readonly entry: string } {
  const folder = `${lean.security}/${lean.market}/${resolution}`;
  const kind = lean.security === 'forex' ? 'quote' : 'trade';
  if (isWholeFile(resolution)) {
    const name = lean.security === 'crypto' ? `${ticker}_trade` : ticker;
    return { path: `${folder}/${name}.zip`, entry: `${ticker}.csv` };
  }
  const day = formatCivilDate(dayNumber).replaceAll('-', '');
  return {
    path: `${folder}/${ticker}/${day}_${kind}.zip`,
    entry: `${day}_${ticker}_${resolution}_${kind}.csv`,
  };
}
