import { DAY, epochMs, MINUTE } from '../units.ts';
import { formatCivilDate, weekdayOf } from './civil-date.ts';
import { nyseException } from './nyse-holidays.ts';
import type { TimeRange } from './time-range.ts';
import { timeframeLength, type Timeframe } from './timeframe.ts';
import { instantOfLocal, localDayNumber } from './zone-time.ts';

/**
 * `us-equity`: 09:30 to 16:00 New York, extended 04:00 to 20:00, with the holidays and half days of the NYSE.
 * `fx`: Sunday 17:00 to Friday 17:00 New York, a day ends at 17:00. `crypto`: always, days are UTC days.
 */
export const calendarIds = ['us-equity', 'fx', 'crypto'] as const;
export type CalendarId = (typeof calendarIds)[number];

/** A stretch of time in which a market is in one state. */
export interface SessionSpan extends TimeRange {
  readonly kind: 'regular' | 'extended' | 'closed';
  /** The trading date, `2025-09-02`; null when closed. */
  readonly day: string | null;
  /** Why it is closed or closes early: `Overnight`, `Weekend`, `Good Friday`, `Half day: Christmas Eve`. */
  readonly reason: string | null;
}

export interface DayStatus {
  readonly status: 'full' | 'half' | 'closed';
  /** `Weekend`, or the name of the holiday or half day; null for a full day. */
  readonly reason: string | null;
}

/** Whether pre-market and after-hours trading counts as open. */
export type Hours = 'regular' | 'extended';

/** [kind, from, until] in minutes after the local midnight of the trading date. */
type Opening = readonly ['regular' | 'extended', number, number];

interface Calendar {
  readonly zone: string;
  readonly statusOf: (dayNumber: number) => DayStatus;
  readonly full: readonly Opening[];
  readonly half: readonly Opening[];
}

/** From the first opening of a trading day to that of the next, closed hours included, without a seam. */
interface TradingDay extends TimeRange {
  readonly dayNumber: number;
  readonly spans: readonly SessionSpan[];
}

const newYork = 'America/New_York';
const fullDay: DayStatus = { status: 'full', reason: null };
const weekend: DayStatus = { status: 'closed', reason: 'Weekend' };
const isWeekend = (dayNumber: number) => weekdayOf(dayNumber) % 6 === 0;
const at = (hour: number, minute = 0) => hour * 60 + minute;
/** 1970-01-03. */
const aSaturday = 2;

const calendars: Readonly<Record<CalendarId, Calendar>> = {
  'us-equity': {
    zone: newYork,
    statusOf: equityStatus,
    full: [
      ['extended', at(4), at(9, 30)],
      ['regular', at(9, 30), at(16)],
      ['extended', at(16), at(20)],
    ],
    half: [
      ['extended', at(4), at(9, 30)],
      ['regular', at(9, 30), at(13)],
      ['extended', at(13), at(17)],
    ],
  },
  fx: {
    zone: newYork,
    statusOf: (dayNumber) => (isWeekend(dayNumber) ? weekend : fullDay),
    full: [['regular', at(-7), at(17)]],
    half: [],
  },
  crypto: { zone: 'UTC', statusOf: () => fullDay, full: [['regular', at(0), at(24)]], half: [] },
};

const built = new Map<CalendarId, Map<number, TradingDay>>();
const recent = new Map<CalendarId, TradingDay>();
// Some eighty years of trading days: bounds the memory, costs nothing.
const mostDaysKept = 20_000;

/** Whether a date (in days since 1970-01-01) is a trading day of the calendar. */
export function dayStatus(calendar: CalendarId, dayNumber: number): DayStatus {
  return calendars[calendar].statusOf(dayNumber);
}

/** The zone whose clocks a market keeps. */
export function calendarZone(calendar: CalendarId): string {
  return calendars[calendar].zone;
}

export interface ClosingTimes {
  /** When the last session of a day ends, extended hours included, in minutes after its local midnight. */
  readonly full: number;
  /** The same of a half day; null where there are none. */
  readonly half: number | null;
  readonly tradesAtWeekends: boolean;
}

/** When the days of a calendar are over. */
export function closingTimes(calendar: CalendarId): ClosingTimes {
  const { full, half, statusOf } = calendars[calendar];
  const endOf = (openings: readonly Opening[]) => openings.at(-1)?.[2] ?? null;
  return {
    full: endOf(full) ?? at(24),
    half: endOf(half),
    tradesAtWeekends: statusOf(aSaturday).status !== 'closed',
  };
}

/** What the market is doing at an instant, and since and until when. */
export function spanAt(calendar: CalendarId, ts: number): SessionSpan {
  const { spans } = tradingDayAt(calendar, ts);
  const span = spans.find(({ until }) => ts < until);
  if (span === undefined) throw new Error(`No session span at ${ts}`);
  return span;
}

/** Whether the market trades at an instant (ms UTC): in regular hours, and in others only when they are to count. */
export function isOpen(calendar: CalendarId, ts: number, hours: Hours = 'regular'): boolean {
  return isWithin(hours, spanAt(calendar, ts).kind);
}

/** The spans that overlap a range, in order and without a seam; the first and last may reach beyond it. */
export function sessionsIn(calendar: CalendarId, range: TimeRange): readonly SessionSpan[] {
  const spans: SessionSpan[] = [];
  for (const day of tradingDaysIn(calendar, range)) {
    spans.push(...day.spans.filter(({ from, until }) => from < range.until && range.from < until));
  }
  return spans;
}

/** The trading date (`2025-09-02`) that began last: a night, a weekend, a holiday belong to the session before. */
export function sessionDayOf(calendar: CalendarId, ts: number): string {
  return formatCivilDate(tradingDayAt(calendar, ts).dayNumber);
}

/** The first opening of the trading day that began last, and that of the one after it. */
export function sessionDayRange(calendar: CalendarId, ts: number): TimeRange {
  const { from, until } = tradingDayAt(calendar, ts);
  return { from, until };
}

/** The next instant at which the market opens, closes or changes between regular and extended. */
export function nextBoundary(calendar: CalendarId, ts: number): number {
  return spanAt(calendar, ts).until;
}

/** The last such instant strictly before. */
export function previousBoundary(calendar: CalendarId, ts: number): number {
  return spanAt(calendar, ts - 1).from;
}

/**
 * The bar of a timeframe that an instant falls into.
 *
 * Bars shorter than a day are counted from the beginning of their session span and cut at its end (hours from 09:30,
 * the last one half as long), so that none mixes regular with extended hours and short bars add up to long ones.
 * A bar of days starts with the first opening of its first trading day, weeks begin on Monday. An instant at which
 * the market is closed has its bar too.
 */
export function bucketAt(calendar: CalendarId, timeframe: Timeframe, ts: number): TimeRange {
  const length = timeframeLength(timeframe);
  if (length % DAY === 0) return bucketOfDays(calendar, length / DAY, ts);
  const span = spanAt(calendar, ts);
  const from = span.from + Math.floor((ts - span.from) / length) * length;
  return { from: epochMs(from), until: epochMs(Math.min(from + length, span.until)) };
}

/** When the bar that an instant falls into opens, ms UTC; see `bucketAt`. */
export function bucketStart(calendar: CalendarId, timeframe: Timeframe, ts: number): number {
  return bucketAt(calendar, timeframe, ts).from;
}

/** The opens of all bars that a market without gaps would have in a range, by `bucketAt`. */
export function expectedOpens(
  calendar: CalendarId,
  timeframe: Timeframe,
  range: TimeRange,
  hours: Hours = 'regular',
): Float64Array {
  const length = timeframeLength(timeframe);
  const opens: number[] = [];
  for (const { from, until } of barSpans(calendar, timeframe, range, hours)) {
    for (let ts = firstOpen(from, length, range); ts < Math.min(until, range.until); ts += length)
      opens.push(ts);
  }
  return Float64Array.from(opens);
}

/** How many `expectedOpens` there are, without listing them. */
export function expectedBarCount(
  calendar: CalendarId,
  timeframe: Timeframe,
  range: TimeRange,
  hours: Hours = 'regular',
): number {
  const length = timeframeLength(timeframe);
  return barSpans(calendar, timeframe, range, hours).reduce((count, { from, until }) => {
    const open = Math.min(until, range.until) - firstOpen(from, length, range);
    return count + Math.max(0, Math.ceil(open / length));
  }, 0);
}

/** Stretches in which bars follow one another without a gap: open spans, or single bars of whole days. */
function barSpans(
  calendar: CalendarId,
  timeframe: Timeframe,
  range: TimeRange,
  hours: Hours,
): readonly TimeRange[] {
  const length = timeframeLength(timeframe);
  if (length % DAY !== 0) {
    return sessionsIn(calendar, range).filter(({ kind }) => isWithin(hours, kind));
  }
  const starts = new Set(
    tradingDaysIn(calendar, range).map(({ from }) => bucketStart(calendar, timeframe, from)),
  );
  return [...starts]
    .filter((from) => from >= range.from)
    .map((from) => ({ from: epochMs(from), until: epochMs(from + 1) }));
}

function firstOpen(from: number, length: number, range: TimeRange): number {
  return from + Math.max(0, Math.ceil((range.from - from) / length)) * length;
}

function isWithin(hours: Hours, kind: SessionSpan['kind']): boolean {
  return kind === 'regular' || (hours === 'extended' && kind === 'extended');
}

function bucketOfDays(calendar: CalendarId, days: number, ts: number): TimeRange {
  const day = tradingDayAt(calendar, ts);
  if (days === 1) return { from: day.from, until: day.until };
  // 1970-01-01 was a Thursday: three days earlier is the Monday that weeks are counted from.
  const shift = days % 7 === 0 ? 3 : 0;
  const first = Math.floor((day.dayNumber + shift) / days) * days - shift;
  return { from: opening(calendar, first), until: opening(calendar, first + days) };
}

/** First opening of the first trading day on or after a date. */
function opening(calendar: CalendarId, dayNumber: number) {
  return tradingDay(calendar, nextTradingDay(calendar, dayNumber)).from;
}

function tradingDaysIn(calendar: CalendarId, range: TimeRange): readonly TradingDay[] {
  const days: TradingDay[] = [];
  if (range.from >= range.until) return days;
  for (let day = tradingDayAt(calendar, range.from); day.from < range.until;) {
    days.push(day);
    day = tradingDayAt(calendar, day.until);
  }
  return days;
}

function tradingDayAt(calendar: CalendarId, ts: number): TradingDay {
  const last = recent.get(calendar);
  if (last !== undefined && ts >= last.from && ts < last.until) return last;
  if (!Number.isFinite(ts)) throw new Error(`Not an instant: ${ts}`);
  // The evening of a date may belong to the trading day of the next one.
  let dayNumber = localDayNumber(calendars[calendar].zone, ts) + 1;
  while (!isTradingDay(calendar, dayNumber) || tradingDay(calendar, dayNumber).from > ts) dayNumber -= 1;
  const found = tradingDay(calendar, dayNumber);
  recent.set(calendar, found);
  return found;
}

function tradingDay(calendar: CalendarId, dayNumber: number): TradingDay {
  let days = built.get(calendar);
  if (days === undefined) built.set(calendar, (days = new Map<number, TradingDay>()));
  const known = days.get(dayNumber);
  if (known !== undefined) return known;
  if (days.size >= mostDaysKept) days.clear();
  const day = buildTradingDay(calendar, dayNumber);
  days.set(dayNumber, day);
  return day;
}

function buildTradingDay(calendar: CalendarId, dayNumber: number): TradingDay {
  const next = nextTradingDay(calendar, dayNumber + 1);
  const open = openSpans(calendar, dayNumber);
  const [from, closesAt] = [open[0]?.from, open.at(-1)?.until];
  const until = openSpans(calendar, next)[0]?.from;
  if (from === undefined || closesAt === undefined || until === undefined) {
    throw new Error(`${formatCivilDate(dayNumber)} is not a trading day of ${calendar}`);
  }
  const closed = closedSpans(calendar, { from: closesAt, until }, dayNumber + 1, next);
  return { dayNumber, from, until, spans: [...open, ...closed] };
}

function openSpans(calendar: CalendarId, dayNumber: number): readonly SessionSpan[] {
  const { zone, statusOf, full, half } = calendars[calendar];
  const { status, reason } = statusOf(dayNumber);
  if (status === 'closed') return [];
  return (status === 'half' ? half : full).map(([kind, from, until]) => ({
    kind,
    from: instantOfLocal(zone, dayNumber, from * MINUTE),
    until: instantOfLocal(zone, dayNumber, until * MINUTE),
    day: formatCivilDate(dayNumber),
    reason: reason === null ? null : `Half day: ${reason}`,
  }));
}

/** The closed time before trading day `next`, one span for each reason, parted at the midnight between two reasons. */
function closedSpans(
  calendar: CalendarId,
  gap: TimeRange,
  first: number,
  next: number,
): readonly SessionSpan[] {
  if (gap.from >= gap.until) return [];
  const closed = { kind: 'closed', day: null } as const;
  if (first === next) return [{ ...closed, ...gap, reason: 'Overnight' }];
  const spans: SessionSpan[] = [];
  let from = gap.from;
  for (let dayNumber = first; dayNumber < next; dayNumber += 1) {
    const { reason } = dayStatus(calendar, dayNumber);
    if (dayNumber + 1 < next && dayStatus(calendar, dayNumber + 1).reason === reason) continue;
    const isLast = dayNumber + 1 === next;
    const until = isLast ? gap.until : instantOfLocal(calendars[calendar].zone, dayNumber + 1);
    spans.push({ ...closed, from, until, reason });
    from = until;
  }
  return spans;
}

function nextTradingDay(calendar: CalendarId, dayNumber: number): number {
  let next = dayNumber;
  while (!isTradingDay(calendar, next)) next += 1;
  return next;
}

function isTradingDay(calendar: CalendarId, dayNumber: number): boolean {
  return dayStatus(calendar, dayNumber).status !== 'closed';
}

function equityStatus(dayNumber: number): DayStatus {
  if (isWeekend(dayNumber)) return weekend;
  const exception = nyseException(dayNumber);
  if (exception === null) return fullDay;
  return { status: exception.kind === 'holiday' ? 'closed' : 'half', reason: exception.name };
}
