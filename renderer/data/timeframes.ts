import type { SymbolSummary } from '#shared/domain/store-summary';
import { compareTimeframes, parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import type { DurationMs } from '#shared/units';
import type { Coverage } from './bar-window.ts';

const usual = ['1m', '2m', '5m', '15m', '1h', '4h', '1d'].flatMap((text) => parseTimeframe(text) ?? []);

/** The timeframes a symbol can be shown in: those stored, and the usual ones that some stored one divides. */
export function timeframesOf(symbol: SymbolSummary | null): readonly Timeframe[] {
  if (symbol === null) return [];
  const stored = symbol.timeframes.map(({ timeframe }) => timeframe);
  const made = usual.filter((timeframe) => sourceOf(symbol, timeframe) !== null);
  return [...new Set([...stored, ...made])].sort(compareTimeframes);
}

/** The wanted timeframe if the symbol has it or has no bars at all, else the one nearest to it in length. */
export function nearestTimeframe(symbol: SymbolSummary | null, wanted: Timeframe | null): Timeframe | null {
  const offered = timeframesOf(symbol);
  const preferred = wanted ?? parseTimeframe('5m');
  if (preferred === null || offered.includes(preferred)) return preferred;
  // Objects alone can be listed, beside a chart without bars.
  if (symbol !== null && offered.length === 0) return preferred;
  const distance = (timeframe: Timeframe) =>
    Math.abs(Math.log(timeframeLength(timeframe) / timeframeLength(preferred)));
  return [...offered].sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** What is stored of a symbol in a timeframe, or what can be made of the finest one that divides it. */
export function coverageIn(symbol: SymbolSummary | null, timeframe: Timeframe): Coverage | null {
  const source = symbol === null ? null : sourceOf(symbol, timeframe);
  if (source === null) return null;
  const share = timeframeLength(source.timeframe) / timeframeLength(timeframe);
  return { first: source.first, last: source.last, bars: Math.ceil(source.bars * share) };
}

/** When the newest stored bar closed that the bars of a timeframe are made of, and how long it is, ms. */
export function newestBarIn(
  symbol: SymbolSummary | null,
  timeframe: Timeframe,
): { readonly closedAt: number; readonly barLength: DurationMs } | null {
  const source = symbol === null ? null : sourceOf(symbol, timeframe);
  if (source === null) return null;
  const barLength = timeframeLength(source.timeframe);
  return { closedAt: source.last + barLength, barLength };
}

function sourceOf(symbol: SymbolSummary, timeframe: Timeframe) {
  const length = timeframeLength(timeframe);
  const fits = symbol.timeframes.filter(
    (stored) => stored.bars > 0 && length % timeframeLength(stored.timeframe) === 0,
  );
  return fits.find((stored) => stored.timeframe === timeframe) ?? fits[0] ?? null;
}
