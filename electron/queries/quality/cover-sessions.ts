import { sessionsIn, type CalendarId, type SessionSpan } from '#shared/domain/session-calendar';
import { timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { epochMs, MINUTE } from '#shared/units';
import type { FindingList } from './finding-list.ts';

export interface CoverageRange {
  readonly calendar: CalendarId;
  readonly timeframe: Timeframe;
  /** Half-open, ms UTC. */
  readonly from: number;
  readonly until: number;
  /** Bars that have not closed by then are not expected yet. */
  readonly now: number;
}

/** A trading day as it was found. */
export interface CoveredDay {
  readonly day: string;
  readonly from: number;
  readonly until: number;
  /** Bars that the calendar has. */
  readonly slots: number;
  readonly found: number;
  readonly extended: number;
  /** Half days, for one. */
  readonly reason: string | null;
}

/** Bars that follow one another and are not there. */
export interface AbsentRun {
  /** Place in `days`. */
  readonly day: number;
  readonly from: number;
  readonly until: number;
  readonly bars: number;
}

export interface Coverage {
  readonly days: readonly CoveredDay[];
  readonly absent: readonly AbsentRun[];
  /** By bar: 1 where it follows another one of its trading day. */
  readonly followsOn: Uint8Array;
  /** For each bar the number of its trading day's month, counted from year 0. */
  readonly months: Int32Array;
}

/** A bar that begins before the regular hours counts for their first slot, where bars are as long as that. */
const longBar = 30 * MINUTE;

/**
 * Compares the opens of bars shorter than a day (sorted, each once) with the regular hours of the calendar. Hours are
 * counted from the opening bell; bars of full clock hours cover each slot that they reach into.
 */
export function coverSessions(ts: Float64Array, range: CoverageRange, list: FindingList): Coverage {
  const { calendar, timeframe, from, until } = range;
  const length = timeframeLength(timeframe);
  const days: CoveredDay[] = [];
  const absent: AbsentRun[] = [];
  const followsOn = new Uint8Array(ts.length);
  const months = new Int32Array(ts.length);
  let day = null as { -readonly [Name in keyof CoveredDay]: CoveredDay[Name] } | null;
  let next = 0;
  let dayStart = 0;
  for (const span of sessionsIn(calendar, { from: epochMs(from), until: epochMs(until) })) {
    const first = next;
    while (next < ts.length && (ts[next] ?? Infinity) < span.until) next += 1;
    const month = monthOf(span.day ?? day?.day ?? null, span);
    months.fill(month, first, next);
    if (span.day === null) {
      for (let index = first; index < next; index += 1)
        list.add('closed-hours', index, ts[index] ?? 0, () => span.reason ?? 'Closed');
      continue;
    }
    if (day?.day !== span.day) {
      day = {
        day: span.day,
        from: span.from,
        until: span.until,
        slots: 0,
        found: 0,
        extended: 0,
        reason: span.reason,
      };
      days.push(day);
      dayStart = first;
    }
    followsOn.fill(1, Math.min(next, Math.max(first, dayStart + 1)), next);
    if (span.kind === 'extended') {
      day.extended += next - first;
      // Until there are regular hours the day is as long as what was seen of it.
      if (day.slots === 0) day.until = span.until;
      continue;
    }
    if (day.slots === 0) day.from = span.from;
    day.until = span.until;
    const start = length > longBar ? firstReaching(ts, first, span.from - length) : first;
    const covered = coverSpan(ts, start, next, span, range, length);
    day.slots += covered.slots;
    day.found += covered.found;
    const place = days.length - 1;
    for (const run of covered.absent) absent.push({ day: place, ...run });
  }
  return { days, absent, followsOn, months };
}

function firstReaching(ts: Float64Array, first: number, after: number): number {
  let start = first;
  while (start > 0 && (ts[start - 1] ?? 0) > after) start -= 1;
  return start;
}

interface CoveredSpan {
  readonly slots: number;
  readonly found: number;
  readonly absent: readonly Omit<AbsentRun, 'day'>[];
}

/** Slots of one stretch of regular hours; bars are those at places [start, end). */
function coverSpan(
  ts: Float64Array,
  start: number,
  end: number,
  span: SessionSpan,
  { from, until, now }: CoverageRange,
  length: number,
): CoveredSpan {
  const slotFrom = (slot: number) => span.from + slot * length;
  const slotUntil = (slot: number) => Math.min(slotFrom(slot + 1), span.until);
  const all = Math.ceil((span.until - span.from) / length);
  const first = Math.max(0, Math.ceil((from - span.from) / length));
  let last = Math.min(all, Math.max(first, Math.ceil((until - span.from) / length)));
  while (last > first && slotUntil(last - 1) > now) last -= 1;
  const absent: Omit<AbsentRun, 'day'>[] = [];
  let found = 0;
  let expected = first;
  const cover = (slot: number) => {
    if (slot < expected || slot >= last) return;
    if (slot > expected)
      absent.push({ from: slotFrom(expected), until: slotUntil(slot - 1), bars: slot - expected });
    found += 1;
    expected = slot + 1;
  };
  for (let index = start; index < end; index += 1) {
    const open = ts[index] ?? 0;
    cover(Math.floor((open - span.from) / length));
    if (length > longBar && (open - span.from) % length !== 0)
      cover(Math.floor((open + length - 1 - span.from) / length));
  }
  if (expected < last)
    absent.push({ from: slotFrom(expected), until: slotUntil(last - 1), bars: last - expected });
  return { slots: last - first, found, absent };
}

/** Of a trading date; while the market is closed the month that it closed in. */
function monthOf(day: string | null, { from }: SessionSpan): number {
  const text = day ?? new Date(from).toISOString().slice(0, 10);
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}
