import { spanAt, type CalendarId } from '#shared/domain/session-calendar';
import { DAY, SECOND } from '#shared/units';
import { formatDuration, formatInstant } from '../format/time.ts';

export interface FreshnessQuestion {
  /** When the newest bar closed. */
  readonly closedAt: number;
  readonly barLength: number;
  readonly now: number;
  readonly isDemo: boolean;
  readonly calendar: CalendarId;
  readonly zone: string;
}

/** A bot may take so long to hand a bar in before it counts as late. */
const grace = 30 * SECOND;

/** How old the newest bar is, in words that say whether that is as it should be. */
export function freshness({ closedAt, barLength, now, isDemo, calendar, zone }: FreshnessQuestion): string {
  const age = now - closedAt;
  if (age < -barLength) return `newest bar lies ahead, at ${formatInstant(closedAt, zone)}`;
  if (age <= barLength + grace) return 'up to date';
  if (isDemo && age > DAY) return `ends ${formatInstant(closedAt, zone)}`;
  const today = spanAt(calendar, now);
  if (today.kind === 'closed' && isFromLastSession(calendar, closedAt, now)) {
    const why = today.reason === null ? '' : ` (${today.reason})`;
    return `market closed${why}, newest bar ${formatDuration(age)} old`;
  }
  return `newest bar ${formatDuration(age)} old`;
}

/** No hour in which the market was open lies between. */
function isFromLastSession(calendar: CalendarId, closedAt: number, now: number): boolean {
  for (let at = closedAt; at < now;) {
    const span = spanAt(calendar, at);
    if (span.kind === 'regular') return false;
    at = span.until;
  }
  return true;
}
