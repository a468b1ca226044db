import { unpackBars, type Bars } from '#shared/domain/candle';
import { rollupSources, rollupTimeframes } from '#shared/domain/rollup';
import { bucketAt, type CalendarId } from '#shared/domain/session-calendar';
import type { StoreChange } from '#shared/domain/store-summary';
import { resampleBars } from '#shared/math/resample';
import fc from 'fast-check';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rebuildLog } from '../../electron/jobs/rebuild/rebuild-log.ts';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { sha256 } from '../helpers/parquet.ts';
import { flatCandle } from '../helpers/rows.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Over the turn of a year, which is a month's and a quarter's too. */
const range = { from: Date.UTC(2024, 10, 1), until: Date.UTC(2025, 2, 1) };
const opening = Date.UTC(2025, 0, 2, 14, 30);
const calendars: Readonly<Record<string, CalendarId>> = {
  SPY: 'us-equity',
  EURUSD: 'fx',
  'BTC-USD': 'crypto',
};

/** Volumes whose sum depends on the order in which they are added. */
const bar = (ts: number, price = 10, symbol = 'SPY', timeframe = '1m') =>
  flatCandle(price, { ts, symbol, timeframe, volume: 0.1 + (price % 7) / 3 });

const session = (day: number, count = 390) =>
  Array.from({ length: count }, (_, index) =>
    bar(opening + day * dayMs + index * minuteMs, 10 + day + index),
  );

const openStore = (folder?: string) =>
  openTestStore({ ...(folder === undefined ? {} : { folder }), settings: { calendars } });

async function look({ client }: TestStore, symbol: string, timeframe: string, asOf?: number) {
  const question = { symbol, timeframe, ...range, objects: false };
  const answer = await client.candles.viewport(asOf === undefined ? question : { ...question, asOf });
  return { ...answer, bars: unpackBars(answer.bars) };
}

const columns = (bars: Bars) =>
  Object.entries(bars).map(([name, column]: [string, Float64Array]) => [name, ...column]);

/** Holds every timeframe that a symbol is not stored in against what its shortest bars make at once. */
async function expectExact(
  store: TestStore,
  symbols = Object.keys(calendars),
  asOf?: number,
): Promise<number> {
  let served = 0;
  for (const { symbol, timeframes } of await store.client.symbols.list({})) {
    const calendar = calendars[symbol];
    if (calendar === undefined || !symbols.includes(symbol)) continue;
    for (const [timeframe, source] of rollupSources(timeframes.map((each) => each.timeframe))) {
      const bucket = (ts: number) => bucketAt(calendar, timeframe, ts);
      const made = resampleBars((await look(store, symbol, source, asOf)).bars, bucket);
      const known = made.ts.filter((ts) => asOf === undefined || bucket(ts).until <= asOf).length;
      const answer = await look(store, symbol, timeframe, asOf);
      expect(answer).toMatchObject({ source, resolution: timeframe, unreadable: [] });
      expect(columns(answer.bars)).toEqual(columns(firstOf(made, known)));
      served += answer.served.rollups;
    }
  }
  return served;
}

const firstOf = (bars: Bars, count: number): Bars => ({
  ts: bars.ts.subarray(0, count),
  open: bars.open.subarray(0, count),
  high: bars.high.subarray(0, count),
  low: bars.low.subarray(0, count),
  close: bars.close.subarray(0, count),
  volume: bars.volume.subarray(0, count),
});

async function rollupFiles({ folder }: TestStore): Promise<string[]> {
  const entries = await readdir(join(folder, 'rollups'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const compactAll = (store: TestStore) => store.compact({ dataset: 'candles' });

describe('rollups', () => {
  it('are made by compaction, of what it has merged', async () => {
    const store = await openStore();
    await store.append(...session(0));
    const reports = await compactAll(store);
    expect(reports.flatMap(({ rollups }) => rollups.map(({ output }) => output)).sort()).toEqual(
      await rollupFiles(store),
    );
    expect(await rollupFiles(store)).toEqual([
      'rollups/15m/2025-01.parquet',
      'rollups/1d/2025.parquet',
      'rollups/1h/2025.parquet',
      'rollups/4h/2025.parquet',
      'rollups/5m/2025-01.parquet',
    ]);
  });

  it.each(rollupTimeframes)('of %s are served in place of the bars they were made of', async (timeframe) => {
    const store = await openStore();
    await store.append(...session(0));
    await compactAll(store);
    expect((await look(store, 'SPY', timeframe)).served).toEqual({
      ...{ parts: 0, days: 0, months: 0, years: 0, tailRows: 0 },
      rollups: 1,
    });
    await expectExact(store);
  });

  it('leave the bars that loose rows belong to, and no others, to be made as they are asked for', async () => {
    const store = await openStore();
    await store.append(...session(0));
    await compactAll(store);
    await store.append(bar(opening + 60 * minuteMs, 99), bar(opening + dayMs));
    const { served } = await look(store, 'SPY', '1h');
    expect(served).toMatchObject({ rollups: 1, days: 1 });
    await expectExact(store);
  });

  it('are not taken for a day that was replaced, before they are made anew', async () => {
    const store = await openStore();
    await store.append(...session(0));
    await compactAll(store);
    const rows = session(0, 30).map((row) => ({ ...row, volume: 7 }));
    const { replaced } = await store.client.candles.replaceDay({ timeframe: '1m', day: '2025-01-02', rows });
    expect(replaced!.rollups).toHaveLength(5);
    expect(await expectExact(store)).toBe(5);
    const { job } = (await store.client.trash.list({})).find((file) => file.job.startsWith('replace'))!;
    await store.client.trash.restore({ job });
    await expectExact(store);
  });

  it('are not made for what is stored already', async () => {
    const store = await openStore();
    await store.append(...session(0), bar(opening, 50, 'SPY', '1h'), bar(opening, 50, 'EURUSD', '1h'));
    await compactAll(store);
    const files = await store.client.files.list({ dataset: 'rollups' });
    expect(files.map(({ timeframe, symbols }) => [timeframe, symbols])).toEqual([
      ['15m', ['SPY']],
      ['1d', ['EURUSD', 'SPY']],
      ['4h', ['EURUSD', 'SPY']],
      ['5m', ['SPY']],
    ]);
    await expectExact(store);
  });

  it('give a timeframe up once it is stored', async () => {
    const store = await openStore();
    await store.append(...session(0));
    await compactAll(store);
    await store.append(bar(opening, 50, 'SPY', '1h'));
    expect(await look(store, 'SPY', '1h')).toMatchObject({ source: '1h', served: { rollups: 0 } });
    await compactAll(store);
    expect(await rollupFiles(store)).not.toContain('rollups/1h/2025.parquet');
  });

  it('follow the calendar of the symbol when it is changed', async () => {
    const before = await openTestStore({ settings: { calendars: { SPY: 'crypto' } } });
    await before.append(...session(0), ...session(1));
    await compactAll(before);
    const file = join(before.folder, 'store.json');
    await before.close();
    await writeFile(file, (await readFile(file, 'utf8')).replace(/("SPY": *)"crypto"/, '$1"us-equity"'));
    const store = await openStore(before.folder);
    expect(await expectExact(store)).toBe(0);
    await store.client.rollups.refresh({});
    expect(await expectExact(store)).toBe(5);
  });

  it('show bars as of a moment that were closed by then', async () => {
    const store = await openStore();
    await store.append(...session(0), ...session(1));
    await compactAll(store);
    for (const minutes of [0, 61, 389, 391, 1_500]) {
      await expectExact(store, ['SPY'], opening + minutes * minuteMs);
    }
  });

  it('have the same bytes when they are made anew, also from nothing', async () => {
    const store = await openStore();
    await store.append(...session(0), ...session(5), bar(opening, 3, 'BTC-USD'));
    await compactAll(store);
    await store.append(...session(1), bar(opening + minuteMs, 99));
    await compactAll(store);
    const before = await digests(store);
    await rm(join(store.folder, 'rollups'), { recursive: true });
    await store.client.rollups.refresh({ rebuild: true });
    expect(await digests(store)).toEqual(before);
    await expectExact(store);
  });

  it('have nothing to do a second time', async () => {
    const store = await openStore();
    await store.append(...session(0));
    await compactAll(store);
    expect(await store.client.rollups.plan({})).toEqual([]);
    expect(await store.client.rollups.refresh({})).toEqual([]);
  });

  it('are done without when they cannot be read, and then made anew', async () => {
    const store = await openStore();
    await store.append(...session(0));
    await compactAll(store);
    for (const path of await rollupFiles(store)) await truncate(join(store.folder, path), 100);
    await expectExact(await reopened(store));
    const again = await openStore(store.folder);
    await again.client.rollups.refresh({ rebuild: true });
    expect(await expectExact(again)).toBe(5);
  });

  it('say why they could not be made of a file that cannot be read, and leave the rest alone', async () => {
    const store = await openStore();
    await store.append(...session(0), ...session(40));
    await compactAll(store);
    await truncate(join(store.folder, 'data/1m/2025-01-02.parquet'), 100);
    const reports = await store.client.rollups.refresh({ rebuild: true });
    const failed = reports.filter(({ failure }) => failure !== null);
    expect(failed.map(({ timeframe, partition }) => `${timeframe} ${partition}`)).toEqual([
      '5m 2025-01',
      '15m 2025-01',
      '1h 2025',
      '4h 2025',
      '1d 2025',
    ]);
    expect(failed[0]!.failure).toContain('2025-01-02.parquet');
  });

  it('are known again when the store is opened anew', async () => {
    const store = await openStore();
    await store.append(...session(0));
    await compactAll(store);
    expect(await expectExact(await reopened(store))).toBe(5);
  });

  it('say in their footers what they were made from, for a log that is made anew', async () => {
    const store = await openStore();
    await store.append(...session(0));
    await compactAll(store);
    await store.close();
    await rm(join(store.folder, '_wal'), { recursive: true });
    await rebuildLog(store.folder);
    const again = await openStore(store.folder);
    expect(await expectExact(again)).toBe(5);
    expect(await again.client.verify.run({ deep: true })).toMatchObject({ isClean: true });
  });

  it('are checked, and when they are set aside, done without', async () => {
    const store = await openStore();
    await store.append(...session(0));
    await compactAll(store);
    const path = 'rollups/1h/2025.parquet';
    await truncate(join(store.folder, path), 100);
    const { problems } = await store.client.verify.run({ deep: true, repair: true });
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(await expectExact(store)).toBe(4);
    await store.client.rollups.refresh({});
    expect(await expectExact(store)).toBe(5);
  });

  it('are told to nobody as a change', async () => {
    const store = await openStore();
    const told: StoreChange[] = [];
    store.client.store.changed(({ changes }) => told.push(...changes));
    await store.append(...session(0));
    await compactAll(store);
    await store.client.rollups.refresh({ rebuild: true });
    // Changes come in their order: when this one is told, those before it have been.
    const last = bar(range.from, 1, 'LAST');
    await store.append(last);
    await expect.poll(() => told.map(({ symbol }) => symbol)).toContain('LAST');
    expect([...new Set(told.map(({ dataset }) => dataset))]).toEqual(['candles']);
  });

  it('whatever is appended, corrected, merged, replaced and undone, bars are those that all rows make', async () => {
    const days = fc.nat(89).map((day) => range.from + dayMs * 15 + day * dayMs);
    const rows = fc
      .tuple(
        days,
        fc.nat(1_439),
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom(...Object.keys(calendars)),
        fc.nat(99),
      )
      .map(([day, minute, count, symbol, price]) =>
        Array.from({ length: count }, (_, index) =>
          bar(day + (minute + index) * minuteMs, 1 + price + index, symbol),
        ),
      );
    const step = fc.oneof(
      { weight: 4, arbitrary: rows.map((each) => ({ kind: 'append' as const, rows: each })) },
      { weight: 2, arbitrary: fc.constant({ kind: 'compact' as const }) },
      {
        weight: 1,
        arbitrary: days.map((day) => ({
          kind: 'month' as const,
          month: new Date(day).toISOString().slice(0, 7),
        })),
      },
      { weight: 1, arbitrary: rows.map((each) => ({ kind: 'replace' as const, rows: each })) },
      { weight: 1, arbitrary: fc.nat().map((pick) => ({ kind: 'restore' as const, pick })) },
      { weight: 1, arbitrary: fc.boolean().map((rebuild) => ({ kind: 'refresh' as const, rebuild })) },
    );
    let served = 0;
    await fc.assert(
      fc.asyncProperty(rows, fc.array(step, { minLength: 3, maxLength: 9 }), async (first, steps) => {
        const store = await openStore();
        for (const each of [{ kind: 'append', rows: first }, { kind: 'compact' }, ...steps] as const) {
          await perform(store, each);
          served += await expectExact(store);
        }
        const fresh = await digests(store, { refresh: true });
        await store.client.rollups.refresh({ rebuild: true });
        expect(await digests(store)).toEqual(fresh);
        await store.close();
      }),
      { numRuns: 3, endOnFailure: true },
    );
    expect(served).toBeGreaterThan(0);
  }, 120_000);
});

type Row = ReturnType<typeof bar>;
type Step =
  | { readonly kind: 'append' | 'replace'; readonly rows: readonly Row[] }
  | { readonly kind: 'compact' }
  | { readonly kind: 'month'; readonly month: string }
  | { readonly kind: 'restore'; readonly pick: number }
  | { readonly kind: 'refresh'; readonly rebuild: boolean };

async function perform(store: TestStore, step: Step): Promise<void> {
  const { client } = store;
  if (step.kind === 'append') await store.append(...step.rows);
  if (step.kind === 'compact') await compactAll(store);
  if (step.kind === 'month') await store.compact({ dataset: 'candles', month: step.month });
  if (step.kind === 'refresh') await client.rollups.refresh({ rebuild: step.rebuild });
  if (step.kind === 'replace') {
    const day = new Date(Number(step.rows[0]!['ts'])).toISOString().slice(0, 10);
    const rows = step.rows.filter(({ ts }) => new Date(Number(ts)).toISOString().startsWith(day));
    await client.candles.replaceDay({ timeframe: '1m', day, rows });
  }
  if (step.kind === 'restore') {
    const jobs = [...new Set((await client.trash.list({})).map(({ job }) => job))];
    // What was merged further cannot be undone before that is.
    if (jobs.length > 0)
      await client.trash.restore({ job: jobs[step.pick % jobs.length]! }).catch(() => undefined);
  }
}

async function reopened(store: TestStore): Promise<TestStore> {
  await store.close();
  return openStore(store.folder);
}

/** Bytes of the living rollups, by timeframe and period. */
async function digests(store: TestStore, { refresh = false } = {}): Promise<Record<string, string>> {
  if (refresh) await store.client.rollups.refresh({});
  const files = await store.client.files.list({ dataset: 'rollups' });
  const entries = files.map(async ({ path, timeframe, partition }) => [
    `${timeframe} ${partition}`,
    await sha256(join(store.folder, path)),
  ]);
  return Object.fromEntries((await Promise.all(entries)) as [string, string][]);
}
