import { epochMs, type EpochMs } from '#shared/units';
import type { UTCTimestamp } from 'lightweight-charts';

/** lightweight-charts counts in seconds; nothing outside this file may know. */
export function toChartTime(ts: number): UTCTimestamp {
  return (ts / 1000) as UTCTimestamp;
}

/** Ms UTC from the seconds that the library hands over, in whole ms; NaN for what is no number. */
export function fromChartTime(time: unknown): EpochMs {
  return epochMs(Math.round(Number(time) * 1000));
}
