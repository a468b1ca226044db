import { durationMs, epochMs, type DurationMs, type EpochMs } from '../units.ts';

/** Half-open: holds `from`, stops short of `until`. */
export interface TimeRange {
  readonly from: EpochMs;
  readonly until: EpochMs;
}

export function overlaps(a: TimeRange, b: TimeRange): boolean {
  return a.from < b.until && b.from < a.until;
}

export function lengthOf(range: TimeRange): DurationMs {
  return durationMs(range.until - range.from);
}

export function startingAt(from: EpochMs, length: DurationMs): TimeRange {
  return { from, until: epochMs(from + length) };
}
