import type { QuarantineReport, SeriesQuality } from '#shared/domain/quality';
import type { QualityCheckRequest, QualityOverview } from '#shared/domain/quality-overview';
import { expectedOpens } from '#shared/domain/session-calendar';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { epochMs } from '#shared/units';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { barSql, testEngine, writeParquet } from '../helpers/foreign-files.ts';
import { openFolder } from '../helpers/foreign-folder.ts';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import {
  candleRow,
  fiveMinutes,
  flatCandle,
  objectRow,
  openingBell,
  type GivenRow,
} from '../helpers/rows.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const dayMs = 86_400_000;
const settings = { defaultCalendar: 'us-equity' } as const;

/** Bars of the regular hours of some days from the day of the opening bell on. */
function fiveMinuteBars(days: number, change: GivenRow = {}): GivenRow[] {
  const range = { from: epochMs(openingBell), until: epochMs(openingBell + days * dayMs - 1) };
  const opens = expectedOpens('us-equity', parseTimeframe('5m') as Timeframe, range);
  return [...opens].map((ts, index) => flatCandle(100 + (index % 7) / 100, { ts, ...change }));
}

const assess = ({ client }: Pick<TestStore, 'client'>, change = {}): Promise<SeriesQuality> =>
  client.quality.assess({ symbol: 'SPY', timeframe: '5m', ...change });

/** SPY and QQQ, three days each; of SPY bars 20 to 29 of the second day are missing. */
async function storeWithGap(others: readonly string[] = []): Promise<TestStore> {
  const store = await openTestStore({ settings });
  const gap = (_: GivenRow, index: number) => index < 98 || index >= 108;
  await store.append(...fiveMinuteBars(3).filter(gap));
  for (const symbol of others) await store.append(...fiveMinuteBars(3, { symbol }));
  return store;
}

const gapFrom = openingBell + dayMs + 100 * 60_000;
const gapUntil = gapFrom + 50 * 60_000;

describe('the quality of a series', () => {
  it('is known from rows that are still in memory, and from files', async () => {
    const store = await storeWithGap();
    const loose = await assess(store);
    expect(loose.score).toMatchObject({ expectedBars: 234, coveredBars: 224, rows: 224, validRows: 224 });
    expect(loose.dayCounts).toEqual({ complete: 2, partial: 1, missing: 0, closed: 0 });
    expect(loose.gaps.filter(({ cause }) => cause === 'missing')).toEqual([
      { cause: 'missing', from: gapFrom, until: gapUntil, bars: 10, reason: null },
    ]);
    await store.compact({ dataset: 'candles' });
    expect(await assess(store)).toEqual(loose);
  });

  it('follows what is appended', async () => {
    const store = await storeWithGap();
    await assess(store);
    await store.append(...fiveMinuteBars(3).slice(98, 108));
    expect((await assess(store)).score).toMatchObject({ score: 100, grade: 'A' });
  });

  it('does not take a holiday and a weekend for missing days', async () => {
    const store = await openTestStore({ settings });
    const friday = Date.UTC(2025, 7, 29, 13, 30);
    for (const ts of [friday, openingBell]) {
      const opens = fiveMinuteBars(1).map((row) => ({ ...row, ts: Number(row.ts) - openingBell + ts }));
      await store.append(...opens);
    }
    const { score, days, gaps } = await assess(store);
    expect(score).toMatchObject({ score: 100, expectedBars: 156 });
    expect(days.map(({ day, state, reason }) => [day, state, reason])).toEqual([
      ['2025-08-29', 'complete', null],
      ['2025-08-30', 'closed', 'Weekend'],
      ['2025-08-31', 'closed', 'Weekend'],
      ['2025-09-01', 'closed', 'Labor Day'],
      ['2025-09-02', 'complete', null],
    ]);
    expect(gaps.map(({ cause, reason }) => [cause, reason])).toEqual([
      ['closed', 'Weekend'],
      ['holiday', 'Labor Day'],
    ]);
  });

  it('takes a stretch in which others traded on for a halt', async () => {
    const { gaps, score } = await assess(await storeWithGap(['QQQ']));
    expect(gaps.filter(({ cause }) => cause !== 'closed')).toEqual([
      { cause: 'halt', from: gapFrom, until: gapUntil, bars: 10, reason: '1 of 1 other symbols traded on' },
    ]);
    expect(score.score).toBe(100);
  });

  it('knows a row that was written again with other values, until it is compacted', async () => {
    const store = await openTestStore({ settings: { ...settings, rowsPerPart: 1 } });
    await store.append(...fiveMinuteBars(1).slice(0, 3), flatCandle(101, { ts: fiveMinutes(1) }));
    const { findingRows, findings, score } = await assess(store);
    expect(findingRows.conflict).toBe(1);
    expect(findings).toMatchObject([{ kind: 'conflict', from: fiveMinutes(1) }]);
    expect(score).toMatchObject({ rows: 4, validRows: 3 });
    await store.compact({ dataset: 'candles' });
    expect((await assess(store)).score).toMatchObject({ rows: 3, validRows: 3 });
  });

  it('of a range counts what is missing at its ends', async () => {
    const store = await openTestStore({ settings });
    await store.append(...fiveMinuteBars(1).slice(10, 20));
    expect((await assess(store)).gapBars.missing).toBe(0);
    const range = { from: openingBell, until: fiveMinutes(30) };
    expect((await assess(store, range)).gapBars.missing).toBe(20);
  });

  it('names objects that point nowhere', async () => {
    const store = await openTestStore({ settings });
    await store.append(...fiveMinuteBars(1));
    await store.appendObjects(
      objectRow({ object_id: 'good' }),
      objectRow({ object_id: 'early', t_start: openingBell - dayMs }),
      objectRow({ object_id: 'stranger', symbol: 'NOPE' }),
      objectRow({ object_id: 'orphan', payload: { parent_id: 'gone' } }),
      objectRow({ object_id: 'seconds', timeframe: '7s' }),
    );
    const details = (await store.client.quality.objects({})).map(({ detail }) => detail);
    expect(details.sort()).toEqual([
      'zone early (5m): it begins before the first bar',
      'zone orphan (5m): its parent gone is not there',
      'zone seconds (7s): there are no 7s bars of SPY, nor shorter ones to make them of',
      'zone stranger (5m): there are no bars of NOPE',
    ]);
    expect((await assess(store)).findingRows.object).toBe(3);
  });

  it('finds the parent of an object among those of other symbols', async () => {
    const store = await openTestStore({ settings });
    await store.append(...fiveMinuteBars(1));
    await store.appendObjects(
      objectRow({ object_id: 'child', payload: { parent_id: 'far' } }),
      objectRow({ object_id: 'far', symbol: 'NOPE' }),
    );
    expect((await assess(store)).findingRows.object).toBe(0);
  });

  it('can be asked for only of what is stored', async () => {
    const store = await openTestStore();
    await store.append(candleRow());
    await expect(assess(store, { symbol: 'NOPE' })).rejects.toMatchObject({ code: 'argument-invalid' });
    await expect(assess(store, { timeframe: '1h' })).rejects.toMatchObject({
      code: 'dataset-missing',
      message: 'There are no 1h bars of SPY',
    });
    await expect(assess(store, { from: 2, until: 1 })).rejects.toMatchObject({ code: 'argument-invalid' });
  });

  it('is cancelled by the next question with the same ticket', async () => {
    const store = await storeWithGap();
    await store.compact({ dataset: 'candles' });
    const first = assess(store, { ticket: 'panel' });
    const second = assess(store, { ticket: 'panel' });
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect((await second).symbol).toBe('SPY');
  });

  it('finds in files of another program what no row of ours can have', async () => {
    const folder = await tempFolder();
    const engine = await testEngine();
    const at = (index: number) => `'${new Date(fiveMinutes(index)).toISOString()}' AS ts`;
    const bar = (index: number) => barSql(at(index));
    const wrong = [
      `SELECT * REPLACE (98.0::DOUBLE AS high) FROM (${bar(3)})`,
      `SELECT * REPLACE (-1.0::DOUBLE AS low) FROM (${bar(4)})`,
      `SELECT * REPLACE (1e9::DOUBLE AS volume) FROM (${bar(5)})`,
      bar(7),
      bar(6),
    ];
    const rows = [bar(0), bar(1), bar(2), ...wrong].join(' UNION ALL ');
    await writeParquet(engine, join(folder, 'data/5m/2025-09-02/part-a.parquet'), rows);
    await writeParquet(engine, join(folder, 'data/5m/2025-09-02/part-b.parquet'), bar(2));
    const { findings, score } = await assess(await openFolder(folder, { zone: 'America/New_York' }));
    expect(findings.map(({ kind, from }) => [kind, (from - openingBell) / 300_000])).toEqual(
      [
        ['disorder', 6],
        ['bounds', 4],
        ['bounds', 5],
        ['high-low', 3],
        ['repeat', 2],
      ].map(([kind, index]) => [kind, index]),
    );
    expect(score).toMatchObject({ rows: 9, validRows: 5, coveredBars: 8 });
  });
});

describe('a gap that is marked as expected', () => {
  const mark = { symbol: 'SPY', timeframe: null, from: gapFrom, until: gapUntil, reason: 'feed was down' };

  it('counts no longer, also after the store was opened anew, until the mark is taken back', async () => {
    const store = await storeWithGap();
    const { id } = await store.client.quality.markExpected(mark);
    expect((await assess(store)).score.score).toBe(100);
    await store.close();
    const again = await openTestStore({ folder: store.folder });
    const marked = await assess(again);
    expect(marked.gapBars).toMatchObject({ missing: 0, expected: 10 });
    expect(marked.gaps.find(({ cause }) => cause === 'expected')).toMatchObject({ reason: 'feed was down' });
    await again.client.quality.withdrawMark({ id });
    expect((await assess(again)).gapBars).toMatchObject({ missing: 10, expected: 0 });
    expect(await again.client.quality.expectedGaps({})).toEqual([]);
    expect(await again.client.quality.expectedGaps({ withWithdrawn: true })).toMatchObject([{ id }]);
  });

  it('is of one timeframe where that is said', async () => {
    const store = await storeWithGap();
    await store.client.quality.markExpected({ ...mark, timeframe: parseTimeframe('1m') });
    expect((await assess(store)).gapBars.missing).toBe(10);
  });

  it('needs a reason, a range, and cannot be taken back twice', async () => {
    const { client } = await openTestStore();
    const refused = { code: 'argument-invalid' };
    await expect(client.quality.markExpected({ ...mark, reason: ' ' })).rejects.toMatchObject(refused);
    await expect(client.quality.markExpected({ ...mark, until: mark.from })).rejects.toMatchObject(refused);
    const { id } = await client.quality.markExpected(mark);
    await client.quality.withdrawMark({ id });
    await expect(client.quality.withdrawMark({ id })).rejects.toMatchObject(refused);
  });
});

describe('quarantine', () => {
  const second = {
    symbol: 'SPY',
    timeframe: '5m',
    from: fiveMinutes(1),
    until: fiveMinutes(3),
    reason: 'bad tick',
  };
  const opens = async (store: TestStore) => (await store.view()).candles.map(({ ts }) => ts);

  async function run(store: TestStore, request: typeof second) {
    const { digest } = await store.client.quality.planQuarantine(request);
    const { id } = await store.client.quality.startQuarantine({ ...request, digest });
    return store.client.jobs.wait({ id });
  }

  it('takes exactly the bars of its plan, keeps them, and leaves all others', async () => {
    const store = await openTestStore({ settings });
    await store.append(...fiveMinuteBars(1).slice(0, 5), candleRow({ symbol: 'QQQ', ts: fiveMinutes(1) }));
    const plan = await store.client.quality.planQuarantine(second);
    expect(plan).toMatchObject({
      days: ['2025-09-02'],
      bars: [{ ts: fiveMinutes(1) }, { ts: fiveMinutes(2) }],
    });
    expect(await opens(store)).toHaveLength(5);
    const { state, report } = await run(store, second);
    expect([state, report]).toMatchObject(['done', { bars: 2, days: ['2025-09-02'] }]);
    expect(await opens(store)).toEqual([0, 3, 4].map(fiveMinutes));
    const { candles: others } = await store.view({ symbol: 'QQQ' });
    expect(others).toHaveLength(1);
    const kept = await readFile(join(store.folder, (report as QuarantineReport).file), 'utf8');
    expect(
      kept
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { ts: number; reason: string }).reason),
    ).toEqual(['bad tick', 'bad tick']);
  });

  it('is undone from the trash', async () => {
    const store = await openTestStore({ settings });
    await store.append(...fiveMinuteBars(1).slice(0, 5));
    await store.compact({ dataset: 'candles' });
    await run(store, second);
    const replaced = (await store.client.trash.list({})).find(({ job }) => job.startsWith('replace-'));
    await store.client.trash.restore({ job: replaced?.job ?? '' });
    expect(await opens(store)).toHaveLength(5);
  });

  it('can take all bars of a symbol on a day', async () => {
    const store = await openTestStore({ settings });
    await store.append(...fiveMinuteBars(2));
    const { state } = await run(store, { ...second, from: fiveMinutes(0), until: fiveMinutes(80) });
    expect(state).toBe('done');
    expect(await opens(store)).toEqual([]);
    expect(
      (await store.view({ from: openingBell + dayMs, until: openingBell + 2 * dayMs })).candles,
    ).toHaveLength(78);
  });

  it('does nothing when the bars have changed since its plan, nor when they are held', async () => {
    const store = await openTestStore({ settings });
    await store.append(...fiveMinuteBars(1).slice(0, 5));
    const { digest } = await store.client.quality.planQuarantine(second);
    await store.append(flatCandle(7, { ts: fiveMinutes(2) }));
    await expect(store.client.quality.startQuarantine({ ...second, digest })).rejects.toMatchObject({
      code: 'plan-outdated',
    });
    await store.client.holds.add({ symbol: 'SPY', reason: 'audit', owner: 'ann' });
    await expect(store.client.quality.planQuarantine(second)).rejects.toMatchObject({ code: 'held' });
    expect(await opens(store)).toHaveLength(5);
  });
});

describe('the quality report of an export', () => {
  it('lies beside the files as JSON and as a page in which no name is markup, the same each time', async () => {
    const store = await storeWithGap();
    const reason = '<b>&"feed';
    await store.client.quality.markExpected({
      ...{ symbol: 'SPY', timeframe: null, from: gapFrom, until: gapUntil, reason },
    });
    const texts: string[] = [];
    for (const name of ['a', 'b']) {
      const out = join(await tempFolder(), name);
      const request = { profile: 'csv', timeframe: '5m', out: join(out, 'bars.csv'), qualityReport: true };
      const { companions } = await store.client.exports.run(request);
      expect(companions).toEqual(expect.arrayContaining(['bars.quality.json', 'bars.quality.html']));
      texts.push(await readFile(join(out, 'bars.quality.html'), 'utf8'));
      const report = JSON.parse(await readFile(join(out, 'bars.quality.json'), 'utf8')) as {
        series: readonly SeriesQuality[];
      };
      expect(report.series.find((each) => each.symbol === 'SPY')?.gapBars).toMatchObject({
        missing: 0,
        expected: 10,
      });
    }
    const [page = '', again] = texts;
    expect(page).toBe(again);
    expect(page).toContain('&lt;b&gt;&amp;&quot;feed');
    expect(page).not.toContain('<b>');
    expect(page).not.toMatch(/<script|<link|src=|https?:/);
  });

  it('is not written unless it is asked for', async () => {
    const store = await storeWithGap();
    const out = join(await tempFolder(), 'bars.csv');
    const { companions } = await store.client.exports.run({ profile: 'csv', timeframe: '5m', out });
    expect(companions.filter((path) => path.includes('quality'))).toEqual([]);
  });
});

describe('tapedeck quality', () => {
  it('says what is good and what is not, as text and as JSON, and takes marks', async () => {
    const store = await storeWithGap();
    await store.close();
    const of = ['--store', store.folder];
    const text = await runCli(['quality', ...of, '--symbol', 'SPY']);
    expect(text.stdout).toContain('SPY 5m: C 97.4, 224 of 234 expected bars, 224 of 224 rows valid');
    expect(text.stdout).toContain('missing 2025-09-03T15:10:00.000Z to 2025-09-03T16:00:00.000Z, 10 bars');
    const range = ['--from', '2025-09-03T15:10Z', '--until', '2025-09-03T16:00Z'];
    await runCli(['quality', 'mark', ...of, '--symbol', 'SPY', ...range, '--reason', 'feed was down']);
    const { series } = (await runCli(['quality', ...of, '--json'])).json() as {
      series: readonly SeriesQuality[];
    };
    expect(series).toMatchObject([{ symbol: 'SPY', score: { grade: 'A', score: 100 } }]);
    expect((await runCli(['quality', 'marks', ...of])).stdout).toContain('all timeframes');
    expect(await runCli(['quality', ...of, '--symbol', 'NOPE'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the store has no symbol NOPE') as unknown,
    });
  });
});

describe('a check of all series', () => {
  it('comes to what is found out about each, also where they lie in the same files', async () => {
    const store = await storeWithGap(['QQQ', 'IWM']);
    await store.append(...fiveMinuteBars(1, { symbol: 'ZZZ' }));
    await store.compact({ dataset: 'candles' });
    await store.append(...fiveMinuteBars(4, { symbol: 'ZZZ' }).slice(-1));
    const { report } = await check(store, {});
    const overview = report as QualityOverview;
    expect(overview.series.map(({ symbol, timeframe }) => `${symbol} ${timeframe}`)).toEqual([
      'IWM 5m',
      'QQQ 5m',
      'SPY 5m',
      'ZZZ 5m',
    ]);
    // What was found out together is remembered no more.
    await store.close();
    const { client } = await openTestStore({ folder: store.folder });
    for (const { symbol, score, missingBars, from, until } of overview.series) {
      const alone = await client.quality.assess({ symbol, timeframe: '5m' });
      expect({ score, missing: missingBars, from, until }).toEqual({
        score: alone.score,
        missing: alone.gapBars.missing,
        from: alone.from,
        until: alone.until,
      });
    }
  });

  it('is of those series that are asked for, and of none that are not there', async () => {
    const store = await storeWithGap(['QQQ']);
    const { report, progress } = await check(store, { symbols: ['SPY'], timeframe: '5m' });
    expect((report as QualityOverview).series).toMatchObject([{ symbol: 'SPY', suspectRows: 0 }]);
    expect(progress).toMatchObject({ rows: 224, rowsTotal: 224 });
    const { quality } = store.client;
    await expect(quality.startCheck({ symbols: ['NOPE'] })).rejects.toThrow('the store has no symbol NOPE');
    await expect(quality.startCheck({ timeframe: 'soon' })).rejects.toThrow('soon is not one such as 5m');
    await expect(quality.startCheck({ timeframe: '1h' })).rejects.toMatchObject({ code: 'dataset-missing' });
  });

  async function check({ client }: TestStore, request: QualityCheckRequest) {
    const { id } = await client.quality.startCheck(request);
    return client.jobs.wait({ id });
  }
});
