import { DAY, durationMs, HOUR, MINUTE, SECOND, type DurationMs } from '../units.ts';

declare const brand: unique symbol;

/** A bar length in the spelling of the disk: a whole number and `s`, `m`, `h`, `d` or `w`, lower case (`5m`, `1d`). */
export type Timeframe = string & { readonly [brand]: 'Timeframe' };

const unitLengths: Readonly<Record<string, DurationMs>> = {
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: durationMs(7 * DAY),
};

/** Reads a timeframe in any case (`5M` is five minutes, as the bots write it); null for anything else. */
export function parseTimeframe(text: string): Timeframe | null {
  const match = /^([1-9]\d{0,3})([smhdw])$/.exec(text.toLowerCase());
  return match === null ? null : (match[0] as Timeframe);
}

/** Stands in place of a timeframe where rows are no bars: each trade and each quote by itself. */
export const tick = 'tick';
export type Resolution = Timeframe | typeof tick;

/** Reads a timeframe or `tick`, in any case; null for anything else. */
export function parseResolution(text: string): Resolution | null {
  return text.toLowerCase() === tick ? tick : parseTimeframe(text);
}

/** The length of one bar. Days and weeks count as 24 hours each; sessions decide where they begin. */
export function timeframeLength(timeframe: Timeframe): DurationMs {
  const unitLength = unitLengths[timeframe.slice(-1)] ?? MINUTE;
  return durationMs(Number(timeframe.slice(0, -1)) * unitLength);
}

/**
 * The grid that the opens of a timeframe stand on. Lengths that divide half an hour stand on their own multiples
 * in UTC; longer ones may be anchored to a session (an hour that starts at 09:30), so only whole minutes are asked.
 */
export function alignmentStep(timeframe: Timeframe): DurationMs {
  const length = timeframeLength(timeframe);
  if (length < MINUTE) return SECOND;
  return (30 * MINUTE) % length === 0 ? length : MINUTE;
}

/** Shortest first; those of one length (`60m`, `1h`) in the order of their spelling. */
export function compareTimeframes(a: Timeframe, b: Timeframe): number {
  return timeframeLength(a) - timeframeLength(b) || (a < b ? -1 : Number(a > b));
}
