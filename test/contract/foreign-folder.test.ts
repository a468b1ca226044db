import { appendFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { adoptForeignFolder } from '../../electron/foreign-folder.ts';
import { barSql, testEngine, writeParquet } from '../helpers/foreign-files.ts';
import { foreignFolder, openFolder, stateOf, type OpenFolder } from '../helpers/foreign-folder.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const soon = { timeout: 20_000, interval: 20 };
const newYork = (day: string, time: string) => Date.parse(`${day}T${time}-04:00`);
const timeframes = ['2m', '5m', '15m'];

/** All that is shown of SPY. */
async function everything({ view }: OpenFolder) {
  const views = await Promise.all(timeframes.map((timeframe) => view({ timeframe })));
  return views.map(({ candles, objects }) => ({ candles, objects }));
}

describe('a folder that another program keeps', () => {
  it('charts every timeframe, whatever its files look like', async () => {
    const { view } = await openFolder(await foreignFolder());
    const opens = async (timeframe: string) =>
      (await view({ timeframe })).candles.map(({ ts, open }) => [ts, open]);
    const bars = (day: string, step: number, price: number, count = 6) =>
      Array.from({ length: count }, (_, index) => [
        newYork(day, '09:30:00') + index * step * 60_000,
        Number((price + index * 0.1).toFixed(1)),
      ]);
    const rounded = (rows: (number | undefined)[][]) =>
      rows.map(([ts, price]) => [ts, Number(price?.toFixed(1))]);
    expect(rounded(await opens('15m'))).toEqual([
      ...bars('2025-08-27', 15, 630),
      ...bars('2025-08-28', 15, 640),
      ...bars('2025-08-29', 15, 650),
    ]);
    expect(rounded(await opens('5m'))).toEqual([
      ...bars('2025-09-02', 5, 660),
      ...bars('2025-09-03', 5, 670),
    ]);
    expect(rounded(await opens('2m'))).toEqual(bars('2025-09-04', 2, 680, 3));
  });

  it('shows its objects with their histories', async () => {
    const { view, client } = await openFolder(await foreignFolder());
    const { objects } = await view({ timeframe: '15m' });
    const bar = (day: string, index: number) => newYork(day, '09:30:00') + index * 900_000;
    expect(
      objects.map(({ object_id, object_type, t_start, t_end, y_min, y_max, y }) => [
        object_id,
        object_type,
        t_start,
        t_end,
        y_min,
        y_max,
        y,
      ]),
    ).toEqual([
      ['00001', 'level', bar('2025-08-28', 3), Date.parse('2025-08-29T20:00:00Z'), null, null, 642.5],
      ['00002', 'zone', bar('2025-08-28', 4), null, 640, 641, null],
      ['00009', 'level', bar('2025-08-29', 3), null, null, null, 655.5],
      ['m1', 'marker', newYork('2025-09-02', '10:00:00'), null, 661, 661, null],
    ]);
    expect((await client.objects.history({ objectId: '00001' })).events).toMatchObject([
      { action: 'create', reason: 'high of the day', payload: { type: 'resistance', status: 'active' } },
      { action: 'close', reason: 'inside the day', symbol: 'SPY', y: 642.5 },
    ]);
  });

  it('says what was taken for granted', async () => {
    const { client } = await openFolder(await foreignFolder());
    expect(await client.store.describe({})).toMatchObject({
      access: 'reader',
      zone: 'America/New_York',
      warnings: [
        'Volume is taken for 0 where a file has none: 1, such as data/15m/2025-08-27.parquet',
        'Times without an offset are read as those of America/New_York',
      ],
    });
  });

  it('is read in another zone when one is given', async () => {
    const { view } = await openFolder(await foreignFolder(), { zone: 'America/Chicago' });
    const [first] = (await view({ timeframe: '15m' })).candles;
    expect(first?.ts).toBe(Date.parse('2025-08-27T09:30:00-05:00'));
  });

  it('is not touched by being looked at', async () => {
    const folder = await foreignFolder();
    const before = await stateOf(folder);
    const open = await openFolder(folder);
    await everything(open);
    await open.client.files.list({});
    await open.client.compaction.plan({});
    await open.close();
    expect(await stateOf(folder)).toEqual(before);
  });

  it.each([
    ['candles', (client: OpenFolder['client']) => client.candles.append({ rows: [] })],
    ['objects', (client: OpenFolder['client']) => client.objects.append({ rows: [] })],
    ['compaction', (client: OpenFolder['client']) => client.compaction.run({})],
    ['rollups', (client: OpenFolder['client']) => client.rollups.refresh({})],
    ['the cache of objects', (client: OpenFolder['client']) => client.objects.rebuild({})],
    ['repair', (client: OpenFolder['client']) => client.verify.run({ repair: true })],
  ])('refuses to be written to and says what would help: %s', async (_, write) => {
    const folder = await foreignFolder();
    const { client } = await openFolder(folder);
    await expect(write(client)).rejects.toMatchObject({
      code: 'store-read-only',
      message: expect.stringContaining(`tapedeck adopt ${folder}`) as string,
    });
  });

  it('is followed while other programs write to it', async () => {
    const engine = await testEngine();
    const folder = await foreignFolder();
    const { view, client } = await openFolder(folder);
    await view();
    const changes: object[] = [];
    client.store.changed((change) => changes.push(...change.changes));
    await writeParquet(
      engine,
      `${folder}/data/5m/2025-09-04/part-x.parquet`,
      barSql(`'2025-09-04T09:30:00' AS ts`, { price: 700 }),
    );
    await vi.waitFor(async () => expect((await view()).candles.at(-1)?.close).toBe(700), soon);
    const change = {
      dataset: 'candles',
      timeframe: '5m',
      symbol: 'SPY',
      from: newYork('2025-09-04', '09:30:00'),
      until: newYork('2025-09-04', '09:30:00') + 1,
      hasNewRows: true,
    };
    await vi.waitFor(() => expect(changes).toContainEqual(change), soon);
  });

  it('is read anew where a file is written again under its name', async () => {
    const engine = await testEngine();
    const folder = await foreignFolder();
    const { view } = await openFolder(folder);
    expect((await view({ timeframe: '15m' })).candles[0]?.close).toBe(630.5);
    await writeParquet(
      engine,
      `${folder}/data/15m/2025-08-27.parquet`,
      barSql(`TIMESTAMP '2025-08-27 09:30' AS ts`, { price: 700, timeframe: '15m' }),
    );
    await vi.waitFor(
      async () => expect((await view({ timeframe: '15m' })).candles[0]?.close).toBe(700),
      soon,
    );
  });

  it('is served but for what cannot be read, which is named', async () => {
    const folder = await foreignFolder();
    await writeFile(join(folder, 'data', '5m', '2025-09-04.parquet'), 'PAR1 nonsense PAR1');
    await writeFile(join(folder, 'data', '5m', '2025-09-05.parquet'), '');
    await writeFile(join(folder, 'data', '5m', 'notes.parquet'), '');
    const { view, client } = await openFolder(folder);
    const { candles, unreadable } = await view();
    expect(candles).toHaveLength(12);
    expect(unreadable.map(({ path }) => path).sort()).toEqual([
      'data/5m/2025-09-04.parquet',
      'data/5m/2025-09-05.parquet',
    ]);
    expect((await client.store.describe({})).warnings).toEqual(
      expect.arrayContaining([
        'data/5m/2025-09-05.parquet was left out: it is empty (0 bytes)',
        'data/5m/notes.parquet was left out: its place and name do not say of which timeframe and day or month it is',
      ]),
    );
  });

  it('shows objects of which only the latest state was kept, from where they begin', async () => {
    const engine = await testEngine();
    const folder = await tempFolder();
    const bars = [0, 15].map((minute) =>
      barSql(`${minute / 15}::BIGINT AS global_x, '2025-09-02T09:${30 + minute}' AS ts`, {
        timeframe: '15m',
      }),
    );
    await writeParquet(engine, `${folder}/data/15m/2025-09-02.parquet`, bars.join(' UNION ALL '));
    const states = `SELECT 'SPY' AS symbol, '15m' AS timeframe, 99.0 AS bottom, 101.0 AS top, 'open' AS status,
      7::BIGINT AS __index_level_0__`;
    await writeParquet(
      engine,
      `${folder}/objects/current/objects.parquet`,
      `SELECT *, 'zone-by-bar' AS id, 'zone' AS type, 1::BIGINT AS "left" FROM (${states})`,
    );
    const byBar = await openFolder(folder);
    expect((await byBar.view({ timeframe: '15m' })).objects).toMatchObject([
      { object_id: 'zone-by-bar', t_start: newYork('2025-09-02', '09:45:00'), y_min: 99 },
    ]);
    await byBar.close();
    await writeParquet(
      engine,
      `${folder}/objects/current/objects.parquet`,
      `SELECT *, 'zone-by-time' AS id, 'zone' AS type, '2025-09-02T09:45:00' AS "left" FROM (${states})`,
    );
    const report = await adoptForeignFolder(folder, {});
    expect(report.files.map(({ path, outcome }) => [path, outcome])).toContainEqual([
      'objects/current/objects.parquet',
      'rewritten',
    ]);
    const store = await openFolder(folder, { create: false });
    const { objects } = await store.view({ timeframe: '15m' });
    expect(objects).toMatchObject([
      { object_id: 'zone-by-time', event_ts: newYork('2025-09-02', '09:45:00'), y_max: 101 },
    ]);
    expect(objects[0]?.payload).toEqual({ status: 'open' });
  });

  it('names files without a symbol where there are several', async () => {
    const engine = await testEngine();
    const folder = await foreignFolder();
    await writeParquet(
      engine,
      `${folder}/data/5m/2025-09-04/part-q.parquet`,
      barSql(`'2025-09-04T09:30' AS ts`, { symbol: 'QQQ' }),
    );
    const { view } = await openFolder(folder);
    expect((await view({ timeframe: '15m' })).unreadable).toEqual([
      {
        path: 'data/15m/2025-08-27.parquet',
        reason: 'it has no column symbol, and the folder has several: QQQ, SPY',
      },
    ]);
  });

  it('is not made a store by being opened, and an empty folder is', async () => {
    const folder = await foreignFolder();
    await openFolder(folder, { create: true });
    expect(await readdir(folder)).toEqual(['data', 'objects']);
    const empty = await tempFolder();
    await openFolder(empty, { create: true });
    expect(await readdir(empty)).toContain('store.json');
  });

  it('goes on as a store in the same window once it is adopted', async () => {
    const folder = await foreignFolder();
    const open = await openFolder(folder);
    const before = await everything(open);
    await adoptForeignFolder(folder, {});
    await vi.waitFor(async () => expect((await open.client.store.describe({})).access).toBe('owner'), soon);
    expect(await everything(open)).toEqual(before);
  });
});

describe('adoptForeignFolder', () => {
  it('makes the folder a store that shows what the folder showed', async () => {
    const folder = await foreignFolder();
    const reader = await openFolder(folder);
    const before = await everything(reader);
    await reader.close();
    const report = await adoptForeignFolder(folder, {});
    expect(report).toMatchObject({ isDryRun: false, zone: 'America/New_York', rows: 38 });
    const store = await openFolder(folder, { create: false });
    expect(await everything(store)).toEqual(before);
    expect(await store.client.store.describe({})).toMatchObject({
      access: 'owner',
      zone: 'America/New_York',
      warnings: [],
    });
  });

  it('says what became of each file', async () => {
    const { files, assumptions } = await adoptForeignFolder(await foreignFolder(), {});
    const outcomes = files.map(({ path, outcome, rows, outputs }) => [path, outcome, rows, outputs]);
    expect(outcomes).toEqual([
      ['data/15m/2025-08-27.parquet', 'rewritten', 6, ['data/15m/2025-08-27.r2.parquet']],
      ['data/15m/2025-08-28.parquet', 'rewritten', 6, ['data/15m/2025-08-28.r2.parquet']],
      ['data/15m/2025-08-29.parquet', 'rewritten', 6, ['data/15m/2025-08-29.r2.parquet']],
      ...[0, 2, 4].map((minute, index) => [
        `data/2m/2025-09-04/part-20250904_093${minute}000400-0000000${index}.parquet`,
        'rewritten',
        1,
        ['data/2m/2025-09-04.parquet'],
      ]),
      ['data/5M/2025-09-03.parquet', 'rewritten', 6, ['data/5m/2025-09-03.parquet']],
      ['data/5m/2025-09-02.parquet', 'kept', 6, []],
      [
        'objects/15m/2025-09/part-20250902_1000000400-aa.parquet',
        'rewritten',
        1,
        ['objects/15m/2025-09.parquet'],
      ],
      ['objects/current/objects.parquet', 'rewritten', 1, ['objects/15m/2025-08.parquet']],
      ['objects/timeline/2025-08/2025-08-28.parquet', 'rewritten', 2, ['objects/15m/2025-08.parquet']],
      ['objects/timeline/2025-08/2025-08-29.parquet', 'rewritten', 1, ['objects/15m/2025-08.parquet']],
    ]);
    expect(assumptions).toHaveLength(2);
  });

  it('leaves a file that is right as it is, to the byte', async () => {
    const folder = await foreignFolder();
    const path = join(folder, 'data', '5m', '2025-09-02.parquet');
    const [bytes, { mtimeMs }] = [await readFile(path), await stat(path)];
    await adoptForeignFolder(folder, {});
    expect(await readFile(path)).toEqual(bytes);
    expect((await stat(path)).mtimeMs).toBe(mtimeMs);
  });

  it('changes nothing in a dry run, and says the same', async () => {
    const folder = await foreignFolder();
    const before = await stateOf(folder);
    const planned = await adoptForeignFolder(folder, { dryRun: true });
    expect(await stateOf(folder)).toEqual(before);
    const done = await adoptForeignFolder(folder, {});
    const told = ({ files }: typeof done) =>
      files.map(({ path, outcome, rows, reason }) => ({ path, outcome, rows, reason }));
    expect(told(planned)).toEqual(told(done));
  });

  it.each(['lists the folders', 'looks into the files', 'takes files in'])(
    'stopped while it %s leaves the folder as it was, and can be run again with another zone',
    async (step) => {
      const folder = await foreignFolder();
      const before = await stateOf(folder);
      const stop = new AbortController();
      const stopped = adoptForeignFolder(
        folder,
        { zone: 'UTC' },
        {
          signal: stop.signal,
          onLook({ ofFiles }) {
            if ((ofFiles === null ? 'lists the folders' : 'looks into the files') === step) stop.abort();
          },
          onProgress({ files, ofFiles }) {
            if (step === 'takes files in' && files * 2 > ofFiles) stop.abort();
          },
        },
      );
      await expect(stopped).rejects.toThrow('Stopped; the folder is as it was');
      expect(await stateOf(folder)).toEqual(before);
      expect(await adoptForeignFolder(folder, {})).toMatchObject({ rows: 38, zone: 'America/New_York' });
    },
  );

  it('that was cut short is undone where it is begun again with another zone', async () => {
    const folder = await foreignFolder();
    const cut = adoptForeignFolder(
      folder,
      { zone: 'UTC' },
      {
        onProgress({ files, ofFiles }) {
          if (files === ofFiles - 1) throw new Error('the power is gone');
        },
      },
    );
    await expect(cut).rejects.toThrow('the power is gone');
    const again = await adoptForeignFolder(folder, { zone: 'America/New_York' });
    expect(again).toMatchObject({ rows: 38, zone: 'America/New_York' });
  });

  it('does nothing the second time', async () => {
    const folder = await foreignFolder();
    await adoptForeignFolder(folder, {});
    const { client } = await openFolder(folder);
    const files = await client.files.list({});
    expect((await client.adoption.run({})).files).toEqual([]);
    expect(await client.files.list({})).toEqual(files);
  });

  it('makes a store that can be verified, merged and undone', async () => {
    const folder = await foreignFolder();
    const reader = await openFolder(folder);
    const before = await everything(reader);
    await reader.close();
    await adoptForeignFolder(folder, {});
    const store = await openFolder(folder);
    expect((await store.client.verify.run({ deep: true })).problems).toEqual([]);
    const [original] = await store.client.trash.list({});
    await store.client.trash.restore({ job: original?.job ?? '' });
    expect(await everything(store)).toEqual(before);
    await store.client.compaction.run({ month: '2025-08' });
    await store.client.compaction.run({ month: '2025-09' });
    expect(await everything(store)).toEqual(before);
    expect((await store.view({ timeframe: '15m' })).served).toMatchObject({ months: 3, days: 0 });
    expect((await store.client.verify.run({ deep: true })).problems).toEqual([]);
  });

  it('sets bad files aside with the reason, after their good rows were taken', async () => {
    const engine = await testEngine();
    const folder = await foreignFolder();
    await writeFile(join(folder, 'data', '5m', '2025-09-04.parquet'), 'PAR1 nonsense PAR1');
    const rows = [
      barSql(`'2025-09-05T09:30' AS ts`, { price: 10 }),
      barSql(`'2025-09-05T09:35' AS ts`, { price: -1 }),
    ];
    await writeParquet(engine, `${folder}/data/5m/2025-09-05.parquet`, rows.join(' UNION ALL '));
    const { files } = await adoptForeignFolder(folder, {});
    expect(files.filter(({ outcome }) => outcome === 'refused')).toMatchObject([
      { path: 'data/5m/2025-09-04.parquet', rows: 0 },
      { path: 'data/5m/2025-09-05.parquet', rows: 1, reason: 'row 2: open must be above 0, is -1' },
    ]);
    expect(await readdir(join(folder, '_rejects', 'data', '5m'))).toEqual([
      '2025-09-04.parquet',
      '2025-09-04.parquet.reason.json',
      '2025-09-05.parquet',
      '2025-09-05.parquet.reason.json',
    ]);
    const { view } = await openFolder(folder);
    expect((await view()).candles.at(-1)?.close).toBe(10);
  });

  it('puts rows into the UTC day that they are of', async () => {
    const engine = await testEngine();
    const folder = await tempFolder();
    const evening = [
      barSql(`'2025-09-02T19:55' AS ts`, { price: 10 }),
      barSql(`'2025-09-02T20:05' AS ts`, { price: 11 }),
    ];
    await writeParquet(engine, `${folder}/data/5m/2025-09-02.parquet`, evening.join(' UNION ALL '));
    const { files } = await adoptForeignFolder(folder, {});
    expect(files).toMatchObject([
      { outcome: 'rewritten', outputs: ['data/5m/2025-09-02.r2.parquet', 'data/5m/2025-09-03.parquet'] },
    ]);
    const { client } = await openFolder(folder);
    expect((await client.verify.run({ deep: true })).problems).toEqual([]);
  });

  it('lets the later file count where two have one row', async () => {
    const engine = await testEngine();
    const folder = await tempFolder();
    const write = async (path: string, price: number, minutesAgo: number) => {
      await writeParquet(engine, `${folder}/${path}`, barSql(`'2025-09-02T09:30' AS ts`, { price }));
      const at = new Date(Date.now() - minutesAgo * 60_000);
      await utimes(`${folder}/${path}`, at, at);
    };
    await write('data/5m/2025-09-02/part-b.parquet', 11, 20);
    await write('data/5m/2025-09-02/part-a.parquet', 12, 10);
    await write('data/5m/2025-09-02.parquet', 10, 30);
    const reader = await openFolder(folder);
    expect((await reader.view()).candles.map(({ close }) => close)).toEqual([12]);
    await reader.close();
    await adoptForeignFolder(folder, {});
    const { view } = await openFolder(folder);
    expect((await view()).candles.map(({ close }) => close)).toEqual([12]);
  });

  it('takes in what was put into a store that is there already', async () => {
    const engine = await testEngine();
    const folder = await foreignFolder();
    await adoptForeignFolder(folder, {});
    const { client, view } = await openFolder(folder);
    await writeParquet(
      engine,
      `${folder}/data/5m/2025-09-08.parquet`,
      barSql(`'2025-09-08T09:30' AS ts`, { price: 700 }),
    );
    expect((await client.adoption.run({ dryRun: true })).files).toMatchObject([
      { outcome: 'rewritten', rows: 1 },
    ]);
    expect((await client.adoption.run({})).files).toMatchObject([{ outcome: 'rewritten', rows: 1 }]);
    expect((await view()).candles.at(-1)?.close).toBe(700);
  });

  it('refuses a folder in which there is nothing to adopt', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'csv'));
    await appendFile(join(folder, 'csv', 'orders.csv'), 'a,b\n');
    await expect(adoptForeignFolder(folder, {})).rejects.toMatchObject({ code: 'store-missing' });
    await rm(folder, { recursive: true });
    await expect(adoptForeignFolder(folder, {})).rejects.toMatchObject({ code: 'store-missing' });
  });
});
