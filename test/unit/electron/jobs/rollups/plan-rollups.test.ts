import type { CalendarId } from '#shared/domain/session-calendar';
import { parseTimeframe } from '#shared/domain/timeframe';
import { describe, expect, it } from 'vitest';
import { planRollups, type RollupScope } from '../../../../../electron/jobs/rollups/plan-rollups.ts';
import type { FileEntry } from '../../../../../electron/storage/file-entry.ts';
import { periodRange } from '../../../../../electron/storage/layout.ts';
import { fileEntry } from '../../../../helpers/file-entry.ts';

const minuteMs = 60_000;

/** A day of 1m bars from 14:30 to 21:00 UTC. */
function dayFile(day: string, change: Partial<FileEntry> = {}, symbol = 'SPY') {
  const first = Date.parse(`${day}T14:30:00Z`);
  return fileEntry({
    path: `data/1m/${day}.parquet`,
    first,
    last: first + 389 * minuteMs,
    symbol,
    ...change,
  });
}

interface World {
  readonly stored?: readonly string[];
  readonly calendar?: CalendarId;
}

function plan(
  files: readonly FileEntry[],
  scope: Partial<RollupScope> = {},
  { stored = ['1m'], calendar = 'us-equity' }: World = {},
) {
  const timeframes = stored.flatMap((text) => parseTimeframe(text) ?? []);
  return planRollups(
    { files, timeframesOf: () => timeframes, calendarOf: () => calendar },
    { rebuild: false, ...scope },
  );
}

/** The files that a plan leaves, each made of what it says. */
function made(planned: ReturnType<typeof plan>): FileEntry[] {
  return planned.flatMap(({ period, outputs }) =>
    outputs.map(({ timeframe, origin }) =>
      fileEntry({
        path: `rollups/${timeframe}/${period}.parquet`,
        ...(origin === null ? {} : { madeFrom: origin }),
      }),
    ),
  );
}

const outline = (planned: ReturnType<typeof plan>) =>
  planned.map(({ period, outputs }) => `${period} ${outputs.map(({ timeframe }) => timeframe).join(' ')}`);

const staleOf = (planned: ReturnType<typeof plan>) =>
  planned.map(({ period, groups }) => [
    period,
    ...groups.flatMap(({ stale }) =>
      [...stale.values()]
        .flat()
        .map(({ from, until }) =>
          [from, until].map((ts) => new Date(ts).toISOString().slice(0, 16)).join(' to '),
        ),
    ),
  ]);

describe('planRollups', () => {
  it('makes months of short bars and years of long ones', () => {
    expect(outline(plan([dayFile('2025-01-02')]))).toEqual(['2025-01 5m 15m', '2025 1h 4h 1d']);
  });

  it('makes only what is not stored', () => {
    expect(outline(plan([dayFile('2025-01-02')], {}, { stored: ['1m', '5m', '15m', '4h'] }))).toEqual([
      '2025 1h 1d',
    ]);
  });

  it('takes nothing from loose parts and from timeframes that are not the shortest', () => {
    const part = fileEntry({
      path: 'data/1m/2025-01-02/part-1.parquet',
      first: Date.parse('2025-01-02T15:00Z'),
    });
    expect(plan([part])).toEqual([]);
    expect(plan([dayFile('2025-01-02')], {}, { stored: ['30s', '1m'] })).toEqual([]);
  });

  it('has nothing to do when the files are made of exactly what is there', () => {
    const files = [dayFile('2025-01-02'), dayFile('2025-02-03')];
    expect(plan([...files, ...made(plan(files))])).toEqual([]);
  });

  it('makes anew the days of a file that has come, from the opening of the day to that of the next', () => {
    const files = [dayFile('2025-01-02'), dayFile('2025-01-03')];
    const before = made(plan(files));
    expect(staleOf(plan([...files, dayFile('2025-01-06'), ...before]))).toEqual([
      ['2025-01', '2025-01-06T09:00 to 2025-01-07T09:00'],
      ['2025', '2025-01-06T09:00 to 2025-01-07T09:00'],
    ]);
  });

  it('makes anew the days of a file that is gone', () => {
    const kept = dayFile('2025-01-02');
    const before = made(plan([kept, dayFile('2025-01-03')]));
    expect(staleOf(plan([kept, ...before]))[0]).toEqual(['2025-01', '2025-01-03T09:00 to 2025-01-06T09:00']);
  });

  it('makes all of a period anew that nothing is taken over for', () => {
    const { from } = periodRange('2025-01');
    const monday = Date.parse('2025-02-03T09:00:00Z');
    const files = [dayFile('2025-01-02')];
    const [month] = plan([...files, ...made(plan(files))], { rebuild: true });
    expect(month!.outputs.map(({ previous }) => previous)).toEqual([null, null]);
    expect(month!.groups[0]!.stale.get('SPY')).toEqual([{ from, until: monday }]);
  });

  it('takes files away that there is nothing to make of any more', () => {
    const files = [dayFile('2025-01-02')];
    const [month] = plan(made(plan(files)));
    expect(month!.outputs.map(({ origin, replaces }) => [origin, replaces.length])).toEqual([
      [null, 1],
      [null, 1],
    ]);
  });

  it('keeps to the periods around what was touched', () => {
    const files = [dayFile('2023-05-02'), dayFile('2025-01-15')];
    const touched = [periodRange('2025-01-15')];
    expect(outline(plan(files, { touched }))).toEqual(['2025-01 5m 15m', '2025 1h 4h 1d']);
  });

  it('counts the evening of the last trading day to the month that it began in', () => {
    const first = Date.parse('2025-02-01T00:00:00Z');
    const evening = fileEntry({ path: 'data/1m/2025-02-01.parquet', first, last: first + 59 * minuteMs });
    expect(outline(plan([dayFile('2025-01-31'), evening]))).toEqual([
      '2025-01 5m 15m',
      '2025-02 5m 15m',
      '2025 1h 4h 1d',
    ]);
    const january = plan([dayFile('2025-01-31'), evening]).find(({ period }) => period === '2025-01');
    expect(january!.groups[0]!.files.map(({ path }) => path)).toContain(evening.path);
  });

  it('keeps symbols apart whose bars are made in other ways', () => {
    const files = [
      dayFile('2025-01-02'),
      dayFile('2025-01-02', { path: 'data/2m/2025-01-02.parquet', timeframe: '2m' }, 'EURUSD'),
    ];
    const planned = planRollups(
      {
        files,
        timeframesOf: (symbol) =>
          (symbol === 'SPY' ? ['1m'] : ['2m']).flatMap((text) => parseTimeframe(text) ?? []),
        calendarOf: (symbol) => (symbol === 'SPY' ? 'us-equity' : 'fx'),
      },
      { rebuild: false },
    );
    const year = planned.find(({ period }) => period === '2025');
    expect(year!.groups.map(({ calendar, source, symbols }) => [calendar, source, ...symbols])).toEqual([
      ['fx', '2m', 'EURUSD'],
      ['us-equity', '1m', 'SPY'],
    ]);
  });
});
