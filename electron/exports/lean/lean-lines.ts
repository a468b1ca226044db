import type { Candle } from '#shared/domain/candle';
import { formatCivilDate, twoDigits } from '#shared/domain/civil-date';
import type { LeanSecurity } from '#shared/domain/export-profile';
import { offsetMsAt } from '#shared/domain/zone-offsets';
import { DAY, HOUR, MINUTE } from '#shared/units';
import { plainDecimal, scaledDigits } from './decimal-text.ts';
import { isWholeFile, type LeanResolution } from './lean-layout.ts';

/** Equity prices are whole numbers of a hundredth of a cent. */
const equityPlaces = 4;

/** The local date of a bar, days since 1970-01-01, and ms since its midnight. */
export function leanTime(
  ts: number,
  zone: string,
): { readonly dayNumber: number; readonly timeOfDay: number } {
  const local = ts + offsetMsAt(zone, ts);
  const dayNumber = Math.floor(local / DAY);
  return { dayNumber, timeOfDay: local - dayNumber * DAY };
}

/** One line of a Lean file, without its end. */
export function leanLine(
  bar: Candle,
  resolution: LeanResolution,
  security: LeanSecurity,
  zone: string,
): string {
  const { dayNumber, timeOfDay } = leanTime(bar.ts, zone);
  const price = (value: number) =>
    security === 'equity' ? scaledDigits(value, equityPlaces) : plainDecimal(value);
  const prices = [bar.open, bar.high, bar.low, bar.close].map(price);
  const time = isWholeFile(resolution)
    ? longTime(dayNumber, resolution === 'daily' ? 0 : timeOfDay)
    : timeOfDay;
  // Foreign exchange is quotes: ours are the bid, and Lean leaves a side empty that there is none of.
  const ask = security === 'forex' ? ['', '', '', '', '0'] : [];
  return [time, ...prices, plainDecimal(bar.volume), ...ask].join(',');
}

/** `20131007 09:30`. */
function longTime(dayNumber: number, timeOfDay: number): string {
  const day = formatCivilDate(dayNumber).replaceAll('-', '');
  return `${day} ${twoDigits(Math.floor(timeOfDay / HOUR))}:${twoDigits(Math.floor(timeOfDay / MINUTE) % 60)}`;
}

/** Lines of both by their times, in order; where both have a time the later ones count. */
export function mergeLeanLines(known: readonly string[], added: readonly string[]): string[] {
  const byTime = new Map<string, string>();
  for (const line of [...known, ...added]) byTime.set(line.slice(0, line.indexOf(',')), line);
  return [...byTime].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}
