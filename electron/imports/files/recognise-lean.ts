import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { dayNumberOf } from '#shared/domain/civil-date';
import type { Mapping } from './column-names.ts';
import { UnreadableImport } from './unreadable.ts';

/** What the name of one of Lean's files says of the bars in it. */
export interface LeanName {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Days since 1970 of a file of one day; null where each line has its date. */
  readonly dayNumber: number | null;
  readonly isQuote: boolean;
  /** Prices times ten thousand in New York's time, plain prices in UTC, or null where the path does not say. */
  readonly isEquity: boolean | null;
}

const dayEntry = /^(\d{4})(\d{2})(\d{2})_(.+)_(second|minute)_(trade|quote)\.csv$/i;
const scaledClasses = new Set(['equity', 'option', 'indexoption']);
const plainClasses = new Set(['crypto', 'cryptofuture', 'forex', 'cfd', 'future', 'index']);
const resolutions: Readonly<Record<string, string>> = { second: '1s', minute: '1m', hour: '1h', daily: '1d' };

/** Reads the name of an archive and of the text in it; null for one that is not Lean's. */
export function parseLeanName(archivePath: string, entry: string): LeanName | null {
  const folders = archivePath.toLowerCase().split(/[/\\]/);
  const isEquity = assetClass(folders);
  const day = dayEntry.exec(entry);
  if (day !== null) {
    const [, year, month, date, symbol = '', resolution = '', kind] = day;
    return {
      symbol: symbol.toUpperCase(),
      timeframe: timeframeOf(resolution),
      dayNumber: dayNumberOf({ year: Number(year), month: Number(month), day: Number(date) }),
      isQuote: kind?.toLowerCase() === 'quote',
      isEquity,
    };
  }
  const resolution = folders.at(-2) ?? '';
  const archive = /^(.+?)(?:_(trade|quote))?\.zip$/.exec(folders.at(-1) ?? '');
  const isLong = resolution === 'hour' || resolution === 'daily';
  if (!isLong || archive === null || !/\.csv$/i.test(entry)) return null;
  return {
    symbol: (archive[1] ?? '').toUpperCase(),
    timeframe: timeframeOf(resolution),
    dayNumber: null,
    isQuote: archive[2] === 'quote',
    isEquity,
  };
}

/** Columns of trades, or of quotes, whose bid side is taken. */
export function leanMapping({ isQuote }: LeanName, fieldCount: number): Mapping {
  if (fieldCount < (isQuote ? 11 : 6))
    throw new UnreadableImport(`has ${fieldCount} fields a line, fewer than Lean's files have`);
  const bars = { time: 0, open: 1, high: 2, low: 3, close: 4 };
  return isQuote ? bars : { ...bars, volume: 5 };
}

/** Whether prices are whole ten-thousandths; by their look where the path does not say. */
export function isScaled({ isEquity }: LeanName, prices: readonly string[]): boolean {
  return isEquity ?? prices.every((price) => /^\d+$/.test(price));
}

function assetClass(folders: readonly string[]): boolean | null {
  if (folders.some((folder) => scaledClasses.has(folder))) return true;
  return folders.some((folder) => plainClasses.has(folder)) ? false : null;
}

function timeframeOf(resolution: string): Timeframe {
  const timeframe = parseTimeframe(resolutions[resolution.toLowerCase()] ?? '');
  if (timeframe === null) throw new UnreadableImport(`is of a resolution that is not known: ${resolution}`);
  return timeframe;
}
