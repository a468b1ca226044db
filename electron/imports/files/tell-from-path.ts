import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { symbolFault } from '#schemas/symbol-rule';
import { eventLayouts, parseEventPath } from '../../storage/event-layout.ts';

/** What the path of a file says of the bars in it, as far as it can be told. */
export interface ToldByPath {
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
}

const type = '(?:bars|candles|klines|ohlcv?)';
const period = '\\d{4}(?:-\\d{2}(?:-\\d{2}(?:T\\d{2})?)?)?';
const extension = /(\.(csv|tsv|txt|json|jsonl|ndjson|parquet|arrow|feather|ipc))?(\.gz)?$/i;

/** How collectors lay out their trees: by symbol, by date, by type, flat, and mixtures of them. */
const layouts = [
  `([^/]+)/${type}/${period}`,
  `${type}/([^/]+)/${period}`,
  `${period}/([^/]+)/${type}`,
  `${type}/([^/_]+)_${period}`,
  `([^/]+)_${type}(?:_${period})?`,
].map((layout) => new RegExp(`(?:^|/)${layout}$`, 'i'));

/** Ready-made history: `BTC-EUR_hour_180d`. */
const history = /(?:^|\/)([A-Z0-9]+-[A-Z0-9]+)_(second|minute|hour|daily|\d+[smhdw])_[^/_]+$/i;
const spelledOut: Readonly<Record<string, string>> = { second: '1s', minute: '1m', hour: '1h', daily: '1d' };

/** Where a tree begins whose names say exactly what they hold, symbols that no path can hold among them. */
const exact = /(?:^|\/)((?:events|live|historical|archive|cold)\/.+)$/;
const barsOf = new RegExp(`^${type}(?:-(.+))?$`);

function tellFromTree(path: string): ToldByPath | null {
  const [, place = ''] = exact.exec(path) ?? [];
  for (const layout of eventLayouts) {
    const file = parseEventPath(layout, place);
    const bars = barsOf.exec(file?.type ?? '');
    if (file !== null && bars !== null)
      return { symbol: file.symbol, timeframe: parseTimeframe(bars[1] ?? '') };
  }
  return null;
}

/** Reads a path in the ways that collectors of market data name their files. */
export function tellFromPath(path: string): ToldByPath {
  const written = path.replaceAll('\\', '/');
  const told = tellFromTree(written);
  if (told !== null && symbolFault(told.symbol ?? '') === null) return told;
  const place = written.replace(extension, '');
  const [, pair, length = ''] = history.exec(place) ?? [];
  const named = layouts.map((layout) => layout.exec(place)?.[1]).find((symbol) => symbol !== undefined);
  const symbol = pair ?? named ?? null;
  return {
    symbol: symbol === null || symbolFault(symbol) !== null ? null : symbol,
    timeframe: pair === undefined ? null : parseTimeframe(spelledOut[length.toLowerCase()] ?? length),
  };
}
