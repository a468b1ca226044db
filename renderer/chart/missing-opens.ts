import { expectedBarCount, expectedOpens, spanAt, type CalendarId } from '#shared/domain/session-calendar';
import { DAY, epochMs } from '#shared/units';
import type { Timeframe } from '#shared/domain/timeframe';
import { mostBars } from '../data/bar-window.ts';
import type { BarScale } from './bar-scale.ts';

const none = new Float64Array(0);

/**
 * Opens that a market's hours would have between the first and the last of these bars, and that have none; null when
 * there are more than a chart can hold. Pre-market and after hours count when there are bars in them.
 */
export function missingOpens(
  { ts, barLength }: BarScale,
  timeframe: Timeframe,
  calendar: CalendarId,
): Float64Array | null {
  const [first, last] = [ts[0], ts[ts.length - 1]];
  if (first === undefined || last === undefined || barLength >= DAY) return none;
  const range = { from: epochMs(first), until: epochMs(last) };
  const times = Array.from(ts);
  const hours = times.some((at) => spanAt(calendar, at).kind === 'extended') ? 'extended' : 'regular';
  if (expectedBarCount(calendar, timeframe, range, hours) > mostBars) return null;
  const there = new Set(times);
  const missing = expectedOpens(calendar, timeframe, range, hours).filter((open) => !there.has(open));
  return missing.length + times.length > mostBars ? null : missing;
}
