import type { Schedule } from '#shared/domain/schedule';
import { DAY, HOUR, MINUTE } from '#shared/units';
import { lastTime, type Timing } from './cron.ts';

/** What is to be done about one schedule at an instant. */
export type Decision =
  | { readonly kind: 'wait' }
  | { readonly kind: 'run'; readonly dueMs: number; readonly isLate: boolean }
  | { readonly kind: 'miss'; readonly dueMs: number; readonly because: string }
  /** The clock was far ahead and was put right: what was due since then is dealt with. */
  | { readonly kind: 'rewind' };

/** A look that comes later than this was not a look at the right time. */
const punctualMs = 2 * MINUTE;
/** Clocks are put back by an hour where summer ends by hand, or by a day where the date was wrong. */
const mostRewindMs = DAY + HOUR;

/**
 * Decides whether a schedule runs now: when it was due since it was last dealt with. Of several times that went by only
 * the last counts. It is run at once if it is not older than the schedule makes up for, else given up and said so.
 * A clock that was put back makes nothing due again.
 */
export function decideRun(
  { isOn, handledMs, catchUpHours }: Pick<Schedule, 'isOn' | 'handledMs' | 'catchUpHours'>,
  timing: Timing,
  nowMs: number,
): Decision {
  if (!isOn) return { kind: 'wait' };
  if (handledMs > nowMs) return handledMs - nowMs > mostRewindMs ? { kind: 'rewind' } : { kind: 'wait' };
  const dueMs = lastTime(timing, handledMs, nowMs);
  if (dueMs === null) return { kind: 'wait' };
  const lateMs = nowMs - dueMs;
  if (lateMs <= punctualMs) return { kind: 'run', dueMs, isLate: false };
  if (lateMs <= catchUpHours * HOUR) return { kind: 'run', dueMs, isLate: true };
  const because =
    catchUpHours === 0
      ? 'nothing had the store open, and missed runs are not made up for'
      : `nothing had the store open, and it is made up for within ${catchUpHours} hours only`;
  return { kind: 'miss', dueMs, because };
}
