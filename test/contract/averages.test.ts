import type { EmaStateDocument } from '#schemas/documents/ema-documents';
import { ema } from '#shared/math/ema';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle } from '../helpers/rows.ts';

const perDay = 288;
/** Bars from the opening bell to the end of its UTC day. */
const firstDay = 126;
const price = (index: number) => 100 + 10 * Math.sin(index / 9) + (index % 5);
const bars = (first: number, count: number, symbol = 'SPY') =>
  Array.from({ length: count }, (_, index) =>
    flatCandle(price(first + index), { ts: fiveMinutes(first + index), symbol }),
  );

const readJson = async ({ folder }: TestStore, name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, 'emas', name), 'utf8'));
const stateOf = async (store: TestStore) =>
  ((await readJson(store, 'ema_state.json')) as EmaStateDocument).series;

/** What each average of the closes of SPY is, of all bars up to one. */
const averagesOf = (count: number, periods = [9, 21, 50, 200], change: (index: number) => number = price) =>
  periods.map((period) =>
    ema(
      Float64Array.from({ length: count }, (_, index) => change(index)),
      period,
    ).values.at(-1)!,
  );

async function expectAverages(store: TestStore, through: number, expected: readonly number[]): Promise<void> {
  const [series] = await stateOf(store);
  expect(series).toMatchObject({ symbol: 'SPY', timeframe: '5m', through: fiveMinutes(through) });
  series!.averages.forEach(({ accumulated }, index) => {
    expect(accumulated / expected[index]!).toBeCloseTo(1, 11);
  });
}

describe('averages that bots go on from', () => {
  it('are those of all closes up to the last merged bar', async () => {
    const store = await openTestStore();
    await store.append(...bars(0, 280));
    await store.compact();
    await store.append(...bars(280, 20));
    await expectAverages(store, 279, averagesOf(280));
  });

  it('say the latest values by the timeframe, as bots name the file', async () => {
    const store = await openTestStore({ settings: { emaPeriods: [3, 500] } });
    await store.append(...bars(0, 4), ...bars(0, 1, 'QQQ'));
    await store.compact();
    expect(await readJson(store, '5M.json')).toEqual({
      timeframe: '5m',
      symbols: {
        QQQ: { ts: fiveMinutes(0), ts_iso: '2025-09-02T13:30:00.000Z', ema_3: null, ema_500: null },
        SPY: {
          ts: fiveMinutes(3),
          ts_iso: '2025-09-02T13:45:00.000Z',
          ema_3: averagesOf(4, [3])[0],
          ema_500: null,
        },
      },
    });
  });

  it('go on from day to day without reading what was merged before', async () => {
    const store = await openTestStore();
    await store.append(...bars(0, firstDay));
    await store.compact();
    await rm(join(store.folder, 'data/5m/2025-09-02.parquet'));
    await store.append(...bars(firstDay, perDay));
    await store.compact();
    await expectAverages(store, firstDay + perDay - 1, averagesOf(firstDay + perDay));
  });

  it('are made anew when an earlier bar is corrected', async () => {
    const store = await openTestStore();
    await store.append(...bars(0, 2 * perDay));
    await store.compact();
    await store.append(flatCandle(999, { ts: fiveMinutes(300) }));
    await store.compact();
    const corrected = averagesOf(2 * perDay, undefined, (index) => (index === 300 ? 999 : price(index)));
    await expectAverages(store, 2 * perDay - 1, corrected);
  });

  it('follow a day that was replaced', async () => {
    const store = await openTestStore({ settings: { emaPeriods: [9, 21] } });
    await store.append(...bars(0, 100));
    await store.compact();
    const rows = bars(0, 100).map((row) => ({ ...row, open: 7, high: 7, low: 7, close: 7 }));
    await store.client.candles.replaceDay({ timeframe: '5m', day: '2025-09-02', rows });
    await expectAverages(store, 99, [7, 7]);
  });

  it('do not change when files that were merged already are merged into a month', async () => {
    const store = await openTestStore();
    await store.append(...bars(0, 600));
    await store.compact();
    const before = await stateOf(store);
    await store.compact({ dataset: 'candles', month: '2025-09' });
    expect(await stateOf(store)).toEqual(before);
  });

  it('are not kept where nobody wants any', async () => {
    const store = await openTestStore({ settings: { emaPeriods: [] } });
    await store.append(...bars(0, 10));
    await store.compact();
    expect(await readdir(store.folder)).not.toContain('emas');
  });
});
