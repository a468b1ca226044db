import { sessionsIn, type CalendarId } from '#shared/domain/session-calendar';
import { timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { DAY, epochMs, MINUTE } from '#shared/units';
import type { SeriesFact } from './health-facts.ts';

export interface StaleSeries extends SeriesFact {
  /** Time that the market was open since the newest bar closed; no more than is looked back. */
  readonly missedMs: number;
}

const lookBackMs = 30 * DAY;
const leastBars = 3;
const leastMs = 15 * MINUTE;

/**
 * Series whose market was open, since their newest bar closed, for more than three of their bars and a quarter of an
 * hour; for bars of a day and more, for more than two days of regular hours. Nights, weekends and holidays of their
 * calendar do not count.
 */
export function staleSeries(series: readonly SeriesFact[], nowMs: number): readonly StaleSeries[] {
  return series.flatMap((fact) => {
    const missedMs = openMs(fact.calendar, fact.lastMs + timeframeLength(fact.timeframe), nowMs);
    return missedMs > limitMs(fact, nowMs) ? [{ ...fact, missedMs }] : [];
  });
}

function limitMs(
  { calendar, timeframe }: { calendar: CalendarId; timeframe: Timeframe },
  nowMs: number,
): number {
  const length = timeframeLength(timeframe);
  if (length < DAY) return Math.max(leastBars * length, leastMs);
  return ((2 * length) / DAY) * longestSessionMs(calendar, nowMs);
}

function longestSessionMs(calendar: CalendarId, nowMs: number): number {
  const spans = sessionsIn(calendar, { from: epochMs(nowMs - 7 * DAY), until: epochMs(nowMs) });
  return Math.max(0, ...spans.map(({ kind, from, until }) => (kind === 'regular' ? until - from : 0)));
}

function openMs(calendar: CalendarId, from: number, until: number): number {
  const start = Math.max(from, until - lookBackMs);
  if (start >= until) return 0;
  return sessionsIn(calendar, { from: epochMs(start), until: epochMs(until) })
    .filter(({ kind }) => kind === 'regular')
    .reduce((sum, span) => sum + Math.min(span.until, until) - Math.max(span.from, start), 0);
}
