import { expectedBarCount, type CalendarId } from '#shared/domain/session-calendar';
import type { TimeRange } from '#shared/domain/time-range';
import { timeframeLength, type Timeframe } from '#shared/domain/timeframe';

export interface ResolutionContext {
  /** What was chosen: nothing shorter is shown. */
  readonly base: Timeframe;
  readonly shown: Timeframe;
  /** Shortest first. */
  readonly offered: readonly Timeframe[];
  readonly barsVisible: number;
  readonly widthPx: number;
  /** How many bars of a timeframe the screen would show. */
  readonly barsOf: (timeframe: Timeframe) => number;
}

// Bars for each pixel. Far enough apart that what was just changed does not change back with the next movement.
const tooMany = 1;
const comfortable = 0.5;
const fewEnough = 0.4;

/** The timeframe that tells bars apart over what is on the screen; the one that is shown as long as that does. */
export function autoTimeframe(context: ResolutionContext): Timeframe {
  const { base, shown, offered, barsVisible, widthPx, barsOf } = context;
  const allowed = offered.filter((timeframe) => timeframeLength(timeframe) >= timeframeLength(base));
  if (!allowed.includes(shown)) return allowed[0] ?? shown;
  const isLonger = (timeframe: Timeframe) => timeframeLength(timeframe) > timeframeLength(shown);
  if (barsVisible > widthPx * tooMany) {
    const longer = allowed.filter(isLonger);
    return longer.find((timeframe) => barsOf(timeframe) <= widthPx * comfortable) ?? longer.at(-1) ?? shown;
  }
  const shorter = allowed.filter((timeframe) => timeframe !== shown && !isLonger(timeframe));
  return shorter.find((timeframe) => barsOf(timeframe) <= widthPx * fewEnough) ?? shown;
}

/** How many bars of another timeframe lie where `barsVisible` of `shown` do, by the hours of the market. */
export function barsOfOther(
  calendar: CalendarId,
  shown: Timeframe,
  barsVisible: number,
  range: TimeRange,
): (timeframe: Timeframe) => number {
  const here = expectedBarCount(calendar, shown, range);
  return (timeframe) =>
    here === 0
      ? (barsVisible * timeframeLength(shown)) / timeframeLength(timeframe)
      : (barsVisible * expectedBarCount(calendar, timeframe, range)) / here;
}
