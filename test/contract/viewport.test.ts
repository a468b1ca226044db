import { createClient } from '#shared/ipc';
import fc from 'fast-check';
import { mkdir, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { candleRow, fiveMinutes, flatCandle, objectRow, openingBell } from '../helpers/rows.ts';

const dayMs = 86_400_000;

/** A bar at a place of the 5m grid, known by its price. */
const bar = (place: number, price: number) => flatCandle(price, { ts: fiveMinutes(place) });

const prices = ({ candles }: Awaited<ReturnType<TestStore['view']>>) => candles.map(({ close }) => close);
const ids = ({ objects }: Awaited<ReturnType<TestStore['view']>>) =>
  objects.map(({ object_id }) => object_id);

describe('the range of a viewport', () => {
  it('holds its first instant and stops short of its last', async () => {
    const { append, view } = await openTestStore();
    await append(bar(0, 10), bar(1, 11), bar(2, 12));
    expect(prices(await view({ from: fiveMinutes(0), until: fiveMinutes(2) }))).toEqual([10, 11]);
    expect(prices(await view({ from: fiveMinutes(1), until: fiveMinutes(1) }))).toEqual([]);
    expect(prices(await view({ from: fiveMinutes(0) + 1, until: fiveMinutes(2) + 1 }))).toEqual([11, 12]);
  });

  it('is answered with every value as it was given', async () => {
    const { append, view } = await openTestStore();
    const given = { open: 640.1, high: 640.123456789, low: 0.1 + 0.2, close: 1 / 3, volume: 81_200.5 };
    await append(candleRow(given));
    expect((await view()).candles).toEqual([{ ts: openingBell, ...given }]);
  });

  it('may lie where there is nothing, at any instant', async () => {
    const { append, view } = await openTestStore();
    await append(bar(0, 10));
    for (const timeframe of ['5m', '1h', '1d', '1w']) {
      for (const from of [-8.64e15, -1, 0, openingBell + 9 * dayMs, 8e15, Number.MAX_SAFE_INTEGER - 1]) {
        expect(prices(await view({ timeframe, from, until: from + 1 }))).toEqual([]);
      }
    }
  });

  it("is answered with bars that are the caller's own: what becomes of them changes no other answer", async () => {
    const { append, client, compact } = await openTestStore();
    const monthLater = fiveMinutes(0) + 28 * dayMs;
    await append(bar(0, 10), flatCandle(11, { ts: monthLater }));
    await compact();
    await append(bar(1, 12));
    for (const from of [fiveMinutes(0), fiveMinutes(1), monthLater, monthLater + 1]) {
      for (const until of [fiveMinutes(1), fiveMinutes(2), monthLater + 1]) {
        const ask = async () =>
          (
            await client.candles.viewport({
              symbol: 'SPY',
              timeframe: '5m',
              from: Math.min(from, until),
              until,
            })
          ).bars;
        const bars = await ask();
        const before = bars.slice(0);
        new Uint8Array(bars).fill(7);
        expect(await ask()).toEqual(before);
      }
    }
  });

  it('must not end before it begins', async () => {
    const { view } = await openTestStore();
    await expect(view({ from: 1, until: 0 })).rejects.toMatchObject({
      code: 'argument-invalid',
      message: 'from: is after until',
    });
  });

  it('says where the data of the series begins and ends', async () => {
    const { append, view, compact } = await openTestStore();
    await append(bar(0, 10), bar(3, 11));
    await compact();
    await append(bar(9, 12));
    expect((await view({ from: 0, until: 1 })).extent).toEqual({
      first: fiveMinutes(0),
      last: fiveMinutes(9),
    });
    expect((await view({ symbol: 'QQQ' })).extent).toBeNull();
  });

  it('gives the newest bars where it is told how many', async () => {
    const { append, view } = await openTestStore();
    await append(bar(0, 10), bar(1, 11), bar(2, 12));
    expect(prices(await view({ maxBars: 2 }))).toEqual([11, 12]);
    expect(prices(await view({ maxBars: 5 }))).toEqual([10, 11, 12]);
  });

  it('knows a symbol from those that look like it', async () => {
    const { append, view } = await openTestStore();
    await append(bar(0, 10), { ...bar(0, 20), symbol: 'spy' }, { ...bar(0, 30), symbol: 'SPY.X' });
    expect(prices(await view({ symbol: 'spy' }))).toEqual([20]);
    expect(prices(await view({ symbol: "SPY' OR 1=1 --" }))).toEqual([]);
  });

  it('serves symbols that are named like parts of every object', async () => {
    const { append, view } = await openTestStore();
    await append({ ...bar(0, 10), symbol: 'constructor' }, { ...bar(0, 20), symbol: '__proto__' });
    expect(prices(await view({ symbol: 'constructor', timeframe: '1h' }))).toEqual([10]);
    expect(prices(await view({ symbol: '__proto__', timeframe: '1h' }))).toEqual([20]);
  });

  it('takes a timeframe in any case, and refuses what is none', async () => {
    const { append, view } = await openTestStore();
    await append({ ...bar(0, 10), timeframe: '5M' });
    expect((await view({ timeframe: '5M' })).resolution).toBe('5m');
    expect(prices(await view())).toEqual([10]);
    await expect(view({ timeframe: 'soon' })).rejects.toMatchObject({
      code: 'argument-invalid',
      message: expect.stringMatching(/^timeframe: soon/) as unknown,
    });
  });
});

describe('a row that was written twice', () => {
  it('counts as it was written last, in memory, in parts, and after compaction', async () => {
    const { append, view, compact } = await openTestStore();
    await append(bar(0, 10), bar(1, 11));
    await append(bar(0, 20));
    expect(prices(await view())).toEqual([20, 11]);
    await compact();
    expect(prices(await view())).toEqual([20, 11]);
    await append(bar(0, 30));
    expect(prices(await view())).toEqual([30, 11]);
    await compact();
    expect(prices(await view())).toEqual([30, 11]);
  });

  it('counts as its last line where one call brought it twice', async () => {
    const { append, view, compact } = await openTestStore({ settings: { rowsPerPart: 1 } });
    await append(bar(0, 10), bar(0, 30), bar(0, 20));
    expect(prices(await view())).toEqual([20]);
    await compact();
    expect(prices(await view())).toEqual([20]);
  });

  it('is one row, whatever the case of its timeframe', async () => {
    const { append, view, compact } = await openTestStore();
    await append({ ...bar(0, 10), timeframe: '5m' });
    await append({ ...bar(0, 20), timeframe: '5M' });
    await compact();
    expect(prices(await view())).toEqual([20]);
  });

  it('is the same for every order of writing, compacting and reopening', async () => {
    const steps = fc.array(
      fc.oneof(
        {
          weight: 4,
          arbitrary: fc.record({ place: fc.nat(3), day: fc.nat(1), price: fc.integer({ min: 1, max: 9 }) }),
        },
        { weight: 1, arbitrary: fc.constantFrom('day' as const, 'month' as const, 'reopen' as const) },
      ),
      { minLength: 2, maxLength: 9 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        let store = await openTestStore();
        const expected = new Map<number, number>();
        for (const step of list) {
          if (step === 'reopen') {
            await store.close();
            store = await openTestStore({ folder: store.folder });
          } else if (step === 'day') await store.compact();
          else if (step === 'month') await store.compact({ month: '2025-09' });
          else {
            const row = bar(step.place + step.day * 288, step.price);
            await store.append(row);
            expected.set(fiveMinutes(step.place + step.day * 288), step.price);
          }
          const wanted = [...expected].sort(([a], [b]) => a - b);
          const { candles } = await store.view({ until: openingBell + 3 * dayMs });
          expect(candles.map(({ ts, close }) => [ts, close])).toEqual(wanted);
        }
        await store.close();
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});

describe('the levels of a viewport', () => {
  async function mixed() {
    const store = await openTestStore();
    await store.append(bar(0, 10), bar(1, 11));
    await store.appendObjects(objectRow());
    await store.compact();
    await store.append(bar(1, 21), bar(2, 12));
    await store.appendObjects(objectRow({ object_id: 'zone-2' }));
    return store;
  }

  it('are all of them unless it is said otherwise', async () => {
    const { view } = await mixed();
    expect(prices(await view())).toEqual([10, 21, 12]);
    expect(ids(await view())).toEqual(['zone-1', 'zone-2']);
  });

  it('may be loose rows alone', async () => {
    const { view } = await mixed();
    const answer = await view({ levels: 'parts' });
    expect(prices(answer)).toEqual([21, 12]);
    expect(ids(answer)).toEqual(['zone-2']);
    expect(answer.served).toMatchObject({ days: 0, months: 0 });
  });

  it('may be compacted files alone', async () => {
    const { view } = await mixed();
    const answer = await view({ levels: 'compacted' });
    expect(prices(answer)).toEqual([10, 11]);
    expect(ids(answer)).toEqual(['zone-1']);
    expect(answer.served).toEqual({ parts: 0, days: 1, months: 1, years: 0, rollups: 0, tailRows: 0 });
  });

  it('are counted as rows become parts and parts a day', async () => {
    const first = await openTestStore();
    await first.append(bar(0, 10));
    await first.close();
    const again = await openTestStore({ folder: first.folder });
    expect((await again.view({ objects: false })).served).toMatchObject({ parts: 1, days: 0, tailRows: 0 });
    await again.compact();
    expect((await again.view({ objects: false })).served).toMatchObject({ parts: 0, days: 1, tailRows: 0 });
  });
});

describe('objects in a viewport', () => {
  it('overlap it in time: open, or ended at its first instant or later, and begun before its end', async () => {
    const { append, appendObjects, view } = await openTestStore();
    await append(bar(0, 10));
    const zone = (object_id: string, t_start: number, t_end: number | null) =>
      objectRow({ object_id, t_start, t_end });
    const [from, until] = [fiveMinutes(10), fiveMinutes(20)];
    await appendObjects(
      zone('open', fiveMinutes(0), null),
      zone('ends at from', fiveMinutes(0), from),
      zone('ends before', fiveMinutes(0), from - 1),
      zone('starts at until', until, null),
      zone('starts before until', until - 1, null),
      zone('around', fiveMinutes(5), fiveMinutes(30)),
    );
    expect(ids(await view({ from, until })).sort()).toEqual([
      'around',
      'ends at from',
      'open',
      'starts before until',
    ]);
  });

  it('touch the prices of its bars, two percent more on either side', async () => {
    const { append, appendObjects, view } = await openTestStore();
    await append(bar(0, 100), bar(1, 200));
    const band = (object_id: string, y_min: number, y_max: number) => objectRow({ object_id, y_min, y_max });
    await appendObjects(
      band('below', 90, 97.9),
      band('at the lower edge', 90, 98),
      band('inside', 150, 160),
      band('all over it', 1, 1_000),
      band('at the upper edge', 204, 210),
      band('above', 204.1, 210),
      objectRow({ object_id: 'level', object_type: 'level', y_min: null, y_max: null, y: 150 }),
      objectRow({ object_id: 'far level', object_type: 'level', y_min: null, y_max: null, y: 300 }),
      objectRow({ object_id: 'no price', object_type: 'marker', y_min: null, y_max: null }),
    );
    const answer = await view();
    expect(answer.priceBand).toEqual({ min: 98, max: 204 });
    expect(ids(answer).sort()).toEqual([
      'all over it',
      'at the lower edge',
      'at the upper edge',
      'inside',
      'level',
      'no price',
    ]);
  });

  it('touch the prices that are asked for instead', async () => {
    const { append, appendObjects, view } = await openTestStore();
    await append(bar(0, 100));
    await appendObjects(
      objectRow({ object_id: 'low', y_min: 10, y_max: 12 }),
      objectRow({ object_id: 'high', y_min: 90, y_max: 95 }),
    );
    expect(ids(await view({ priceMin: 5, priceMax: 20 }))).toEqual(['low']);
    expect(ids(await view({ priceMin: 12, priceMax: 90 })).sort()).toEqual(['high', 'low']);
    expect(ids(await view({ priceMin: 12.1 }))).toEqual(['high']);
    await expect(view({ priceMin: 2, priceMax: 1 })).rejects.toMatchObject({ code: 'argument-invalid' });
  });

  it('are all shown where there are no bars to take prices from', async () => {
    const { appendObjects, view } = await openTestStore();
    await appendObjects(objectRow());
    expect(await view()).toMatchObject({ priceBand: null, objects: [{ object_id: 'zone-1' }] });
  });

  it('are what their last event says, before anything is filtered', async () => {
    const { append, appendObjects, view, compact } = await openTestStore();
    await append(bar(0, 11));
    await appendObjects(objectRow({ sequence: 1, y_min: 10, y_max: 12 }));
    await appendObjects(
      objectRow({ sequence: 2, action: 'update', event_ts: fiveMinutes(3), y_min: 50, y_max: 52 }),
    );
    // As it was first it would touch the band; as it is it does not.
    expect(ids(await view())).toEqual([]);
    await compact();
    expect(ids(await view())).toEqual([]);
    await appendObjects(
      objectRow({ sequence: 3, action: 'close', event_ts: fiveMinutes(4), t_end: openingBell }),
    );
    expect((await view()).objects).toMatchObject([{ action: 'close', y_min: 10, t_end: openingBell }]);
  });

  it('are ordered by event time, then by sequence, not by when they were written', async () => {
    const { append, appendObjects, view } = await openTestStore();
    await append(bar(0, 11));
    await appendObjects(
      objectRow({ event_ts: fiveMinutes(2), sequence: 1, reason: 'late' }),
      objectRow({ event_ts: fiveMinutes(1), sequence: 7, reason: 'early' }),
      objectRow({ event_ts: fiveMinutes(2), sequence: 0, reason: 'first of two' }),
    );
    expect((await view()).objects).toMatchObject([{ reason: 'late' }]);
  });

  it('carry their payload as it was given', async () => {
    const { append, appendObjects, view, compact } = await openTestStore();
    const payload = { side: 'demand', text: '💹 "quoted" \u2028', list: [1, null, { deep: true }] };
    await append(bar(0, 11));
    await appendObjects(objectRow({ payload }));
    expect((await view()).objects).toMatchObject([{ payload }]);
    await compact();
    expect((await view()).objects).toMatchObject([{ payload }]);
  });

  it('stay away when they are not wanted', async () => {
    const { append, appendObjects, view } = await openTestStore();
    await append(bar(0, 11));
    await appendObjects(objectRow());
    expect((await view({ objects: false })).objects).toEqual([]);
  });

  it('do not change in an answer that was given', async () => {
    const { append, appendObjects, view } = await openTestStore();
    await append(bar(0, 10), bar(1, 11));
    await appendObjects(objectRow());
    const before = await view();
    const copy = structuredClone(before);
    await append(bar(0, 12), bar(2, 11));
    await appendObjects(objectRow({ sequence: 2, y_min: 11 }));
    await view();
    expect(before).toEqual(copy);
  });
});

describe('the world as it was known at an instant', () => {
  it('knows of each symbol the newest bar that had closed by an instant, in files and before', async () => {
    const before = await openTestStore();
    const row = flatCandle(9, { symbol: 'QQQ', ts: fiveMinutes(3) });
    await before.append(...[0, 1, 4].map((index) => bar(index, 10)), row);
    const known = ({ client }: TestStore) =>
      Promise.all(
        [fiveMinutes(1) - 1, fiveMinutes(3), fiveMinutes(9)].map((at) => client.symbols.asOf({ at })),
      );
    const spy = { symbol: 'SPY', last: fiveMinutes(1) };
    const all = [
      { ...spy, last: fiveMinutes(4) },
      { symbol: 'QQQ', last: fiveMinutes(3) },
    ];
    expect(await known(before)).toEqual([[], [spy], expect.arrayContaining(all)]);
    await before.compact();
    await before.close();
    // Nothing of it is in memory any more.
    const after = await openTestStore({ folder: before.folder });
    expect(await known(after)).toEqual([[], [spy], expect.arrayContaining(all)]);
  });

  it('has bars that were closed by then', async () => {
    const { append, view, compact } = await openTestStore();
    await append(bar(0, 10), bar(1, 11), bar(2, 12));
    expect(prices(await view({ asOf: fiveMinutes(2) }))).toEqual([10, 11]);
    expect(prices(await view({ asOf: fiveMinutes(2) - 1 }))).toEqual([10]);
    await compact();
    expect(prices(await view({ asOf: fiveMinutes(2) }))).toEqual([10, 11]);
  });

  it('has objects as they were then', async () => {
    const { append, appendObjects, view, compact } = await openTestStore();
    await append(bar(0, 11));
    await appendObjects(
      objectRow({ event_ts: fiveMinutes(1), sequence: 1, reason: 'made' }),
      objectRow({ event_ts: fiveMinutes(3), sequence: 2, reason: 'widened', action: 'update' }),
    );
    const reasons = async (asOf: number) => (await view({ asOf })).objects.map(({ reason }) => reason);
    const all = async () => [
      await reasons(fiveMinutes(1) - 1),
      await reasons(fiveMinutes(1)),
      await reasons(fiveMinutes(3)),
    ];
    expect(await all()).toEqual([[], ['made'], ['widened']]);
    await compact();
    expect(await all()).toEqual([[], ['made'], ['widened']]);
  });

  it('never holds anything from later, wherever it is stored', async () => {
    const places = fc.array(fc.nat(40), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(places, places, fc.nat(45), async (old, fresh, at) => {
        const { append, appendObjects, view, compact, close } = await openTestStore();
        await append(...old.map((place) => bar(place, 10)));
        await appendObjects(
          ...old.map((place) => objectRow({ event_ts: fiveMinutes(place), sequence: place })),
        );
        await compact();
        await append(...fresh.map((place) => bar(place, 11)));
        await appendObjects(
          ...fresh.map((place) => objectRow({ event_ts: fiveMinutes(place), sequence: place })),
        );
        const asOf = fiveMinutes(at);
        for (const timeframe of ['5m', '15m']) {
          const { candles, objects } = await view({ asOf, timeframe, priceMin: 0, priceMax: 99 });
          const length = timeframe === '5m' ? 300_000 : 900_000;
          expect(candles.every(({ ts }) => ts + length <= asOf)).toBe(true);
          expect(objects.every(({ event_ts }) => event_ts <= asOf)).toBe(true);
        }
        const known = new Set([...old, ...fresh].filter((place) => place < at));
        expect((await view({ asOf })).candles.map(({ ts }) => ts)).toEqual(
          [...known].sort((a, b) => a - b).map(fiveMinutes),
        );
        await close();
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});

describe('a timeframe that is not stored', () => {
  it('is made from the finest that divides it, and that is said', async () => {
    const { append, view } = await openTestStore();
    await append(
      candleRow({ timeframe: '5m', ts: fiveMinutes(0), open: 10, high: 12, low: 9, close: 11, volume: 1 }),
      candleRow({ timeframe: '5m', ts: fiveMinutes(1), open: 11, high: 15, low: 11, close: 14, volume: 2 }),
      candleRow({ timeframe: '5m', ts: fiveMinutes(2), open: 14, high: 14, low: 8, close: 9, volume: 4 }),
      candleRow({ timeframe: '5m', ts: fiveMinutes(3), open: 9, high: 10, low: 9, close: 10, volume: 8 }),
    );
    const answer = await view({ timeframe: '15m' });
    expect(answer).toMatchObject({ resolution: '15m', source: '5m' });
    expect(answer.candles).toEqual([
      { ts: fiveMinutes(0), open: 10, high: 15, low: 8, close: 9, volume: 7 },
      { ts: fiveMinutes(3), open: 9, high: 10, low: 9, close: 10, volume: 8 },
    ]);
  });

  it('is read as it is where it is stored, also when a finer one is too', async () => {
    const { append, view } = await openTestStore();
    await append(bar(0, 10), flatCandle(99, { timeframe: '15m' }));
    expect(await view({ timeframe: '15m' })).toMatchObject({ source: '15m', candles: [{ close: 99 }] });
  });

  it('is empty, and itself, where nothing divides it', async () => {
    const { append, view } = await openTestStore();
    await append(flatCandle(10, { timeframe: '15m' }));
    expect(await view({ timeframe: '5m' })).toMatchObject({ resolution: '5m', source: '5m', candles: [] });
  });

  it('begins with the session and ends with it, where the symbol has sessions', async () => {
    const { append, view } = await openTestStore({ settings: { calendars: { SPY: 'us-equity' } } });
    const half = (index: number, price: number) =>
      flatCandle(price, { timeframe: '30m', ts: openingBell + index * 1_800_000, volume: 1 });
    // 09:30 to 16:00 New York: thirteen half hours.
    await append(...Array.from({ length: 13 }, (_, index) => half(index, 10 + index)));
    const hours = await view({ timeframe: '1h' });
    expect(
      hours.candles.map(({ ts, close, volume }) => [(ts - openingBell) / 3_600_000, close, volume]),
    ).toEqual([
      [0, 11, 2],
      [1, 13, 2],
      [2, 15, 2],
      [3, 17, 2],
      [4, 19, 2],
      [5, 21, 2],
      [6, 22, 1],
    ]);
    const midnight = Math.floor(openingBell / dayMs) * dayMs;
    const days = await view({ timeframe: '1d', from: midnight - dayMs, until: midnight + dayMs });
    // The day of the calendar begins at 04:00 New York, before the first bar.
    expect(days.candles).toMatchObject([{ ts: Date.UTC(2025, 8, 2, 8), open: 10, close: 22, volume: 13 }]);
  });

  it('keeps a day of New York whole when it crosses midnight in UTC and clocks change', async () => {
    const { append, view } = await openTestStore({ settings: { calendars: { EURUSD: 'fx' } } });
    const hour = (ts: number) => flatCandle(1, { symbol: 'EURUSD', timeframe: '1h', ts, volume: 1 });
    // From Sunday 17:00 EST (22:00 UTC), the day of the change, to Monday 17:00.
    const sunday = Date.UTC(2025, 10, 2, 22);
    await append(...Array.from({ length: 24 }, (_, index) => hour(sunday + index * 3_600_000)));
    const { candles } = await view({
      symbol: 'EURUSD',
      timeframe: '1d',
      from: sunday - dayMs,
      until: sunday + dayMs,
    });
    expect(candles).toMatchObject([{ ts: sunday, volume: 24 }]);
  });

  it('never splits a bar of it at the edge of what is asked for', async () => {
    const { append, view } = await openTestStore();
    await append(
      ...Array.from({ length: 9 }, (_, index) =>
        flatCandle(10 + index, { ts: fiveMinutes(index), volume: 1 }),
      ),
    );
    const answer = await view({ timeframe: '15m', from: fiveMinutes(1), until: fiveMinutes(7) });
    expect(answer.candles.map(({ ts, volume }) => [ts, volume])).toEqual([
      [fiveMinutes(3), 3],
      [fiveMinutes(6), 3],
    ]);
  });
});

describe('a file that cannot be read', () => {
  /** Two compacted days of which the first is then harmed. */
  async function harmed(harm: (path: string) => Promise<unknown>) {
    const first = await openTestStore();
    await first.append(bar(0, 10), bar(288, 11));
    await first.appendObjects(objectRow());
    await first.compact();
    await first.close();
    await harm(join(first.folder, 'data', '5m', '2025-09-02.parquet'));
    return openTestStore({ folder: first.folder });
  }
  const path = 'data/5m/2025-09-02.parquet';

  it.each([
    ['was cut short', (file: string) => truncate(file, 100)],
    ['is empty', (file: string) => truncate(file, 0)],
    ['holds something else', (file: string) => writeFile(file, 'PAR1 this is no Parquet file PAR1')],
    ['is gone', (file: string) => rm(file)],
    [
      'is a folder',
      async (file: string) => {
        await rm(file);
        await mkdir(file);
      },
    ],
  ])('because it %s is named, and the rest is served', async (_, harm) => {
    const store = await harmed(harm);
    const answer = await store.view({ until: openingBell + 2 * dayMs });
    expect(prices(answer)).toEqual([11]);
    expect(ids(answer)).toEqual(['zone-1']);
    expect(answer.unreadable).toEqual([{ path, reason: expect.stringMatching(/^[^\n]+$/) as unknown }]);
    expect(answer.served).toMatchObject({ days: 1, months: 1 });
  });

  it('leaves what does not need it alone', async () => {
    const store = await harmed((file) => truncate(file, 100));
    const answer = await store.view({ from: fiveMinutes(288), until: fiveMinutes(289), objects: false });
    expect(prices(answer)).toEqual([11]);
  });

  it('is not remembered as such once it can be read again', async () => {
    const store = await harmed(async (file) => {
      await rename(file, `${file}.away`);
    });
    const until = openingBell + 2 * dayMs;
    expect((await store.view({ until })).unreadable).toHaveLength(1);
    const file = join(store.folder, 'data', '5m', '2025-09-02.parquet');
    await rename(`${file}.away`, file);
    expect(await store.view({ until })).toMatchObject({
      unreadable: [],
      candles: [{ close: 10 }, { close: 11 }],
    });
  });
});

describe('the history of an object', () => {
  it('is every event of it once, oldest first, wherever they are', async () => {
    const { appendObjects, client, compact } = await openTestStore();
    const event = (sequence: number, reason: string) =>
      objectRow({
        sequence,
        reason,
        event_ts: fiveMinutes(sequence),
        action: sequence === 1 ? 'create' : 'update',
      });
    await appendObjects(event(2, 'second'), event(1, 'first'));
    await appendObjects(objectRow({ object_id: 'zone-2', reason: 'another' }));
    await compact();
    await appendObjects(event(3, 'third'), event(2, 'second, corrected'));
    const history = async () =>
      (await client.objects.history({ objectId: 'zone-1' })).events.map(({ reason }) => reason);
    expect(await history()).toEqual(['first', 'second, corrected', 'third']);
    await compact();
    expect(await history()).toEqual(['first', 'second, corrected', 'third']);
    expect(await client.objects.history({ objectId: 'zone-3' })).toEqual({ events: [], unreadable: [] });
  });

  it('names a file of events that cannot be read, and shows the rest', async () => {
    const { folder, appendObjects, client, compact } = await openTestStore();
    await appendObjects(objectRow({ sequence: 1, event_ts: fiveMinutes(0) }));
    await compact();
    await appendObjects(objectRow({ sequence: 2, event_ts: fiveMinutes(1) }));
    await truncate(join(folder, 'objects/5m/2025-09.parquet'), 60);
    const unreadable = [
      { path: 'objects/5m/2025-09.parquet', reason: 'it is cut short, or is no Parquet file' },
    ];
    const history = await client.objects.history({ objectId: 'zone-1' });
    expect(history).toMatchObject({ events: [{ sequence: 2 }], unreadable });
    const then = await client.objects.asOf({ at: fiveMinutes(9) });
    expect(then).toMatchObject({ objects: [{ sequence: 2 }], unreadable });
  });

  it('misses no event while files are switched under it', async () => {
    const { appendObjects, client, compact } = await openTestStore({ settings: { rowsPerPart: 1 } });
    const count = 60;
    await appendObjects(
      ...Array.from({ length: count }, (_, index) =>
        objectRow({ sequence: index, event_ts: fiveMinutes(index) }),
      ),
    );
    const counts = new Set<number>();
    const state = { isDone: false };
    const compacting = compact().finally(() => (state.isDone = true));
    while (!state.isDone) {
      counts.add((await client.objects.history({ objectId: 'zone-1' })).events.length);
      await new Promise((resume) => setImmediate(resume));
    }
    await compacting;
    expect([...counts]).toEqual([count]);
  });
});

describe('the list of symbols', () => {
  it('has each with its timeframes, shortest first, and how far they reach', async () => {
    const { append, appendObjects, client, compact } = await openTestStore();
    await append(
      bar(0, 10),
      bar(2, 10),
      flatCandle(10, { timeframe: '1H' }),
      flatCandle(10, { symbol: 'QQQ', timeframe: '1d' }),
    );
    await compact();
    await append(bar(4, 10));
    await appendObjects(objectRow(), objectRow({ symbol: 'ES_F', object_id: 'other' }));
    expect(await client.symbols.list({})).toEqual([
      { symbol: 'ES_F', timeframes: [], objectEvents: 1, calendar: 'crypto' },
      {
        symbol: 'QQQ',
        timeframes: [{ timeframe: '1d', first: openingBell, last: openingBell, bars: 1 }],
        objectEvents: 0,
        calendar: 'crypto',
      },
      {
        symbol: 'SPY',
        timeframes: [
          { timeframe: '5m', first: fiveMinutes(0), last: fiveMinutes(4), bars: 3 },
          { timeframe: '1h', first: openingBell, last: openingBell, bars: 1 },
        ],
        objectEvents: 1,
        calendar: 'crypto',
      },
    ]);
  });
});

describe('a reader beside the owner', () => {
  it('sees what the owner has acknowledged, and may not write where there is no owner', async () => {
    const owner = await openTestStore();
    await owner.append(bar(0, 10));
    const other = await openTestStore({ folder: owner.folder, access: 'read' });
    expect(prices(await other.view())).toEqual([10]);
    await owner.append(bar(1, 11));
    expect(prices(await other.view())).toEqual([10, 11]);
    await other.close();
    await owner.close();
    const alone = await openTestStore({ folder: owner.folder, access: 'read' });
    expect(prices(await alone.view())).toEqual([10, 11]);
    await expect(alone.append(bar(2, 12))).rejects.toMatchObject({ code: 'store-read-only' });
    expect((await readdir(join(owner.folder, '_locks'))).filter((name) => name.startsWith('owner'))).toEqual(
      [],
    );
  });

  it('is told of changes', async () => {
    const owner = await openTestStore();
    const other = await openTestStore({ folder: owner.folder });
    const changed = new Promise((resolve) => other.client.store.changed(resolve));
    await other.client.store.describe({});
    await owner.append(bar(0, 10));
    expect(await changed).toMatchObject({
      changes: [{ dataset: 'candles', symbol: 'SPY', timeframe: '5m', from: fiveMinutes(0) }],
    });
  });

  it('refuses a call that the contract does not have, in one line', async () => {
    const { folder } = await openTestStore();
    const other = await openTestStore({ folder });
    await expect(other.client.candles.viewport({ symbol: 7, from: 'x' } as never)).rejects.toMatchObject({
      code: 'argument-invalid',
      message: expect.stringMatching(/^candles\.viewport: [^\n]+$/) as unknown,
    });
    const client = createClient({
      call: () => Promise.resolve({ ok: false, code: 'busy', message: 'wait' }),
      subscribe: () => () => undefined,
    });
    await expect(client.symbols.list({})).rejects.toMatchObject({ code: 'busy', message: 'wait' });
  });
});
