import { barsBetween, noBars, unpackBars, type Bars } from '#shared/domain/candle';
import { timeframeLength } from '#shared/domain/timeframe';
import type { ViewportAnswer } from '#shared/domain/viewport';
import type { ViewportQuestion } from '#shared/ipc';
import { DAY } from '#shared/units';
import { densityOf, mostBars, type BarWindow, type Coverage, type SeriesKey } from './bar-window.ts';

export interface LeadInWanted {
  readonly key: SeriesKey;
  /** Open of the first bar of the series: there is nothing before it. */
  readonly first: number;
  /** The bars come from before this one. */
  readonly until: number;
  readonly count: number;
  readonly coverage: Coverage | null;
}

/** A weekend with a holiday on either side, which a few bars of a market that closes lie beyond. */
const leastReach = 5 * DAY;
const reachMore = 1.25;

/**
 * The newest `count` bars before an instant, or all that there are. The store is asked by time, and only guesses say
 * how much of it holds so many bars: when it was too little, the next question reaches four times as far.
 */
export async function readLeadIn(
  ask: (question: ViewportQuestion) => Promise<ViewportAnswer>,
  { key, first, until, count, coverage }: LeadInWanted,
): Promise<Bars> {
  const wanted = Math.min(count, mostBars);
  const barLength = timeframeLength(key.timeframe);
  let reach = Math.max(leastReach, (wanted * barLength * reachMore) / densityOf(coverage, barLength));
  while (until > first) {
    const from = Math.max(first, Math.floor(until - reach));
    const answer = await ask({ ...key, from, until, maxBars: wanted, objects: false });
    const bars = answer.bars.byteLength === 0 ? noBars : unpackBars(answer.bars);
    if (bars.ts.length >= wanted || from <= first) return newest(bars, wanted);
    reach *= 4;
  }
  return noBars;
}

/** Whether so many bars lie before the window's first one, or all that the series has. */
export function hasLeadIn({ bars, leadIn, extent }: BarWindow, count: number): boolean {
  const first = leadIn.ts[0] ?? bars.ts[0];
  return leadIn.ts.length >= count || first === undefined || extent === null || first <= extent.first;
}

function newest(bars: Bars, count: number): Bars {
  const all = bars.ts.length;
  return all <= count ? bars : barsBetween(bars, all - count, all);
}
