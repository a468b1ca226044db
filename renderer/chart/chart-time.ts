import { epochMs, type EpochMs } from '#shared/units';
import type { UTCTimestamp } from 'lightweight-charts';

/** lightweight-charts counts in seconds; nothing outside this file may know. */
export function toChartTime(ts: number): UTCTimestamp {
  return (ts / 1000) as UTCTimestamp;
}

export function fromChartTime(time: unknown): EpochMs {
  return epochMs(Math.round(Number(time) * 1000));
}
