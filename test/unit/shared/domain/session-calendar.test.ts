import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '#shared/domain/civil-date';
import {
  bucketAt,
  calendarIds,
  dayStatus,
  expectedBarCount,
  expectedOpens,
  isOpen,
  nextBoundary,
  previousBoundary,
  sessionDayOf,
  sessionsIn,
  spanAt,
} from '#shared/domain/session-calendar';
import type { TimeRange } from '#shared/domain/time-range';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { formatIsoInZone, parseInstant } from '#shared/domain/zone-time';
import { epochMs, HOUR, MINUTE } from '#shared/units';

const newYork = 'America/New_York';

describe('sessionsIn', () => {
  it('shows a week with a holiday as a trader knows it', () => {
    expect(drawn('us-equity', '2025-08-29', '2025-09-03')).toEqual([
      '08-28 20:00 – 08-29 04:00 closed (Overnight)',
      '08-29 04:00 – 08-29 09:30 extended',
      '08-29 09:30 – 08-29 16:00 regular',
      '08-29 16:00 – 08-29 20:00 extended',
      '08-29 20:00 – 09-01 00:00 closed (Weekend)',
      '09-01 00:00 – 09-02 04:00 closed (Labor Day)',
      '09-02 04:00 – 09-02 09:30 extended',
      '09-02 09:30 – 09-02 16:00 regular',
      '09-02 16:00 – 09-02 20:00 extended',
      '09-02 20:00 – 09-03 04:00 closed (Overnight)',
    ]);
  });

  it('ends a half day at 13:00 and its extended hours at 17:00', () => {
    expect(drawn('us-equity', '2025-11-28T12:00', '2025-11-28T18:00')).toEqual([
      '11-28 09:30 – 11-28 13:00 regular (Half day: Day after Thanksgiving)',
      '11-28 13:00 – 11-28 17:00 extended (Half day: Day after Thanksgiving)',
      '11-28 17:00 – 12-01 04:00 closed (Weekend)',
    ]);
  });

  it('runs the currency week from Sunday to Friday evening, a day from 17:00 to 17:00', () => {
    expect(drawn('fx', '2025-09-05T12:00', '2025-09-09T12:00')).toEqual([
      '09-04 17:00 – 09-05 17:00 regular',
      '09-05 17:00 – 09-07 17:00 closed (Weekend)',
      '09-07 17:00 – 09-08 17:00 regular',
      '09-08 17:00 – 09-09 17:00 regular',
    ]);
  });

  it('never closes crypto', () => {
    const range = between('2024-12-20', '2025-01-05');
    expect(new Set(sessionsIn('crypto', range).map(({ kind }) => kind))).toEqual(new Set(['regular']));
  });

  it('keeps New York hours across the nights the clocks change', () => {
    for (const [from, until] of [
      ['2025-03-07', '2025-03-11'],
      ['2025-10-31', '2025-11-04'],
    ] as const) {
      const opens = sessionsIn('us-equity', between(from, until))
        .filter(({ kind }) => kind === 'regular')
        .map((span) => formatIsoInZone(newYork, span.from).slice(11, 16));
      expect(new Set(opens)).toEqual(new Set(['09:30']));
    }
  });

  it.each(calendarIds)('tiles any range of %s without a seam', (calendar) => {
    fc.assert(
      fc.property(instants(), fc.integer({ min: 1, max: 20 * 24 }), (from, hours) => {
        const range = { from: epochMs(from), until: epochMs(from + hours * HOUR) };
        const spans = sessionsIn(calendar, range);
        expect(spans[0]?.from).toBeLessThanOrEqual(range.from);
        expect(spans.at(-1)?.until).toBeGreaterThanOrEqual(range.until);
        spans.slice(1).forEach((span, index) => expect(span.from).toBe(spans[index]?.until));
      }),
    );
  });

  it('is empty for an empty range', () => {
    expect(sessionsIn('us-equity', between('2025-09-02', '2025-09-02'))).toEqual([]);
  });
});

describe('isOpen', () => {
  it('includes the first instant of a session and not the end', () => {
    const open = ['09:29', '09:30', '15:59', '16:00'].map((time) =>
      isOpen('us-equity', ts(`2025-09-02T${time}`)),
    );
    expect(open).toEqual([false, true, true, false]);
  });

  it('counts extended hours only when asked', () => {
    expect(isOpen('us-equity', ts('2025-09-02T08:00'))).toBe(false);
    expect(isOpen('us-equity', ts('2025-09-02T08:00'), 'extended')).toBe(true);
    expect(isOpen('us-equity', ts('2025-09-01T12:00'), 'extended')).toBe(false);
  });
});

describe('sessionDayOf', () => {
  it.each([
    ['us-equity', '2025-09-02T04:00', '2025-09-02'],
    ['us-equity', '2025-09-02T03:59', '2025-08-29'],
    ['us-equity', '2025-09-01T12:00', '2025-08-29'],
    ['fx', '2025-09-07T17:00', '2025-09-08'],
    ['fx', '2025-09-07T16:59', '2025-09-05'],
    ['crypto', '2025-09-06T19:59', '2025-09-06'],
    ['crypto', '2025-09-06T20:00', '2025-09-07'],
  ] as const)('of %s at %s New York is %s', (calendar, time, day) => {
    expect(sessionDayOf(calendar, ts(time))).toBe(day);
  });
});

describe('nextBoundary and previousBoundary', () => {
  it('step through a day', () => {
    const open = ts('2025-09-02T09:30');
    expect(nextBoundary('us-equity', open)).toBe(ts('2025-09-02T16:00'));
    expect(previousBoundary('us-equity', open)).toBe(ts('2025-09-02T04:00'));
    expect(previousBoundary('us-equity', open + 1)).toBe(open);
  });
});

describe('dayStatus', () => {
  it('says why a day is short or closed', () => {
    const days = ['2025-09-02', '2025-09-01', '2025-09-06', '2025-12-24'];
    expect(days.map((day) => dayStatus('us-equity', parseCivilDate(day) ?? 0))).toEqual([
      { status: 'full', reason: null },
      { status: 'closed', reason: 'Labor Day' },
      { status: 'closed', reason: 'Weekend' },
      { status: 'half', reason: 'Christmas Eve' },
    ]);
  });
});

describe('bucketAt', () => {
  it.each([
    ['us-equity', '1h', '2025-09-02T10:29', '09-02 09:30 – 09-02 10:30'],
    ['us-equity', '1h', '2025-09-02T15:45', '09-02 15:30 – 09-02 16:00'],
    ['us-equity', '1h', '2025-09-02T09:10', '09-02 09:00 – 09-02 09:30'],
    ['us-equity', '4h', '2025-09-02T14:00', '09-02 13:30 – 09-02 16:00'],
    ['us-equity', '1d', '2025-09-02T14:00', '09-02 04:00 – 09-03 04:00'],
    ['us-equity', '1w', '2025-09-04T14:00', '09-02 04:00 – 09-08 04:00'],
    ['us-equity', '5m', '2025-09-02T09:33', '09-02 09:30 – 09-02 09:35'],
    ['fx', '1d', '2025-09-07T18:00', '09-07 17:00 – 09-08 17:00'],
    ['fx', '4h', '2025-09-08T02:00', '09-08 01:00 – 09-08 05:00'],
    ['fx', '1w', '2025-09-10T02:00', '09-07 17:00 – 09-14 17:00'],
    ['crypto', '1d', '2025-09-06T12:00', '09-05 20:00 – 09-06 20:00'],
  ] as const)('puts %s %s at %s into %s', (calendar, timeframe, time, bucket) => {
    expect(draw(bucketAt(calendar, tf(timeframe), ts(time)))).toBe(bucket);
  });

  it.each(calendarIds)('holds its instant, and shorter bars of %s lie within longer ones', (calendar) => {
    const ladder = ['1m', '5m', '15m', '1h', '4h', '1d', '1w'].map(tf);
    fc.assert(
      fc.property(instants(), (at) => {
        const buckets = ladder.map((timeframe) => bucketAt(calendar, timeframe, at));
        buckets.forEach((bucket, index) => {
          expect(bucket.from).toBeLessThanOrEqual(at);
          expect(bucket.until).toBeGreaterThan(at);
          expect(bucketAt(calendar, ladder[index] ?? tf('1m'), bucket.from)).toEqual(bucket);
          const longer = buckets[index + 1] ?? bucket;
          expect(longer.from).toBeLessThanOrEqual(bucket.from);
          expect(longer.until).toBeGreaterThanOrEqual(bucket.until);
        });
      }),
    );
  });

  it('refuses what is not an instant', () => {
    expect(() => bucketAt('fx', tf('1h'), Number.NaN)).toThrow('Not an instant: NaN');
  });
});

describe('expectedOpens', () => {
  const day = between('2025-09-02', '2025-09-03');

  it.each([
    ['us-equity', '1m', 'regular', 390],
    ['us-equity', '1m', 'extended', 960],
    ['us-equity', '5m', 'regular', 78],
    ['us-equity', '1h', 'regular', 7],
    ['us-equity', '1d', 'regular', 1],
    ['fx', '1m', 'regular', 1440],
    ['crypto', '15m', 'regular', 96],
  ] as const)('of one day of %s %s in %s hours are %d', (calendar, timeframe, hours, count) => {
    expect(expectedOpens(calendar, tf(timeframe), day, hours)).toHaveLength(count);
  });

  it('has half the bars on a half day and none on a holiday', () => {
    const counts = (['2025-11-26', '2025-11-27', '2025-11-28'] as const).map((date) =>
      expectedBarCount('us-equity', tf('1m'), { from: ts(date), until: epochMs(ts(date) + 24 * HOUR) }),
    );
    expect(counts).toEqual([390, 0, 210]);
  });

  it('are the opens of buckets, inside the range, in order, and as many as are counted', () => {
    const timeframes = ['1m', '2m', '7m', '15m', '1h', '4h', '1d', '1w'].map(tf);
    fc.assert(
      fc.property(
        instants(),
        fc.integer({ min: 0, max: 5_000 }),
        fc.constantFrom(...timeframes),
        fc.constantFrom(...calendarIds),
        (from, minutes, timeframe, calendar) => {
          const range = { from: epochMs(from), until: epochMs(from + minutes * MINUTE) };
          const opens = [...expectedOpens(calendar, timeframe, range, 'extended')];
          expect(opens).toHaveLength(expectedBarCount(calendar, timeframe, range, 'extended'));
          expect(opens.toSorted((a, b) => a - b)).toEqual(opens);
          for (const open of opens) {
            expect(bucketAt(calendar, timeframe, open).from).toBe(open);
            expect(open >= range.from && open < range.until).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

function ts(text: string) {
  const parsed = parseInstant(text, newYork);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.ts;
}

function between(from: string, until: string): TimeRange {
  return { from: ts(from), until: ts(until) };
}

function instants() {
  return fc.integer({ min: Date.UTC(1998, 0, 5), max: Date.UTC(2035, 11, 20) });
}

function tf(text: string): Timeframe {
  const timeframe = parseTimeframe(text);
  if (timeframe === null || timeframeLength(timeframe) <= 0) throw new Error(text);
  return timeframe;
}

function drawn(calendar: (typeof calendarIds)[number], from: string, until: string): string[] {
  return sessionsIn(calendar, between(from, until)).map((span) => {
    expect(spanAt(calendar, span.from)).toEqual(span);
    return `${draw(span)} ${span.kind}${span.reason === null ? '' : ` (${span.reason})`}`;
  });
}

function draw({ from, until }: TimeRange): string {
  const text = (at: number) => formatIsoInZone(newYork, at).slice(5, 16).replace('T', ' ');
  return `${text(from)} – ${text(until)}`;
}
