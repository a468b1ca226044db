import { formatCivilDate, parseCivilDate } from '#shared/domain/civil-date';
import { calendarZone, dayStatus, sessionsIn, type CalendarId } from '#shared/domain/session-calendar';
import type { DayCoverage, Gap } from '#shared/domain/quality';
import { instantOfLocal } from '#shared/domain/zone-time';
import { epochMs, HOUR } from '#shared/units';
import type { CoveredDay } from './cover-sessions.ts';
import type { ExplainedRun } from './explain-runs.ts';

/** Trading days with what became of their bars, and the closed days between them. `isLong`: bars of a day and longer. */
export function layOutDays(
  calendar: CalendarId,
  days: readonly CoveredDay[],
  quietBars: readonly number[],
  runs: readonly ExplainedRun[],
  isLong: boolean,
): readonly DayCoverage[] {
  const explained = [...quietBars];
  const marks = new Map<number, string>();
  for (const { day, bars, cause, reason } of runs) {
    if (cause === 'missing') continue;
    explained[day] = (explained[day] ?? 0) + bars;
    if (cause === 'expected' && reason !== null) marks.set(day, reason);
  }
  const missing = new Set(runs.flatMap(({ day, cause }) => (cause === 'missing' ? [day] : [])));
  const laidOut: DayCoverage[] = [];
  days.forEach((day, place) => {
    // Its regular hours have not begun yet, or lie beyond the range.
    if (day.slots === 0 && !isLong) return;
    const previous = laidOut.at(-1);
    if (previous !== undefined) laidOut.push(...closedDays(calendar, previous.day, day.day));
    const unexpected = explained[place] ?? 0;
    const expected = day.slots - unexpected;
    const isMissing = missing.has(place);
    laidOut.push({
      day: day.day,
      from: day.from,
      until: day.until,
      state: stateOf(day, expected, isMissing),
      expected,
      found: day.found,
      explained: unexpected,
      extended: day.extended,
      reason: marks.get(place) ?? day.reason,
    });
  });
  return laidOut;
}

function stateOf({ slots, found }: CoveredDay, expected: number, isMissing: boolean): DayCoverage['state'] {
  // A day within a longer bar: it is as that bar is.
  if (slots === 0) return isMissing ? 'missing' : 'complete';
  if (expected === 0) return 'closed';
  if (found === 0) return 'missing';
  return found < expected ? 'partial' : 'complete';
}

/** The dates between two trading days. */
function closedDays(calendar: CalendarId, after: string, before: string): readonly DayCoverage[] {
  const [first, last] = [(parseCivilDate(after) ?? 0) + 1, parseCivilDate(before) ?? 0];
  const zone = calendarZone(calendar);
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => {
    const dayNumber = first + index;
    return {
      day: formatCivilDate(dayNumber),
      from: instantOfLocal(zone, dayNumber),
      until: instantOfLocal(zone, dayNumber + 1),
      state: 'closed',
      expected: 0,
      found: 0,
      explained: 0,
      extended: 0,
      reason: dayStatus(calendar, dayNumber).reason,
    };
  });
}

/** Runs that go on from one trading day to the next are one gap. */
export function joinRuns(days: readonly CoveredDay[], runs: readonly ExplainedRun[]): Gap[] {
  const gaps: { -readonly [Name in keyof Gap]: Gap[Name] }[] = [];
  let last: ExplainedRun | null = null;
  for (const run of runs) {
    const gap = gaps.at(-1);
    if (gap !== undefined && last !== null && goesOn(days, last, run)) {
      gap.until = run.until;
      gap.bars += run.bars;
    } else
      gaps.push({ cause: run.cause, from: run.from, until: run.until, bars: run.bars, reason: run.reason });
    last = run;
  }
  return gaps;
}

function goesOn(days: readonly CoveredDay[], last: ExplainedRun, run: ExplainedRun): boolean {
  return (
    last.cause === run.cause &&
    last.reason === run.reason &&
    run.day === last.day + 1 &&
    days[last.day]?.until === last.until &&
    days[run.day]?.from === run.from
  );
}

/** Nights, weekends, holidays, and the afternoons of half days. */
export function closedGaps(calendar: CalendarId, from: number, until: number): readonly Gap[] {
  const zone = calendarZone(calendar);
  return sessionsIn(calendar, { from: epochMs(from), until: epochMs(until) }).flatMap((span): Gap[] => {
    const { kind, reason, day } = span;
    if (kind === 'regular' && reason !== null && day !== null) {
      const usual = instantOfLocal(zone, parseCivilDate(day) ?? 0, usualClose);
      return [{ cause: 'half-day', from: span.until, until: usual, bars: 0, reason }];
    }
    if (kind !== 'closed') return [];
    const isOrdinary = reason === 'Overnight' || reason === 'Weekend';
    return [
      { cause: isOrdinary ? 'closed' : 'holiday', from: span.from, until: span.until, bars: 0, reason },
    ];
  });
}

/** Of New York's exchanges, which alone have half days. */
const usualClose = 16 * HOUR;
