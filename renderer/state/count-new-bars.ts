import { unpackBars } from '#shared/domain/candle';
import type { ViewportAnswer } from '#shared/domain/viewport';
import type { ViewportQuestion } from '#shared/ipc';
import { DAY } from '#shared/units';
import { isSameSeries, type SeriesKey } from '../data/bar-window.ts';
import { mostNewBars } from './live-slice.ts';
import type { WorkbenchState, WorkbenchStore } from './store.ts';

/** Bars further in the future than this are counted as none. */
const horizon = 3_650 * DAY;

/** Counts bars from when the chart was moved away from the newest one until it is back there. */
export function countNewBars(
  store: WorkbenchStore,
  ask: (question: ViewportQuestion) => Promise<ViewportAnswer>,
): void {
  let left: { readonly key: SeriesKey; readonly at: number } | null = null;
  let isCounting = false;
  /** How often there was something to count; one count may do for several. */
  let asked = 0;

  function note(count: number): void {
    const { live } = store.getState();
    if (live.newBars !== count) live.noteNewBars(count);
  }

  async function count(): Promise<void> {
    asked += 1;
    if (isCounting) return;
    isCounting = true;
    for (let counted = 0; counted < asked;) {
      counted = asked;
      const since = left;
      if (since === null) break;
      const { symbol, timeframe } = since.key;
      const [from, until] = [since.at + 1, since.at + horizon];
      // Without an answer the last count stands; the next change counts again.
      const answer = await ask({
        symbol,
        timeframe,
        from,
        until,
        objects: false,
        maxBars: mostNewBars,
      }).catch(() => null);
      if (left === since && answer !== null) {
        note(answer.bars.byteLength === 0 ? 0 : unpackBars(answer.bars).ts.length);
      }
    }
    [isCounting, asked] = [false, 0];
  }

  store.subscribe((state, before) => {
    const { chart, catalog } = state;
    if (chart !== before.chart) {
      if (!isAway(state)) {
        left = null;
        note(0);
      } else if (left === null || !isSameSeries(left.key, chart.key)) {
        const last = chart.window?.extent?.last;
        left = chart.key === null || last === undefined ? null : { key: chart.key, at: last };
        note(0);
      }
    }
    if (left !== null && catalog.changedAt !== before.catalog.changedAt) void count();
  });
}

function isAway({ chart }: WorkbenchState): boolean {
  return (
    !chart.isFollowing &&
    chart.view !== null &&
    chart.asOf === null &&
    isSameSeries(chart.key, chart.window?.key)
  );
}
