import { epochMs } from '#shared/units';
import { autoTimeframe, barsOfOther } from '../data/auto-resolution.ts';
import { timeframesOf } from '../data/timeframes.ts';
import { symbolIn } from './catalog-slice.ts';
import { targetFor } from './show-series.ts';
import type { WorkbenchState, WorkbenchStore } from './store.ts';

/** A zoom is over when nothing has moved for so long. */
const settleMs = 120;
const pxPerBar = 6;

/** Shows longer or shorter bars as the zoom asks for, where the user wants that, and the chosen ones where not. */
export function keepResolution(store: WorkbenchStore): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  store.subscribe((state, before) => {
    const { chart, settings } = state;
    const isSame =
      chart.view === before.chart.view &&
      chart.base === before.chart.base &&
      settings.resolution === before.settings.resolution;
    if (isSame || (settings.resolution === 'fixed' && before.settings.resolution === 'fixed')) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => adapt(store.getState()), settleMs);
  });
}

function adapt(state: WorkbenchState): void {
  const { chart, settings, catalog } = state;
  const { key, base, view, screenBars } = chart;
  if (key === null || base === null || view === null || chart.isOpening) return;
  const summary = symbolIn(catalog, key.symbol);
  if (summary === null) return;
  const { from, until, barsVisible } = view;
  const range = { from: epochMs(Math.floor(from)), until: epochMs(Math.ceil(until)) };
  const timeframe =
    settings.resolution === 'fixed'
      ? base
      : autoTimeframe({
          base,
          shown: key.timeframe,
          offered: timeframesOf(summary),
          barsVisible,
          widthPx: screenBars * pxPerBar,
          barsOf: barsOfOther(summary.calendar, key.timeframe, barsVisible, range),
        });
  if (timeframe !== key.timeframe) {
    chart.open({ ...key, timeframe }, targetFor(state, key.symbol, timeframe), base);
  }
}
