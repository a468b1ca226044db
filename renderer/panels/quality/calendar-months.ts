import { civilDateOf, parseCivilDate } from '#shared/domain/civil-date';
import type { DayCoverage } from '#shared/domain/quality';

/** The days of a month; the first of a year names that, too. */
export interface CalendarMonth {
  /** `2025-09`. */
  readonly id: string;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** By day of the month from 1; a day without anything to say is null. */
  readonly days: readonly (DayCoverage | null)[];
}

/** Days in rows of months, oldest first. */
export function calendarMonths(days: readonly DayCoverage[]): readonly CalendarMonth[] {
  const months = new Map<
    string,
    { readonly year: number; readonly month: number; days: (DayCoverage | null)[] }
  >();
  for (const day of days) {
    const date = civilDateOf(parseCivilDate(day.day) ?? 0);
    const id = day.day.slice(0, 7);
    const month = months.get(id) ?? { year: date.year, month: date.month, days: [] };
    while (month.days.length < date.day - 1) month.days.push(null);
    month.days[date.day - 1] = day;
    months.set(id, month);
  }
  return [...months].map(([id, month]) => ({ id, ...month }));
}

/** How full a day is, as the calendar shades it. */
export type Shade = 'closed' | 'missing' | 'little' | 'some' | 'most' | 'all';

/** By the share of the expected bars that is there: from 95 % on `most`, from half of them on `some`. */
export function shadeOf({ state, found, expected }: DayCoverage): Shade {
  if (state === 'closed' || state === 'missing') return state;
  if (state === 'complete') return 'all';
  const share = found / expected;
  if (share >= 0.95) return 'most';
  return share >= 0.5 ? 'some' : 'little';
}

const moves: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  Home: -Infinity,
  End: Infinity,
};

/** The day that a key leads to; null for keys that lead nowhere. Up and down lead to the same day of another month. */
export function dayAfterKey(days: readonly DayCoverage[], from: number, key: string): number | null {
  const last = days.length - 1;
  const move = moves[key];
  if (move !== undefined) return Math.min(last, Math.max(0, from + move));
  if (key === 'ArrowUp' || key === 'PageUp') return sameDayOf(days, from, key === 'ArrowUp' ? -1 : -12);
  if (key === 'ArrowDown' || key === 'PageDown') return sameDayOf(days, from, key === 'ArrowDown' ? 1 : 12);
  return null;
}

function sameDayOf(days: readonly DayCoverage[], from: number, months: number): number {
  const first = parseCivilDate(days[0]?.day ?? '') ?? 0;
  const now = civilDateOf(parseCivilDate(days[from]?.day ?? '') ?? 0);
  const count = now.year * 12 + now.month - 1 + months;
  const id = `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
  const ofMonth = days.filter(({ day }) => day.startsWith(id));
  const wanted = ofMonth.find(({ day }) => Number(day.slice(8)) >= now.day) ?? ofMonth.at(-1);
  if (wanted === undefined) return months < 0 ? 0 : days.length - 1;
  return (parseCivilDate(wanted.day) ?? first) - first;
}
