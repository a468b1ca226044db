import { expectedBarCount, expectedOpens, type CalendarId } from '#shared/domain/session-calendar';
import type { FindingKind } from '#shared/domain/quality';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { epochMs } from '#shared/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanStretch, type ScannedStretch } from '../../../../../electron/queries/quality/scan-stretch.ts';
import { wanderingBars, writtenBars, type GivenBar } from '../../../../helpers/written-bars.ts';

const minute = 60_000;
const hour = 60 * minute;
const later = Date.UTC(2030, 0, 1);
const tf = (text: string) => parseTimeframe(text) as Timeframe;

/** The regular hours of a date in New York, in summer. */
const opening = Date.UTC(2025, 8, 2, 13, 30);
const tuesday = { from: Date.UTC(2025, 8, 2, 8), until: Date.UTC(2025, 8, 3, 0) };

interface Question {
  readonly calendar?: CalendarId;
  readonly timeframe?: string;
  readonly from?: number;
  readonly until?: number;
  readonly now?: number;
}

function scan(bars: readonly GivenBar[], question: Question = {}): ScannedStretch {
  const { calendar = 'us-equity', timeframe = '1m', now = later } = question;
  const { from, until } = { ...tuesday, ...question };
  return scanStretch(writtenBars(bars), { calendar, timeframe: tf(timeframe), from, until, now });
}

function opensOf(question: Question = {}): number[] {
  const { calendar = 'us-equity', timeframe = '1m' } = question;
  const { from, until } = { ...tuesday, ...question };
  return [...expectedOpens(calendar, tf(timeframe), { from: epochMs(from), until: epochMs(until) })];
}

const missingBars = ({ missing }: ScannedStretch) => missing.reduce((sum, { bars }) => sum + bars, 0);
const kinds = ({ findingRows }: ScannedStretch) =>
  Object.fromEntries(Object.entries(findingRows).filter(([, rows]) => rows > 0));
/** A trading day of wandering bars in which some are other than that. */
const dayWith = (changes: Readonly<Record<number, Partial<GivenBar>>>) =>
  wanderingBars(opensOf()).map((bar, index) => ({ ...bar, ...changes[index] }));
const bar = (index: number) => opening + index * minute;

describe('coverage', () => {
  it('finds a full day complete, and counts what is traded outside the regular hours', () => {
    const early = wanderingBars([opening - 90 * minute, opening - minute]);
    const { days } = scan([...early, ...wanderingBars(opensOf())]);
    expect(days).toMatchObject([{ day: '2025-09-02', slots: 390, found: 390, extended: 2 }]);
  });

  it('expects no bar outside the regular hours', () => {
    expect(scan(wanderingBars(opensOf())).missing).toEqual([]);
  });

  it('says which bars of a day are not there', () => {
    const { missing, days } = scan(
      wanderingBars(opensOf()).filter((_, index) => index < 100 || index >= 130),
    );
    expect(missing).toEqual([{ day: 0, from: bar(100), until: bar(130), bars: 30 }]);
    expect(days[0]).toMatchObject({ slots: 390, found: 360 });
  });

  it('expects fewer bars of a half day, and none of a holiday', () => {
    const thanksgiving = { from: Date.UTC(2025, 10, 27, 5), until: Date.UTC(2025, 10, 29, 5) };
    const half = opensOf(thanksgiving);
    expect(half).toHaveLength(210);
    const { days, missing } = scan(wanderingBars(half), thanksgiving);
    expect(days.filter(({ slots }) => slots > 0)).toMatchObject([
      { day: '2025-11-28', slots: 210, found: 210, reason: 'Half day: Day after Thanksgiving' },
    ]);
    expect(missing).toEqual([]);
  });

  it.each([
    ['spring', Date.UTC(2025, 2, 7), Date.UTC(2025, 2, 12)],
    ['autumn', Date.UTC(2025, 9, 31), Date.UTC(2025, 10, 5)],
  ])('is not confused by the night in %s on which New York changes its clocks', (_, from, until) => {
    for (const calendar of ['us-equity', 'fx', 'crypto'] as const) {
      const question = { calendar, from, until };
      expect(scan(wanderingBars(opensOf(question)), question).missing).toEqual([]);
    }
  });

  it('takes bars of full clock hours for the hours from the opening bell', () => {
    const clockHours = Array.from({ length: 7 }, (_, index) => Date.UTC(2025, 8, 2, 13 + index));
    const { missing, days } = scan(wanderingBars(clockHours), { timeframe: '1h' });
    expect(missing).toEqual([]);
    expect(days[0]).toMatchObject({ slots: 7, found: 7 });
  });

  it('does not expect a bar before it has closed', () => {
    const now = opening + 10 * minute + 30_000;
    const { days, missing } = scan(wanderingBars(opensOf()).slice(0, 10), { now });
    expect(days[0]).toMatchObject({ slots: 10, found: 10 });
    expect(missing).toEqual([]);
  });

  it.each([
    ['midnight in UTC', (date: number) => date],
    ['midnight at the exchange', (date: number) => date + 4 * hour],
    ['the opening bell', (date: number) => date + 13.5 * hour],
  ])('knows daily bars that are stamped with %s', (_, stamp) => {
    const dates = [2, 3, 5, 8].map((date) => Date.UTC(2025, 8, date));
    const range = { timeframe: '1d', from: Date.UTC(2025, 8, 2, 8), until: Date.UTC(2025, 8, 9, 8) };
    const { days, missing } = scan(wanderingBars(dates.map(stamp)), range);
    expect(days.map(({ day: date, found }) => [date, found])).toEqual([
      ['2025-09-02', 1],
      ['2025-09-03', 1],
      ['2025-09-04', 0],
      ['2025-09-05', 1],
      ['2025-09-08', 1],
    ]);
    expect(missing).toHaveLength(1);
  });

  it('counts as missing exactly what was taken away, in every calendar and timeframe', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<CalendarId>('us-equity', 'fx', 'crypto'),
        fc.constantFrom('5m', '15m', '30m', '1h'),
        fc.integer({ min: Date.UTC(2024, 0, 1) / hour, max: Date.UTC(2026, 0, 1) / hour }),
        fc.integer({ min: 1, max: 6 * 24 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (calendar, timeframe, firstHour, hours, taken) => {
          const from = firstHour * hour;
          const question = { calendar, timeframe, from, until: from + hours * hour };
          const opens = opensOf(question);
          const gone = new Set(taken.map((place) => opens[place % Math.max(1, opens.length)]));
          const scanned = scan(wanderingBars(opens.filter((ts) => !gone.has(ts))), question);
          const counted = scanned.days.reduce((sum, { slots }) => sum + slots, 0);
          const range = { from: epochMs(from), until: epochMs(question.until) };
          expect(counted).toBe(expectedBarCount(calendar, tf(timeframe), range));
          const quiet = scanned.quietBars.reduce((sum, bars) => sum + bars, 0);
          expect(missingBars(scanned) + quiet).toBe(opens.filter((ts) => gone.has(ts)).length);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a quiet market', () => {
  /** Half of all minutes, by a rule without a pattern. */
  const isTraded = (index: number) => (Math.imul(index + 7, 2_654_435_761) >>> 13) % 2 === 0;
  const week = { from: Date.UTC(2025, 8, 8, 4), until: Date.UTC(2025, 8, 13, 4) };
  const thin = wanderingBars(opensOf(week)).filter((_, index) => isTraded(index));

  it('is not missing the minutes in which nobody traded', () => {
    const scanned = scan(thin, week);
    expect(scanned.missing).toEqual([]);
    expect(scanned.quietBars.reduce((sum, bars) => sum + bars, 0)).toBe(5 * 390 - thin.length);
  });

  it('is missing a stretch that is longer than chance explains', () => {
    const from = Date.UTC(2025, 8, 10, 15);
    const scanned = scan(
      thin.filter(({ ts }) => ts < from || ts >= from + hour),
      week,
    );
    expect(scanned.missing).toHaveLength(1);
    expect(missingBars(scanned)).toBeGreaterThanOrEqual(60);
  });

  it('is missing a whole day', () => {
    const scanned = scan(
      thin.filter(({ ts }) => new Date(ts).getUTCDate() !== 10),
      week,
    );
    expect(scanned.missing).toMatchObject([{ bars: 390 }]);
  });

  it('is not what a busy market is in which single bars are missing', () => {
    const { missing, quietBars } = scan(wanderingBars(opensOf()).filter((_, index) => index % 100 !== 50));
    expect(missing).toHaveLength(4);
    expect([...quietBars]).toEqual([0]);
  });

  it('leaves out single minutes without a quote between currencies', () => {
    const range = {
      calendar: 'fx',
      from: Date.UTC(2025, 8, 8, 21),
      until: Date.UTC(2025, 8, 11, 21),
    } as const;
    const { missing } = scan(
      wanderingBars(opensOf(range)).filter((_, index) => index % 300 !== 7),
      range,
    );
    expect(missing).toEqual([]);
  });
});

describe('values', () => {
  it('have nothing wrong with them when they wander as prices do', () => {
    const scanned = scan(dayWith({}));
    expect(kinds(scanned)).toEqual({});
    expect(scanned).toMatchObject({ rows: 390, validRows: 390 });
  });

  it.each<[string, Partial<GivenBar>, FindingKind, number]>([
    ['a price of nothing', { low: 0 }, 'bounds', 389],
    ['a price below nothing', { low: -1 }, 'bounds', 389],
    ['a price that is missing', { close: Number.NaN }, 'bounds', 389],
    ['a price with the point at a wrong place', { open: 1_850, high: 1_850 }, 'bounds', 389],
    ['a volume below nothing', { volume: -1 }, 'bounds', 389],
    ['a volume out of all proportion', { volume: 10 * 20_000 }, 'bounds', 389],
    ['a high below the close', { open: 99.8, high: 99.9, low: 99.7 }, 'high-low', 389],
    ['a low above the open', { open: 100.05, high: 100.3, low: 100.1 }, 'high-low', 389],
    ['an open off the grid', { ts: bar(20) + 7_000 }, 'misaligned', 389],
    ['no volume', { volume: 0 }, 'zero-volume', 390],
    ['a close that comes back at once', { close: 102 }, 'spike', 390],
    ['a wick that nothing comes near', { high: 103 }, 'spike', 390],
    ['a wick below', { low: 97 }, 'spike', 390],
  ])('have %s', (_, change, kind, validRows) => {
    const scanned = scan(dayWith({ 20: change }));
    expect(kinds(scanned)).toEqual({ [kind]: 1 });
    expect(scanned.validRows).toBe(validRows);
    expect(scanned.findings).toMatchObject([{ kind, from: change.ts ?? bar(20), rows: 1 }]);
  });

  it('that move to another level at once are outliers, once', () => {
    const scanned = scan(
      wanderingBars(opensOf()).map((each, index) => ({
        ...each,
        close: (each.close ?? 0) + (index < 200 ? 0 : 3),
      })),
    );
    expect(scanned.findings).toMatchObject([{ kind: 'outlier', from: bar(200) }]);
    expect(scanned.findings[0]?.detail).toMatch(/^\+(2\.9|3\.0)\d %, \d+ robust deviations$/);
  });

  it('may move as they like from one day to the next', () => {
    const range = { from: Date.UTC(2025, 8, 2, 8), until: Date.UTC(2025, 8, 4, 0) };
    const bars = wanderingBars(opensOf(range)).map((each, index) => ({
      ...each,
      close: (each.close ?? 0) + (index < 390 ? 0 : 5),
    }));
    expect(kinds(scan(bars, range))).toEqual({});
  });

  it('without any volume in the month have none recorded, which is no fault', () => {
    expect(kinds(scan(dayWith({}).map((each) => ({ ...each, volume: 0 }))))).toEqual({});
  });

  it('at a time at which the market is closed are told with the reason', () => {
    const labourDay = Date.UTC(2025, 8, 1, 15);
    const scanned = scan([{ ts: labourDay }, ...dayWith({})], { from: Date.UTC(2025, 8, 1, 4) });
    expect(scanned.findings).toMatchObject([{ kind: 'closed-hours', from: labourDay, detail: 'Labor Day' }]);
  });

  it('of neighbours that share a fault are one finding', () => {
    const scanned = scan(
      dayWith({ 20: { volume: 0 }, 21: { volume: 0 }, 22: { volume: 0 }, 40: { volume: 0 } }),
    );
    expect(scanned.findings).toMatchObject([
      { from: bar(20), through: bar(22), rows: 3 },
      { from: bar(40), through: bar(40), rows: 1 },
    ]);
    expect(scanned.findingRows['zero-volume']).toBe(4);
  });
});

describe('rows that were written more than once', () => {
  it('are not valid when a later one has other values, and the later one is judged', () => {
    const scanned = scan([...dayWith({ 20: { close: 0 } }), { ts: bar(20), file: 1 }]);
    expect(kinds(scanned)).toEqual({ conflict: 1 });
    expect(scanned).toMatchObject({ rows: 391, validRows: 390 });
    expect(scanned.findings[0]?.detail).toContain(
      'in first.parquet, then 100 in second.parquet, which counts',
    );
  });

  it('do no harm when they say the same', () => {
    const bars = dayWith({});
    const again = { ...bars[20], ts: bar(20), file: 1 };
    const scanned = scan([...bars, again]);
    expect(kinds(scanned)).toEqual({ repeat: 1 });
    expect(scanned).toMatchObject({ rows: 391, validRows: 391 });
  });

  it('are covered once', () => {
    const bars = dayWith({});
    const scanned = scan([...bars, ...bars.map((each) => ({ ...each, file: 1 }))]);
    expect(scanned.days[0]).toMatchObject({ slots: 390, found: 390 });
  });

  it('are out of order where one stands behind a later one in its file', () => {
    const bars = dayWith({});
    const [first, second, ...others] = bars;
    const scanned = scan([second!, first!, ...others]);
    expect(kinds(scanned)).toEqual({ disorder: 1 });
    expect(scanned.findings).toMatchObject([{ from: bar(0), detail: 'in first.parquet' }]);
    expect(scanned.validRows).toBe(389);
  });

  it('are in order where another file begins', () => {
    const bars = dayWith({});
    const moved = bars.slice(100).map((each) => ({ ...each, file: 0 }));
    const scanned = scan([...moved, ...bars.slice(0, 100).map((each) => ({ ...each, file: 1 }))]);
    expect(kinds(scanned)).toEqual({});
  });
});

it('notices that a market that never closes keeps the hours of another calendar', () => {
  const range = { calendar: 'crypto', from: Date.UTC(2025, 8, 8), until: Date.UTC(2025, 8, 13) } as const;
  const shares = opensOf({ ...range, calendar: 'us-equity' });
  expect(scan(wanderingBars(shares), range).keptCalendar).toBe('us-equity');
  expect(scan(wanderingBars([...shares, shares[0]! + 12 * hour]), range).keptCalendar).toBe(null);
  const weeks = { ...range, until: Date.UTC(2025, 8, 22) };
  expect(scan(wanderingBars(opensOf({ ...weeks, calendar: 'fx' })), weeks).keptCalendar).toBe('fx');
});
