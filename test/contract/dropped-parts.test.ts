import { candles } from '#schemas/datasets/candles';
import fc from 'fast-check';
import {
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readBars } from '../../electron/engine/read-bars.ts';
import { metadataOf } from '../../electron/storage/file-metadata.ts';
import { foreignDatasets } from '../../electron/storage/foreign-layout.ts';
import { encodePart } from '../../electron/storage/part-writer.ts';
import { tailRow } from '../../electron/storage/tail-row.ts';
import { goodRows } from '../helpers/arbitrary-rows.ts';
import { barSql, testEngine, writeParquet } from '../helpers/foreign-files.ts';
import { openTestStore, type TestStore, type View } from '../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle, openingBell, storedCandle, storedRow } from '../helpers/rows.ts';

const day = 'data/5m/2025-09-02';
const soon = { timeout: 20_000, interval: 20 };

const bar = (place: number, price: number) => flatCandle(price, { ts: fiveMinutes(place) });
const closes = ({ candles: bars }: View) => bars.map(({ close }) => close);

/** A part as our own encoder writes it, dropped under a name in one step. */
async function dropPart(
  folder: string,
  path: string,
  rows: readonly object[],
  metadata: Record<string, string> = {},
) {
  const stored = rows.map((row) => storedCandle(row as never));
  await drop(folder, path, await encodePart(candles, stored, metadata));
}

async function drop(folder: string, path: string, content: Uint8Array) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, `${path}.partial`), content);
  await rename(join(folder, `${path}.partial`), join(folder, path));
}

/** A file that a bot finished a while ago: nobody is writing it any more. */
async function dropOld(folder: string, path: string, content: Uint8Array) {
  await drop(folder, path, content);
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(join(folder, path), longAgo, longAgo);
}

const isThere = (folder: string, path: string) =>
  lstat(join(folder, path)).then(
    () => true,
    () => false,
  );

async function reasonOf(
  folder: string,
  path: string,
): Promise<{ reason: string; stored: number; rows: object[] }> {
  const text = await readFile(join(folder, '_rejects', `${path}.reason.json`), 'utf8');
  return JSON.parse(text) as Awaited<ReturnType<typeof reasonOf>>;
}

async function reopened({ folder, close }: TestStore) {
  await close();
  return openTestStore({ folder });
}

describe('a part that another program puts into an open store', () => {
  it('is told of a moment later and is in the viewport', async () => {
    const { folder, client, view } = await openTestStore();
    const changes: unknown[] = [];
    client.store.changed((change) => changes.push(...change.changes));
    await dropPart(folder, `${day}/part-bot-1.parquet`, [bar(0, 10), bar(1, 11)]);
    await vi.waitFor(() => expect(changes).toHaveLength(1), soon);
    expect(changes).toEqual([
      {
        ...{ dataset: 'candles', timeframe: '5m', symbol: 'SPY', hasNewRows: true },
        ...{ from: fiveMinutes(0), until: fiveMinutes(1) + 1 },
      },
    ]);
    expect(closes(await view())).toEqual([10, 11]);
  });

  it('may have times as text, in the zone of the store, and fewer columns than ours', async () => {
    const engine = await testEngine();
    const { folder, view } = await openTestStore({ settings: { zone: 'America/New_York' } });
    await writeParquet(
      engine,
      `${folder}/${day}/part-a.parquet`,
      barSql(`'2025-09-02T09:30:00' AS ts`, { price: 10 }),
    );
    await writeParquet(
      engine,
      `${folder}/${day}/part-b.parquet`,
      barSql(`'2025-09-02T09:35:00-04:00' AS ts`, { price: 11 }),
    );
    await writeParquet(
      engine,
      `${folder}/${day}/part-c.parquet`,
      barSql(`TIMESTAMP '2025-09-02 09:40:00' AS "Timestamp"`, { price: 12 }),
    );
    await vi.waitFor(async () => expect(closes(await view())).toEqual([10, 11, 12]), soon);
    expect((await view()).candles.map(({ ts }) => ts)).toEqual([0, 1, 2].map(fiveMinutes));
  });

  it('keeps its rows when it is merged and when the store is opened again', async () => {
    const engine = await testEngine();
    const store = await openTestStore({ settings: { zone: 'America/New_York' } });
    await writeParquet(
      engine,
      `${store.folder}/${day}/part-a.parquet`,
      barSql(`'2025-09-02 09:30' AS ts`, { price: 10 }),
    );
    await store.append(bar(1, 11));
    await vi.waitFor(async () => expect(closes(await store.view())).toEqual([10, 11]), soon);
    const again = await reopened(store);
    expect(closes(await again.view())).toEqual([10, 11]);
    const [report] = await again.compact({ dataset: 'candles' });
    expect(report).toMatchObject({ rowsIn: 2, rowsOut: 2, duplicates: 0 });
    expect(await again.view()).toMatchObject({ served: { parts: 0, days: 1 } });
    expect(closes(await again.view())).toEqual([10, 11]);
    expect((await again.client.verify.run({ deep: true })).problems).toEqual([]);
  });

  it('comes into a folder that was not there before', async () => {
    const { folder, view } = await openTestStore();
    await dropPart(folder, 'data/15m/2025-09-02/part-a.parquet', [{ ...bar(0, 10), timeframe: '15M' }]);
    await vi.waitFor(async () => expect(closes(await view({ timeframe: '15m' }))).toEqual([10]), soon);
  });

  it('is told of also in a folder that went and came again', async () => {
    const { folder, client } = await openTestStore();
    const told: number[] = [];
    client.store.changed(({ changes }) => told.push(...changes.map(({ from }) => from)));
    for (const place of [0, 1, 2]) {
      await dropPart(folder, `${day}/part-bot-${place}.parquet`, [bar(place, 10)]);
      await vi.waitFor(() => expect(told).toContain(fiveMinutes(place)), soon);
      await rename(join(folder, day), join(folder, `data/5m/.moved-${place}`));
    }
  });

  it('overrules what was stored of its bars before', async () => {
    const { folder, append, view } = await openTestStore();
    await append(bar(0, 10), bar(1, 11));
    await dropPart(folder, `${day}/part-a.parquet`, [bar(1, 21)]);
    await vi.waitFor(async () => expect(closes(await view())).toEqual([10, 21]), soon);
  });

  it('overrules what was stored before also when it has more rows than are kept in memory', async () => {
    const { folder, append, view } = await openTestStore();
    await append(bar(0, 10), bar(1, 11));
    const path = join(folder, `${day}/part-a.parquet`);
    const many = `SELECT * REPLACE (symbol || range AS symbol) FROM (${barSql(`${fiveMinutes(1)}::BIGINT AS ts`)}), range(9000)`;
    const columns = 'symbol, timeframe, ts, open, high, low, close, volume';
    const ours = barSql(`${fiveMinutes(1)}::BIGINT AS ts`, { price: 21 });
    await writeParquet(
      await testEngine(),
      path,
      `SELECT ${columns} FROM (${many}) UNION ALL SELECT ${columns} FROM (${ours})`,
    );
    await vi.waitFor(async () => expect(closes(await view())).toEqual([10, 21]), soon);
    await append(bar(0, 30));
    expect(closes(await view())).toEqual([30, 21]);
  });

  it('may hold a key twice: its later row counts, and that is said', async () => {
    const { folder, client, view } = await openTestStore();
    await dropPart(folder, `${day}/part-a.parquet`, [bar(0, 10), bar(0, 20)]);
    await vi.waitFor(async () => expect(closes(await view())).toEqual([20]), soon);
    expect((await client.store.describe({})).warnings).toEqual([
      `${day}/part-a.parquet: 1 of its rows repeat a key; the later ones count`,
    ]);
  });

  it('is left alone while it is being written, and taken in when it is whole', async () => {
    const { folder, view } = await openTestStore();
    const whole = await encodePart(candles, [storedCandle(bar(0, 10))], {});
    const path = join(folder, day, 'part-a.parquet');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, whole.subarray(0, 200));
    // Its writer is at it, however slow this machine is.
    await utimes(path, new Date(), new Date(Date.now() + 60_000));
    // When a later file has been taken in, this one has been looked at, too.
    await dropPart(folder, `${day}/part-b.parquet`, [bar(1, 11)]);
    await vi.waitFor(async () => expect(closes(await view())).toEqual([11]), soon);
    expect(await isThere(folder, `${day}/part-a.parquet`)).toBe(true);
    await writeFile(path, whole);
    await vi.waitFor(async () => expect(closes(await view())).toEqual([10, 11]), soon);
  });

  it('is not followed when it is a link', async () => {
    const { folder, client, append, view } = await openTestStore();
    await append(bar(0, 10));
    await writeFile(join(folder, 'elsewhere'), await encodePart(candles, [storedCandle(bar(1, 11))], {}));
    await mkdir(join(folder, day), { recursive: true });
    await symlink(join(folder, 'elsewhere'), join(folder, day, 'part-a.parquet'));
    await vi.waitFor(
      async () =>
        expect((await client.store.describe({})).warnings).toEqual([
          `${day}/part-a.parquet was left alone: it is a link; links are not followed`,
        ]),
      soon,
    );
    expect(closes(await view())).toEqual([10]);
    expect(await isThere(folder, `${day}/part-a.parquet`)).toBe(true);
  });
});

describe('parts that lie in a store when it is opened', () => {
  it('are there for one who only reads, and the store is not touched', async () => {
    const { folder, append, close } = await openTestStore();
    await append(bar(0, 10));
    await close();
    await dropPart(folder, `${day}/part-a.parquet`, [bar(1, 11)]);
    await dropOld(folder, `${day}/part-b.parquet`, new Uint8Array(0));
    const before = await readdir(folder, { recursive: true });
    const reader = await openTestStore({ folder, access: 'read' });
    const answer = await reader.view();
    expect(closes(answer)).toEqual([10, 11]);
    expect(answer.unreadable).toEqual([{ path: `${day}/part-b.parquet`, reason: 'it is empty (0 bytes)' }]);
    expect((await reader.client.compaction.plan({}))[0]).toMatchObject({ rows: 2 });
    await reader.close();
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });

  it('overrule one another in the order in which they were written, before and after they are merged', async () => {
    const { folder, close } = await openTestStore();
    await close();
    await dropPart(folder, `${day}/part-b.parquet`, [bar(0, 10), bar(1, 11)]);
    await dropPart(folder, `${day}/part-a.parquet`, [bar(1, 21)]);
    const reader = await openTestStore({ folder, access: 'read' });
    expect(closes(await reader.view())).toEqual([10, 21]);
    await reader.close();
    const { client, compact, view } = await openTestStore({ folder });
    await client.compaction.plan({});
    expect(closes(await view())).toEqual([10, 21]);
    await compact();
    expect(closes(await view())).toEqual([10, 21]);
  });

  it('are part of what is merged right away', async () => {
    const store = await openTestStore();
    await store.close();
    await dropPart(store.folder, `${day}/part-a.parquet`, [bar(0, 10)]);
    const { compact, view } = await openTestStore({ folder: store.folder });
    expect(await compact()).toMatchObject([{ rowsOut: 1 }]);
    expect(closes(await view())).toEqual([10]);
  });

  it('are taken in once, however often the store is opened', async () => {
    let store = await openTestStore();
    await dropPart(store.folder, `${day}/part-a.parquet`, [bar(0, 10)]);
    for (let opening = 0; opening < 3; opening += 1) store = await reopened(store);
    await vi.waitFor(async () => expect(await store.client.files.list({})).toHaveLength(1), soon);
    expect((await store.client.symbols.list({}))[0]?.timeframes).toMatchObject([{ bars: 1 }]);
  });
});

describe('a bad part', () => {
  const good = bar(0, 10);

  it.each([
    ['of zero bytes', new Uint8Array(0), 'it is empty (0 bytes)'],
    [
      'of nonsense',
      new TextEncoder().encode('PAR1 is not enough PAR1'),
      'it is cut short, or is no Parquet file',
    ],
  ])('%s is set aside with the reason, and nothing else is affected', async (_, content, reason) => {
    const { folder, client, append, view } = await openTestStore();
    await append(good);
    await dropOld(folder, `${day}/part-bad.parquet`, content);
    await vi.waitFor(
      async () =>
        expect(await reasonOf(folder, `${day}/part-bad.parquet`)).toMatchObject({
          path: `${day}/part-bad.parquet`,
          reason,
        }),
      soon,
    );
    expect(await isThere(folder, `_rejects/${day}/part-bad.parquet`)).toBe(true);
    expect(await isThere(folder, `${day}/part-bad.parquet`)).toBe(false);
    expect((await client.store.describe({})).warnings).toHaveLength(1);
    expect(await view()).toMatchObject({ candles: [{ close: 10 }], unreadable: [] });
  });

  it.each([
    ['a wrong schema', `SELECT 1 AS a, 'b' AS b`, 'it has no column symbol'],
    [
      'a column missing',
      barSql(`${openingBell}::BIGINT AS ts`).replace(/, \d+::DOUBLE AS volume/, ''),
      'it has no column volume',
    ],
    ['a column of the wrong type', barSql(`true AS ts`), 'ts is of type BOOLEAN, which is no time'],
  ])('with %s is set aside with the reason', async (_, query, reason) => {
    const engine = await testEngine();
    const { folder } = await openTestStore();
    await writeParquet(engine, `${folder}/bad.parquet`, query);
    await dropOld(folder, `${day}/part-bad.parquet`, await readFile(`${folder}/bad.parquet`));
    await vi.waitFor(
      async () => expect(await reasonOf(folder, `${day}/part-bad.parquet`)).toMatchObject({ reason }),
      soon,
    );
  });

  it('never takes its good rows with it', async () => {
    const engine = await testEngine();
    const { folder, view } = await openTestStore();
    const rows = [
      barSql(`${fiveMinutes(0)}::BIGINT AS ts`, { price: 10 }),
      barSql(`${fiveMinutes(1)}::BIGINT AS ts`, { price: -5 }),
      barSql(`${fiveMinutes(2)}::BIGINT AS ts`, { price: 12, symbol: '../../etc' }),
      barSql(`${fiveMinutes(3)}::BIGINT AS ts`, { price: 13 }),
    ];
    await writeParquet(engine, `${folder}/mixed.parquet`, rows.join(' UNION ALL '));
    await drop(folder, `${day}/part-mixed.parquet`, await readFile(`${folder}/mixed.parquet`));
    await vi.waitFor(async () => expect(closes(await view())).toEqual([10, 13]), soon);
    await vi.waitFor(
      async () =>
        expect(await reasonOf(folder, `${day}/part-mixed.parquet`)).toMatchObject({
          stored: 2,
          refused: 2,
          rows: [
            { row: 2, field: 'open', reason: 'must be above 0, is -5' },
            { row: 3, field: 'symbol', reason: 'looks like a path' },
          ],
        }),
      soon,
    );
  });

  it('with text that is no number names the value', async () => {
    const engine = await testEngine();
    const { folder } = await openTestStore();
    const query = barSql(`${openingBell}::BIGINT AS ts`).replace('10::DOUBLE AS volume', `'many' AS volume`);
    await writeParquet(engine, `${folder}/bad.parquet`, query);
    await drop(folder, `${day}/part-bad.parquet`, await readFile(`${folder}/bad.parquet`));
    await vi.waitFor(
      async () =>
        expect(await reasonOf(folder, `${day}/part-bad.parquet`)).toMatchObject({
          rows: [{ row: 1, field: 'volume', reason: 'is no such value: "many"' }],
        }),
      soon,
    );
  });

  it('with rows of another day has them stored where they belong', async () => {
    const { folder, view } = await openTestStore();
    await dropPart(folder, 'data/5m/2025-09-09/part-a.parquet', [bar(0, 10), bar(1, 11)]);
    await vi.waitFor(async () => expect(closes(await view())).toEqual([10, 11]), soon);
    await vi.waitFor(
      async () =>
        expect(await reasonOf(folder, 'data/5m/2025-09-09/part-a.parquet')).toMatchObject({
          reason: expect.stringContaining('rows of another day') as string,
          stored: 2,
        }),
      soon,
    );
  });

  it('with rows of another timeframe has them stored where they belong', async () => {
    const { folder, view } = await openTestStore();
    await dropPart(folder, 'data/2m/2025-09-02/part-a.parquet', [bar(0, 10)]);
    await vi.waitFor(async () => expect(closes(await view())).toEqual([10]), soon);
    expect(closes(await view({ timeframe: '2m' }))).toEqual([]);
  });

  it('of the same name as one set aside before does not take its place', async () => {
    const { folder } = await openTestStore();
    await dropOld(folder, `${day}/part-bad.parquet`, new Uint8Array(0));
    await vi.waitFor(
      async () => expect(await isThere(folder, `_rejects/${day}/part-bad.parquet`)).toBe(true),
      soon,
    );
    await dropOld(folder, `${day}/part-bad.parquet`, new Uint8Array(3));
    await vi.waitFor(
      async () => expect(await isThere(folder, `_rejects/${day}/part-bad.parquet.2`)).toBe(true),
      soon,
    );
  });
});

describe('what a crash left of our own writing', () => {
  const storeId = async (folder: string) => {
    const { id } = JSON.parse(await readFile(join(folder, 'store.json'), 'utf8')) as { readonly id: string };
    return id;
  };

  it('doubles nothing: a part without its record goes to the trash when its rows are known', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10), bar(1, 11));
    await store.append(bar(0, 20));
    const metadata = metadataOf(await storeId(store.folder), candles, 1);
    await store.close();
    await dropPart(
      store.folder,
      `${day}/part-20250902T133000000-0badcafe-0.parquet`,
      [bar(0, 10), bar(1, 11)],
      metadata,
    );
    const { view, client } = await openTestStore({ folder: store.folder });
    await vi.waitFor(async () => expect(await client.trash.list({})).toHaveLength(1), soon);
    expect(closes(await view())).toEqual([20, 11]);
    expect((await client.verify.run({})).problems).toEqual([]);
  });

  it('loses nothing: rows whose record was lost with the end of the log are taken from the part', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    const metadata = metadataOf(await storeId(store.folder), candles, 1_000);
    await store.close();
    await dropPart(
      store.folder,
      `${day}/part-20250902T133000000-0badcafe-0.parquet`,
      [bar(0, 99), bar(1, 11)],
      metadata,
    );
    const { view, client } = await openTestStore({ folder: store.folder });
    await vi.waitFor(async () => expect(closes(await view())).toEqual([10, 11]), soon);
    await vi.waitFor(async () => expect(await client.trash.list({})).toHaveLength(1), soon);
  });

  it('is taken out of the way when it is a compacted file whose inputs are accounted for', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    await store.compact();
    await store.close();
    await copyFile(join(store.folder, `${day}.parquet`), join(store.folder, `${day}.r2.parquet`));
    const { view, client } = await openTestStore({ folder: store.folder });
    await vi.waitFor(
      async () =>
        expect((await client.trash.list({})).map(({ path }) => path)).toContain(`${day}.r2.parquet`),
      soon,
    );
    expect(closes(await view())).toEqual([10]);
    expect((await view()).served).toMatchObject({ days: 1 });
  });

  it('is told apart from a day file that another program put there, which is named and left', async () => {
    const engine = await testEngine();
    const { folder, client } = await openTestStore();
    await writeParquet(engine, `${folder}/${day}.parquet`, barSql(`${openingBell}::BIGINT AS ts`));
    await client.files.list({});
    expect((await client.store.describe({})).warnings).toEqual([
      `${day}.parquet is not part of the store: run "tapedeck adopt" to take it in`,
    ]);
    expect(await isThere(folder, `${day}.parquet`)).toBe(true);
  });

  it('does not lose a day file of another program to the merging of the same day', async () => {
    const engine = await testEngine();
    const { folder, append, compact, view } = await openTestStore();
    await writeParquet(
      engine,
      `${folder}/${day}.parquet`,
      barSql(`${openingBell}::BIGINT AS ts`, { price: 77 }),
    );
    const theirs = await readFile(join(folder, `${day}.parquet`));
    await append(bar(0, 10), bar(1, 11));
    await compact({ dataset: 'candles' });
    expect(closes(await view())).toEqual([10, 11]);
    expect(await readFile(join(folder, `${day}.parquet`))).toEqual(theirs);
  });
});

it('serves the rest of a day when a file is cut short at any length of its last kilobyte', async () => {
  const store = await openTestStore();
  await store.append(bar(0, 10));
  await store.compact();
  await store.append({ ...bar(1, 11), symbol: 'QQQ' });
  await store.close();
  const path = join(store.folder, `${day}.parquet`);
  const whole = await readFile(path);
  for (const cut of [1, 300, 1_024]) {
    await writeFile(path, whole.subarray(0, whole.length - cut));
    const reader = await openTestStore({ folder: store.folder, access: 'read' });
    const answer = await reader.view();
    expect(answer).toMatchObject({ candles: [], unreadable: [{ path: `${day}.parquet` }] });
    expect(closes(await reader.view({ symbol: 'QQQ' }))).toEqual([11]);
    await reader.close();
  }
  const question = { root: store.folder, paths: [`${day}.parquet`], symbol: 'SPY', from: 0, until: 9e15 };
  const engine = await testEngine();
  for (let cut = 1; cut <= 1_024; cut += 1) {
    await writeFile(path, whole.subarray(0, whole.length - cut));
    const { value, unreadable } = await readBars(engine, question);
    expect([cut, value.ts.length, unreadable]).toEqual([
      cut,
      0,
      [{ path: `${day}.parquet`, reason: 'it is cut short, or is no Parquet file' }],
    ]);
  }
});

describe('a part of any dataset', () => {
  it('is taken in by the owner, and shown by who may only read', async () => {
    const store = await openTestStore();
    const dropped: { dataset: string; path: string; rows: number }[] = [];
    for (const dataset of foreignDatasets) {
      const [given = {}] = fc.sample(goodRows(dataset), { seed: 1, numRuns: 1 });
      const row = storedRow(dataset, given);
      const { timeframe, partition } = tailRow(dataset, row, 0, 0);
      const path = `${dataset.folder}/${timeframe}/${partition}/part-bot.parquet`;
      await drop(store.folder, path, await encodePart(dataset, [row], {}));
      dropped.push({ dataset: dataset.name, path, rows: 1 });
    }
    const listed = async ({ client }: TestStore) => {
      const files = await client.files.list({});
      return files.map(({ dataset, path, rows }) => ({ dataset, path, rows }));
    };
    expect(await listed(store)).toEqual(expect.arrayContaining(dropped));
    await store.close();
    expect(await listed(await openTestStore({ folder: store.folder, access: 'read' }))).toHaveLength(
      dropped.length,
    );
  });

  it('is read as other programs write it, and its bad rows are told', async () => {
    const { folder, client } = await openTestStore();
    const engine = await testEngine();
    const trade = `'SPY' AS symbol, 'feed' AS source, TIMESTAMPTZ '2025-09-02 13:30:00+00' AS "timestamp"`;
    const parts = 'trades/tick/2025-09-02';
    await writeParquet(
      engine,
      join(folder, parts, 'part-bot.parquet'),
      `SELECT ${trade}, 1 AS sequence, 640.5 AS price, 10 AS size
       UNION ALL SELECT ${trade}, 2, 640.75, -1 ORDER BY sequence`,
    );
    await writeParquet(
      engine,
      join(folder, 'trades/tick/2025-09-01.parquet'),
      `SELECT 'SPY' AS symbol, 'feed' AS source, TIMESTAMPTZ '2025-09-01 13:30:00+00' AS "timestamp",
       1 AS sequence, 600.5 AS price, 10 AS size`,
    );
    await client.adoption.run({});
    const { rows } = await client.journal.list({ dataset: 'trades', symbol: 'SPY', limit: 10 });
    expect(rows.map(({ ts, price }) => [ts, price])).toEqual([
      [openingBell, 640.5],
      [openingBell - 86_400_000, 600.5],
    ]);
    expect(await reasonOf(folder, `${parts}/part-bot.parquet`)).toMatchObject({
      reason: 'row 2: size must be at least 0, is -1',
    });
  });
});
