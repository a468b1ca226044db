import { localPartsAt } from '#shared/domain/zone-time';
import { offsetMsAt } from '#shared/domain/zone-offsets';
import { DAY, HOUR, MINUTE, SECOND } from '#shared/units';

// The library's own weights: a mark with a greater one wins the place.
const weights = { year: 70, month: 60, day: 50, second: 10 } as const;
const withinDay = [
  { length: 12 * HOUR, weight: 33 },
  { length: 6 * HOUR, weight: 32 },
  { length: 3 * HOUR, weight: 31 },
  { length: HOUR, weight: 30 },
  { length: 30 * MINUTE, weight: 22 },
  { length: 5 * MINUTE, weight: 21 },
  { length: MINUTE, weight: 20 },
  { length: SECOND, weight: weights.second },
] as const;

/**
 * How important the mark of a bar is on the axis, by the calendar and clock of a zone: its midnight is where the
 * day begins, not the one in UTC.
 */
export function tickWeight(before: number, at: number, zone: string): number {
  const localBefore = before + offsetMsAt(zone, before);
  const local = at + offsetMsAt(zone, at);
  if (Math.floor(local / DAY) !== Math.floor(localBefore / DAY)) {
    const [a, b] = [localPartsAt(zone, before), localPartsAt(zone, at)];
    if (a.year !== b.year) return weights.year;
    return a.month === b.month ? weights.day : weights.month;
  }
  const boundary = withinDay.find(
    ({ length }) => Math.floor(local / length) !== Math.floor(localBefore / length),
  );
  return boundary?.weight ?? 0;
}
