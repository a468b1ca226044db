import type { EpochMs } from '../units.ts';

/** Half-open: holds `from`, stops short of `until`. */
export interface TimeRange {
  readonly from: EpochMs;
  readonly until: EpochMs;
}
