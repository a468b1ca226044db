import { timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { coverageIn, nearestTimeframe } from '../data/timeframes.ts';
import type { Target } from '../data/bar-window.ts';
import { symbolIn } from './catalog-slice.ts';
import type { WorkbenchState, WorkbenchStore } from './store.ts';

/** Shows another symbol over the same stretch of time; at its newest bar if that is where the chart was. */
export function showSymbol(store: WorkbenchStore, symbol: string): void {
  const state = store.getState();
  const { key, base: chosen } = state.chart;
  const nearestTo = (wanted: Timeframe | null) => nearestTimeframe(symbolIn(state.catalog, symbol), wanted);
  const base = nearestTo(chosen);
  const timeframe = state.settings.resolution === 'auto' ? nearestTo(key?.timeframe ?? null) : base;
  if (timeframe === null || base === null) return;
  state.chart.open({ symbol, timeframe }, targetFor(state, symbol, timeframe), base);
  if (state.selection.selected?.symbol !== symbol) state.selection.select(null);
  state.selection.hover(null);
}

/** Shows the same stretch of time in bars of another length. */
export function showTimeframe(store: WorkbenchStore, timeframe: Timeframe): void {
  const state = store.getState();
  const { key } = state.chart;
  if (key === null) return;
  if (key.timeframe === timeframe) state.chart.setBase(timeframe);
  else state.chart.open({ ...key, timeframe }, targetFor(state, key.symbol, timeframe), timeframe);
}

/** Where a chart of another series shows what this one shows. */
export function targetFor({ chart, catalog }: WorkbenchState, symbol: string, timeframe: Timeframe): Target {
  const { view, key, isFollowing } = chart;
  if (view === null || key === null) return { kind: 'latest' };
  const coverage = coverageIn(symbolIn(catalog, symbol), timeframe);
  const before = coverageIn(symbolIn(catalog, key.symbol), key.timeframe);
  // Whoever looks at the newest bar wants the newest bar of the other symbol, as far from the edge as before.
  const shift =
    isFollowing && symbol !== key.symbol && coverage !== null && before !== null
      ? coverage.last + timeframeLength(timeframe) - (before.last + timeframeLength(key.timeframe))
      : 0;
  return { kind: 'range', from: view.from + shift, until: view.until + shift };
}
