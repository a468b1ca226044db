import { civilDateOf, formatCivilDate, twoDigits, weekdayOf } from '#shared/domain/civil-date';
import { zoneAbbreviation } from '#shared/domain/zone-offsets';
import { instantBounds, localPartsAt } from '#shared/domain/zone-time';
import { DAY, HOUR, MINUTE, SECOND } from '#shared/units';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `2025-09-02 09:30:00 EDT`: the zone always shows. */
export function formatInstant(ts: number | null, zone: string): string {
  if (ts === null || !Number.isFinite(ts)) return '–';
  const { dayNumber, hour, minute, second, millisecond } = localPartsAt(zone, ts);
  const fraction = millisecond === 0 ? '' : `.${String(millisecond).padStart(3, '0')}`;
  const time = `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}${fraction}`;
  return `${formatCivilDate(dayNumber)} ${time} ${zoneNameAt(zone, ts)}`;
}

/** The same without thousandths, which nobody needs of when something was done. */
export function formatSecond(ts: number, zone: string): string {
  return formatInstant(Math.floor(ts / 1_000) * 1_000, zone);
}

/** `Tue 2025-09-02 09:30 EDT`, as a crosshair says it; without the time of day for bars of a day and longer. */
export function formatBarTime(ts: number, zone: string, barLength: number): string {
  if (!Number.isFinite(ts)) return '–';
  const { dayNumber, hour, minute, second, weekday } = localPartsAt(zoneOfBars([ts], barLength, zone), ts);
  const date = `${weekdays[weekday] ?? ''} ${formatCivilDate(dayNumber)}`;
  if (barLength >= DAY) return date;
  const seconds = barLength < MINUTE ? `:${twoDigits(second)}` : '';
  return `${date} ${twoDigits(hour)}:${twoDigits(minute)}${seconds} ${zoneNameAt(zone, ts)}`;
}

/**
 * The zone in which bars have their date: days that begin at midnight UTC are days of UTC, wherever they are looked at
 * from; in New York each of them would be called by the day before.
 */
export function zoneOfBars(ts: ArrayLike<number>, barLength: number, zone: string): string {
  if (barLength < DAY) return zone;
  for (let index = 0; index < ts.length; index += 1) {
    if ((ts[index] ?? 0) % DAY !== 0) return zone;
  }
  return 'UTC';
}

/** `2025-09-02 09:30`, for a field that is typed into. */
export function formatTypedTime(ts: number, zone: string): string {
  const { dayNumber, hour, minute } = localPartsAt(zone, ts);
  return `${formatCivilDate(dayNumber)} ${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** `2025-09-02 09:30`, with the seconds when there are some: what is typed back gives the same instant. */
export function formatExactTime(ts: number, zone: string): string {
  const { second, millisecond } = localPartsAt(zone, ts);
  if (second === 0 && millisecond === 0) return formatTypedTime(ts, zone);
  const fraction = millisecond === 0 ? '' : `.${String(millisecond).padStart(3, '0')}`;
  return `${formatTypedTime(ts, zone)}:${twoDigits(second)}${fraction}`;
}

/** `Tue Sep 2`, of a date in days since 1970-01-01. */
export function formatDate(dayNumber: number): string {
  const { month, day } = civilDateOf(dayNumber);
  return `${weekdays[weekdayOf(dayNumber)] ?? ''} ${months[month - 1] ?? ''} ${day}`;
}

/** `09:30:12`. */
export function formatClock(ts: number, zone: string): string {
  const { hour, minute, second } = localPartsAt(zone, ts);
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`;
}

/** What a mark on a time axis stands for, coarsest first. */
export type AxisMark = 'year' | 'month' | 'day' | 'time' | 'time-with-seconds';

/** `2025`, `Sep`, `Tue 2`, `09:30` or `09:30:12`, of an instant in ms UTC, as clocks in the zone have it. */
export function formatAxisMark(ts: number, mark: AxisMark, zone: string): string {
  const { year, month, day, hour, minute, second, weekday } = localPartsAt(zone, ts);
  switch (mark) {
    case 'year':
      return String(year);
    case 'month':
      return months[month - 1] ?? '';
    case 'day':
      return `${weekdays[weekday] ?? ''} ${day}`;
    case 'time':
      return `${twoDigits(hour)}:${twoDigits(minute)}`;
    case 'time-with-seconds':
      return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`;
  }
}

/** `EDT` at that instant; the table's edge decides beyond the years it knows. */
export function zoneNameAt(zone: string, ts: number): string {
  const known = Math.min(Math.max(ts, instantBounds.from), instantBounds.until);
  return zoneAbbreviation(zone, Number.isFinite(known) ? known : instantBounds.from);
}

/** `3 d 4 h`, `12 min`, `5 s`: the two largest units. */
export function formatDuration(lengthMs: number): string {
  if (!Number.isFinite(lengthMs)) return '–';
  const length = Math.abs(lengthMs);
  const [days, hours] = [Math.floor(length / DAY), Math.floor((length % DAY) / HOUR)];
  const [minutes, seconds] = [Math.floor((length % HOUR) / MINUTE), Math.floor((length % MINUTE) / SECOND)];
  const sign = lengthMs < 0 ? '−' : '';
  if (days > 0) return `${sign}${days} d${hours > 0 ? ` ${hours} h` : ''}`;
  if (hours > 0) return `${sign}${hours} h${minutes > 0 ? ` ${minutes} min` : ''}`;
  if (minutes > 0) return `${sign}${minutes} min${seconds > 0 ? ` ${seconds} s` : ''}`;
  return `${sign}${seconds} s`;
}
