import { DAY, HOUR, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { lastTime, nextTimes, readTiming } from '../../../../../electron/jobs/schedules/cron.ts';
import { decideRun } from '../../../../../electron/jobs/schedules/decide-run.ts';

const newYork = 'America/New_York';
const at = (text: string) => Date.parse(text);
const iso = (times: readonly number[]) => times.map((ms) => new Date(ms).toISOString().slice(0, 16));

/** What a schedule does while a clock shows these instants, one look after the other. */
function lookingAt(cron: string, instants: readonly number[], { zone = newYork, catchUpHours = 12 } = {}) {
  const [startMs = 0] = instants;
  const timing = readTiming(cron, zone, startMs);
  let handledMs = startMs;
  const runs: number[] = [];
  const missed: number[] = [];
  for (const nowMs of instants) {
    const decision = decideRun({ isOn: true, handledMs, catchUpHours }, timing, nowMs);
    if (decision.kind === 'run') runs.push(decision.dueMs);
    if (decision.kind === 'miss') missed.push(decision.dueMs);
    if (decision.kind === 'run' || decision.kind === 'miss') handledMs = decision.dueMs;
    if (decision.kind === 'rewind') handledMs = nowMs;
  }
  return { runs: iso(runs), missed: iso(missed) };
}

function everyQuarter(from: string, until: string): readonly number[] {
  const count = (at(until) - at(from)) / (15 * MINUTE);
  return Array.from({ length: count }, (_, place) => at(from) + place * 15 * MINUTE);
}

describe('a schedule by the clocks of New York', () => {
  it('runs at 02:30 once in the night that has no 02:30', () => {
    expect(lookingAt('30 2 * * *', everyQuarter('2025-03-09T05:00Z', '2025-03-10T07:00Z')).runs).toEqual([
      '2025-03-09T07:00',
      '2025-03-10T06:30',
    ]);
  });

  it('runs at 01:30 once in the night that has 01:30 twice', () => {
    expect(lookingAt('30 1 * * *', everyQuarter('2025-11-02T04:00Z', '2025-11-03T07:00Z')).runs).toEqual([
      '2025-11-02T05:30',
      '2025-11-03T06:30',
    ]);
  });

  it('runs at each of several hours once, whatever the night does to them', () => {
    expect(lookingAt('30 1,3 * * *', everyQuarter('2025-11-02T04:00Z', '2025-11-02T12:00Z')).runs).toEqual([
      '2025-11-02T05:30',
      '2025-11-02T08:30',
    ]);
  });

  it('runs every half hour of the time that passes', () => {
    const autumn = lookingAt('*/30 * * * *', everyQuarter('2025-11-02T04:45Z', '2025-11-02T07:15Z'));
    expect(autumn.runs.map((time) => time.slice(11))).toEqual(['05:00', '05:30', '06:00', '06:30', '07:00']);
    const spring = lookingAt('*/30 * * * *', everyQuarter('2025-03-09T06:15Z', '2025-03-09T08:15Z'));
    expect(spring.runs.map((time) => time.slice(11))).toEqual(['06:30', '07:00', '07:30', '08:00']);
  });
});

describe('a clock that jumps', () => {
  it('makes nothing run twice when it is put back by an hour', () => {
    const before = everyQuarter('2025-09-02T09:00Z', '2025-09-02T10:45Z');
    const after = everyQuarter('2025-09-02T09:45Z', '2025-09-02T11:30Z');
    expect(lookingAt('30 * * * *', [...before, ...after], { zone: 'UTC' }).runs).toEqual([
      '2025-09-02T09:30',
      '2025-09-02T10:30',
    ]);
  });

  it('does not keep a schedule from running when it was years ahead and is put right', () => {
    const instants = [at('2025-09-02T09:00Z'), at('2040-01-01T00:00Z')];
    const right = everyQuarter('2025-09-02T09:15Z', '2025-09-02T10:00Z');
    expect(lookingAt('30 * * * *', [...instants, ...right], { zone: 'UTC' }).runs).toEqual([
      '2039-12-31T23:30',
      '2025-09-02T09:30',
    ]);
  });
});

describe('runs that were missed', () => {
  const monday = at('2025-09-01T12:00Z');

  it('are made up for by one, the last, when it is not too old', () => {
    const asleep = [monday, at('2025-09-05T06:00Z')];
    expect(lookingAt('30 3 * * *', asleep, { zone: 'UTC' })).toEqual({
      runs: ['2025-09-05T03:30'],
      missed: [],
    });
  });

  it('are given up when the last is too old, or none is to be made up for', () => {
    const asleep = [monday, at('2025-09-05T18:00Z')];
    expect(lookingAt('30 3 * * *', asleep, { zone: 'UTC' })).toEqual({
      runs: [],
      missed: ['2025-09-05T03:30'],
    });
    const minutesLate = [monday, at('2025-09-02T03:40Z')];
    expect(lookingAt('30 3 * * *', minutesLate, { zone: 'UTC', catchUpHours: 0 })).toEqual({
      runs: [],
      missed: ['2025-09-02T03:30'],
    });
  });

  it('are found over years of minutes', () => {
    const minutes = readTiming('* * * * *', 'UTC', monday);
    expect(lastTime(minutes, monday - 3_650 * DAY, monday + 30_000)).toBe(monday);
    const yearly = readTiming('0 0 29 2 *', 'UTC', monday);
    expect(iso([lastTime(yearly, 0, monday) ?? 0])).toEqual(['2024-02-29T00:00']);
    expect(lastTime(yearly, monday, monday + 365 * DAY)).toBeNull();
  });

  it('do not count while a schedule is off', () => {
    const timing = readTiming('* * * * *', 'UTC', monday);
    const off = { isOn: false, handledMs: monday - HOUR, catchUpHours: 12 };
    expect(decideRun(off, timing, monday)).toEqual({ kind: 'wait' });
  });
});

describe('readTiming', () => {
  const now = at('2025-09-02T12:00Z');

  it.each([
    ['0 0 30 2 *', 'cron: 0 0 30 2 * never fires, because there is no such day'],
    ['0 0 31 4,6,9,11 *', 'never fires'],
    ['hello', 'cron: hello has not five fields'],
    ['', 'cron: is empty'],
    ['61 * * * *', 'Invalid value for minute: 61'],
    ['* * * * * *', 'has not five fields'],
    ['a b c d e', 'is no cron expression'],
    ['0 0 1 13 *', 'Invalid value for month'],
    ['0 0 * * 9', 'Invalid value for dayOfWeek'],
    ['2025-11-03T10:00:00', 'has not five fields'],
    ['@reboot', 'is no cron expression'],
  ])('refuses %j by name', (cron, why) => {
    expect(() => readTiming(cron, 'UTC', now)).toThrow(why);
  });

  it('refuses a zone that there is not', () => {
    expect(() => readTiming('* * * * *', 'Mars/Olympus', now)).toThrow('zone: Mars/Olympus');
  });

  it('tells the next times in the clocks of its zone', () => {
    expect(iso(nextTimes(readTiming('15 20 * * MON-FRI', newYork, now), now, 5))).toEqual([
      '2025-09-03T00:15',
      '2025-09-04T00:15',
      '2025-09-05T00:15',
      '2025-09-06T00:15',
      '2025-09-09T00:15',
    ]);
  });
});
