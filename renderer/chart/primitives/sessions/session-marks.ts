import { counted } from '#shared/counted';
import { dayNumberOf } from '#shared/domain/civil-date';
import { sessionDayOf, sessionsIn, spanAt, type CalendarId } from '#shared/domain/session-calendar';
import { DAY, epochMs } from '#shared/units';
import { formatDate, formatDuration } from '../../../format/time.ts';
import type { BarScale } from '../../bar-scale.ts';

/** Between the bar at `index` and the one before it another trading day begins. */
export interface SessionBreak {
  readonly index: number;
  /** The day that begins: `Tue Sep 2`. */
  readonly label: string;
  /** What lies between: `Tue Sep 2 · closed 89 h 30 min: Weekend, Labor Day`. */
  readonly reading: string;
}

/** Bars [first, end) from outside regular hours. */
export interface ExtendedRun {
  readonly first: number;
  readonly end: number;
}

export interface SessionMarks {
  readonly breaks: readonly SessionBreak[];
  readonly extended: readonly ExtendedRun[];
}

export const noMarks: SessionMarks = { breaks: [], extended: [] };

/** Where trading days of a market begin among bars, and which bars are pre-market or after hours. */
export function sessionMarks({ ts, barLength }: BarScale, calendar: CalendarId): SessionMarks {
  if (barLength >= DAY) return noMarks;
  const breaks: SessionBreak[] = [];
  const extended: { first: number; end: number }[] = [];
  let day = '';
  for (let index = 0; index < ts.length; index += 1) {
    const at = ts[index] ?? 0;
    const next = sessionDayOf(calendar, at);
    if (index > 0 && next !== day) {
      const before = (ts[index - 1] ?? 0) + barLength;
      const label = formatDate(dayNumberOfText(next));
      breaks.push({ index, label, reading: `${label}${pauseOf(calendar, before, at)}` });
    }
    day = next;
    if (spanAt(calendar, at).kind !== 'extended') continue;
    const run = extended.at(-1);
    if (run?.end === index) run.end = index + 1;
    else extended.push({ first: index, end: index + 1 });
  }
  return { breaks, extended };
}

function pauseOf(calendar: CalendarId, from: number, until: number): string {
  const half = spanAt(calendar, until).reason;
  const spans = until > from ? sessionsIn(calendar, { from: epochMs(from), until: epochMs(until) }) : [];
  const closed = spans.filter(({ kind }) => kind === 'closed');
  const length = closed.reduce(
    (sum, span) => sum + Math.min(span.until, until) - Math.max(span.from, from),
    0,
  );
  const reasons = [...new Set(closed.flatMap(({ reason }) => reason ?? []))];
  const missed = new Set(spans.flatMap((span) => span.day ?? []));
  missed.delete(sessionDayOf(calendar, until));
  missed.delete(sessionDayOf(calendar, from - 1));
  return [
    length > 0 ? ` · closed ${formatDuration(length)}: ${reasons.join(', ')}` : '',
    missed.size > 0 ? ` · ${counted(missed.size, 'trading day')} without bars` : '',
    half === null ? '' : ` · ${half}`,
  ].join('');
}

function dayNumberOfText(day: string): number {
  const [year, month, date] = day.split('-').map(Number);
  return dayNumberOf({ year: year ?? 1970, month: month ?? 1, day: date ?? 1 });
}
