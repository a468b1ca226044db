import type { HealthCheckId } from '#shared/domain/health';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import type { CalendarId } from '#shared/domain/session-calendar';
import { describe, expect, it } from 'vitest';
import type { HealthFacts } from '../../../../electron/queries/health/health-facts.ts';
import { judgeHealth } from '../../../../electron/queries/health/judge-health.ts';

const day = 86_400_000;
const minute = 60_000;
/** A Thursday, 12:00 in New York. */
const thursdayNoon = Date.UTC(2025, 8, 25, 16);
const fridayClose = Date.UTC(2025, 8, 19, 20);

const well: HealthFacts = {
  nowMs: thursdayNoon,
  freeBytes: 50_000_000_000,
  logBytes: 1_000_000,
  writeFailure: null,
  warnings: [],
  missing: [],
  tiers: [],
  looseParts: 999,
  series: [],
  isDemo: false,
  sizes: [],
  failedJobs: [],
  backup: null,
  watcherLagMs: null,
  scheduleFaults: [],
};

const cold = { isOn: true, path: '/mnt/cold', afterDays: 30, profile: 'cold' } as const;

function check(id: HealthCheckId, change: Partial<HealthFacts>) {
  return judgeHealth({ ...well, ...change }).checks.find((each) => each.id === id);
}

function bars(timeframe: string, calendar: CalendarId, lastMs: number) {
  return { series: [{ symbol: 'SPY', timeframe: parseTimeframe(timeframe) as Timeframe, calendar, lastMs }] };
}

describe('health', () => {
  it('is well when nothing is wrong, and says so of every check', () => {
    const report = judgeHealth(well);
    expect(report.level).toBe('ok');
    expect(report.checks.map(({ level }) => level)).toEqual(report.checks.map(() => 'ok'));
    expect(report.checks.every(({ detail }) => detail !== '')).toBe(true);
  });

  it.each([
    [1_000_000_000, 'ok', null],
    [999_999_999, 'warn', 'free-space'],
    [199_999_999, 'bad', 'free-space'],
    [null, 'ok', null],
  ])('judges a disk with %s bytes free', (freeBytes, level, action) => {
    expect(check('disk', { freeBytes })).toMatchObject({ level, action });
  });

  it.each([
    [{ problem: 'its disk is not there', files: 3 }, 'bad', 'its disk is not there'],
    [{ problem: 'its disk is not there' }, 'warn', 'its disk is not there'],
    [{ freeBytes: 500 * 2 ** 20 }, 'warn', '500 MiB are free for the cold tier in /mnt/cold'],
    [{}, 'ok', 'the disks of the tiers are there'],
    [{ settings: { ...cold, path: null }, freeBytes: 1 }, 'ok', 'no tier is on another disk'],
  ])('judges the disk of a tier by %o', (change, level, detail) => {
    const usual = { tier: 'cold', settings: cold, folder: '/mnt/cold', problem: null, files: 0 } as const;
    const action = level === 'ok' ? null : 'show-tiers';
    const tiers = [{ ...usual, freeBytes: 5_000_000_000, ...change }];
    expect(check('tiers', { tiers })).toEqual({ id: 'tiers', level, detail, action });
  });

  it('offers to merge a thousand parts of days that are over', () => {
    expect(check('loose', {})).toMatchObject({ level: 'ok', action: null });
    expect(check('loose', { looseParts: 1_000 })).toEqual({
      id: 'loose',
      level: 'warn',
      detail: '1,000 loose parts are of periods that are over and could be merged',
      action: 'compact',
    });
  });

  it('names the schedules that cannot run', () => {
    const scheduleFaults = ['"Nightly" did not run: the disk is full'];
    expect(check('schedules', { scheduleFaults })).toMatchObject({
      level: 'warn',
      detail: scheduleFaults[0],
      action: 'show-schedules',
    });
  });

  it.each([
    [{}, 'ok', 'the last backup in /mnt/b is of 2025-09-19T16:00:00.000Z'],
    [{ lastMs: null }, 'warn', 'there is no backup of this store in /mnt/b'],
    [
      { lastMs: thursdayNoon - 7 * day - 1 },
      'warn',
      'the last backup in /mnt/b is of 2025-09-18T15:59:59.999Z, more than a week ago',
    ],
    [
      { isScheduled: true, missedMs: thursdayNoon - day },
      'warn',
      'the last backup in /mnt/b is of 2025-09-19T16:00:00.000Z; another was due 2025-09-24T16:00:00.000Z',
    ],
    [{ isScheduled: true, lastMs: 0 }, 'ok', 'the last backup in /mnt/b is of 1970-01-01T00:00:00.000Z'],
    [{ failure: 'the disk is full' }, 'warn', 'the last backup did not come to its end: the disk is full'],
    [{ folder: null }, 'warn', 'a schedule makes backups, and the settings name no folder for them'],
  ])('judges backups by %o', (change, level, detail) => {
    const usual = { folder: '/mnt/b', lastMs: thursdayNoon - 6 * day, missedMs: null, isScheduled: false };
    const action = level === 'ok' ? null : 'show-backups';
    const backup = { ...usual, failure: null, ...change };
    expect(check('backup', { backup })).toEqual({ id: 'backup', level, detail, action });
  });

  it('asks for a checkpoint of a log above 100 MB', () => {
    expect(check('log', { logBytes: 100_000_000 })).toMatchObject({ level: 'ok' });
    expect(check('log', { logBytes: 100_000_001 })).toMatchObject({
      level: 'warn',
      action: 'write-checkpoint',
    });
  });

  it('is as bad as its worst check', () => {
    expect(judgeHealth({ ...well, logBytes: 200_000_000 }).level).toBe('warn');
    expect(
      judgeHealth({ ...well, logBytes: 200_000_000, missing: ['data/5m/2025-09-02.parquet'] }),
    ).toMatchObject({
      level: 'bad',
      checks: expect.arrayContaining([
        { id: 'files', level: 'bad', detail: 'missing: data/5m/2025-09-02.parquet', action: 'verify' },
      ]) as unknown,
    });
  });

  it.each([
    ['a bar of this morning', '5m', 'us-equity', thursdayNoon - 10 * minute, 'ok'],
    ['a bar of an hour ago', '5m', 'us-equity', thursdayNoon - 60 * minute, 'warn'],
    ['an hour without a bar of 1h', '1h', 'us-equity', thursdayNoon - 120 * minute, 'ok'],
    ['a bar of Friday for a market that never closes', '5m', 'crypto', fridayClose, 'warn'],
    ['a bar of yesterday, by days', '1d', 'us-equity', Date.UTC(2025, 8, 24, 8), 'ok'],
    ['a bar of last week, by days', '1d', 'us-equity', Date.UTC(2025, 8, 18, 8), 'warn'],
    ['a bar of ten years ago', '1m', 'us-equity', Date.UTC(2015, 8, 18, 14), 'warn'],
  ] as const)('judges %s', (_, timeframe, calendar, lastMs, level) => {
    expect(check('stale', bars(timeframe, calendar, lastMs))?.level).toBe(level);
  });

  it('does not count the weekend of a market that closes', () => {
    const sunday = Date.UTC(2025, 8, 21, 16);
    const last = bars('5m', 'us-equity', fridayClose - 5 * minute);
    expect(check('stale', { ...last, nowMs: sunday })).toMatchObject({ level: 'ok' });
    const mondayMorning = Date.UTC(2025, 8, 22, 15);
    expect(check('stale', { ...last, nowMs: mondayMorning })).toMatchObject({ level: 'warn' });
  });

  it('takes no offence at the age of demo data', () => {
    expect(check('stale', { ...bars('5m', 'crypto', 0), isDemo: true })).toMatchObject({ level: 'ok' });
  });

  it('sees growth that is not usual, and rows that are gone', () => {
    const at = (days: number, sizeBytes: number, rows = 1_000) => ({
      atMs: thursdayNoon - days * day,
      sizeBytes,
      files: 1,
      rows,
    });
    const before = [at(10, 100_000_000), at(5, 150_000_000), at(1, 190_000_000)];
    expect(check('growth', { sizes: [...before, at(0, 250_000_000)] })).toMatchObject({ level: 'ok' });
    expect(check('growth', { sizes: [...before, at(0, 990_000_000)] })).toMatchObject({
      level: 'warn',
      detail: '763 MiB came in a day, where 9.5 MiB are usual',
    });
    expect(check('growth', { sizes: [...before, at(0, 190_000_000, 900)] })).toMatchObject({ level: 'warn' });
  });

  it('names no more than three of many', () => {
    expect(check('jobs', { failedJobs: ['a', 'b', 'c', 'd', 'e'] })?.detail).toBe(
      'within a day: a; b; c; and 2 more',
    );
  });
});
