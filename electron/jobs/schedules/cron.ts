import { isZone } from '#shared/domain/zone-offsets';
import { WorkbenchError } from '#shared/errors';
import { MINUTE } from '#shared/units';
import { Cron } from 'croner';

/** When something is due. */
export interface Timing {
  /** The first time strictly after an instant; null when there is none. */
  readonly next: (afterMs: number) => number | null;
}

/**
 * Reads a cron expression of five fields by the clocks of a zone.
 *
 * A time that the clocks skip is due when they have skipped it, one that they show twice is due the first time; what
 * has a step or a `*` in its hours or minutes goes by the time that passes. Throws `argument-invalid`, which names the
 * field, for what is no expression and for one that is never due.
 */
export function readTiming(cron: string, zone: string, nowMs: number): Timing {
  if (!isZone(zone))
    throw new WorkbenchError('argument-invalid', `zone: ${zone} is not a time zone of the IANA list`);
  const timing = parse(cron.trim(), zone);
  if (timing.next(nowMs) === null)
    throw new WorkbenchError('argument-invalid', `cron: ${cron} never fires, because there is no such day`);
  return timing;
}

/** The first so many times strictly after an instant. */
export function nextTimes({ next }: Timing, afterMs: number, count: number): readonly number[] {
  const times: number[] = [];
  for (let time = next(afterMs); time !== null && times.length < count; time = next(time)) times.push(time);
  return times;
}

/** The last time in a span, the beginning left out; null when there is none. */
export function lastTime({ next }: Timing, afterMs: number, untilMs: number): number | null {
  // From the end, in ever longer steps: a span may hold years of minutes.
  for (let length: number = MINUTE; ; length *= 2) {
    const from = Math.max(afterMs, untilMs - length);
    let last: number | null = null;
    for (let time = next(from); time !== null && time <= untilMs; time = next(time)) last = time;
    if (last !== null || from === afterMs) return last;
  }
}

/** What there is beside the five fields: `@daily` and the like. */
const nickname = /^@[a-z]+$/;

function parse(cron: string, zone: string): Timing {
  // The library would also take a single date.
  if (cron.split(/\s+/).length !== 5 && !nickname.test(cron))
    throw new WorkbenchError(
      'argument-invalid',
      `cron: ${cron === '' ? 'is empty' : `${cron} has not five fields`}; write minute, hour, day, month and weekday, such as 30 3 * * *`,
    );
  try {
    const pattern = new Cron(cron, {
      timezone: zone,
      mode: '5-part',
      fixedTimeRule: 'no-wildcard',
      paused: true,
    });
    return { next: (afterMs) => pattern.nextRun(new Date(afterMs))?.getTime() ?? null };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    throw new WorkbenchError('argument-invalid', `cron: ${cron} is no cron expression (${why})`, {
      cause: error,
    });
  }
}
