import { bucketAt, expectedBarCount } from '#shared/domain/session-calendar';
import { parseTimeframe } from '#shared/domain/timeframe';
import { epochMs } from '#shared/units';
import { cp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { askDuckDb, bytesBeforeFooter, footerOf, sha256 } from '../helpers/parquet.ts';
import { candleRow, fiveMinutes, flatCandle, objectRow, openingBell } from '../helpers/rows.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const dayMs = 86_400_000;
const perDay = 288;

/** A bar of any day on the 5m grid, known by its price. */
const bar = (place: number, price: number, symbol = 'SPY') =>
  flatCandle(price, { ts: fiveMinutes(place), symbol });

const day = { dataset: 'candles', timeframe: '5m', day: '2025-09-02' };
const month = { dataset: 'candles', timeframe: '5m', month: '2025-09' };
const dayFile = 'data/5m/2025-09-02.parquet';

const closes = async ({ view }: TestStore) =>
  (await view({ until: openingBell + 40 * dayMs })).candles.map(({ close }) => close);

/** Paths of all files below a folder of the store. */
async function filesBelow({ folder }: TestStore, name: string): Promise<string[]> {
  const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe('compacting a day', () => {
  it('puts all of its rows into one file, sorted by symbol and time, each key once', async () => {
    const store = await openTestStore({ settings: { rowsPerPart: 1 } });
    await store.append(bar(2, 10), bar(0, 11), bar(1, 12, 'QQQ'), bar(1, 13), bar(0, 14, 'QQQ'));
    await store.append(bar(2, 20));
    const [report] = await store.compact(day);
    expect(report).toMatchObject({ output: dayFile, rowsIn: 6, rowsOut: 5, duplicates: 1, conflicts: 1 });
    expect(await filesBelow(store, 'data')).toEqual([dayFile]);
    const rows = await askDuckDb(
      'SELECT symbol, ts, close FROM read_parquet($1) ORDER BY file_row_number',
      join(store.folder, dayFile),
    );
    expect(rows).toEqual([
      ['QQQ', fiveMinutes(0), 14],
      ['QQQ', fiveMinutes(1), 12],
      ['SPY', fiveMinutes(0), 11],
      ['SPY', fiveMinutes(1), 13],
      ['SPY', fiveMinutes(2), 20],
    ]);
  });

  it('leaves other days, timeframes and datasets as they are', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10), bar(perDay, 11), flatCandle(12, { timeframe: '15m' }));
    await store.appendObjects(objectRow());
    expect(await store.compact(day)).toHaveLength(1);
    const left = await filesBelow(store, 'data');
    expect(left.filter((path) => path.includes('part-'))).toHaveLength(2);
    expect(await filesBelow(store, 'objects')).toHaveLength(1);
  });

  it('has nothing to do a second time', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    await store.compact(day);
    expect(await store.client.compaction.plan(day)).toEqual([]);
    expect(await store.compact(day)).toEqual([]);
  });

  it('takes in parts that came late, under a name that was never used', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    await store.compact(day);
    await store.append(bar(1, 11), bar(0, 20));
    const [report] = await store.compact(day);
    expect(report).toMatchObject({ output: 'data/5m/2025-09-02.r2.parquet', rowsIn: 3, rowsOut: 2 });
    expect(await filesBelow(store, 'data')).toEqual(['data/5m/2025-09-02.r2.parquet']);
    expect(await closes(store)).toEqual([20, 11]);
  });

  it('never uses a name again, not after the store was closed either', async () => {
    const first = await openTestStore();
    const outputs: (string | undefined)[] = [];
    await first.append(bar(0, 1));
    outputs.push((await first.compact(day))[0]?.output);
    await first.append(bar(0, 2));
    outputs.push((await first.compact(day))[0]?.output);
    await first.close();
    const second = await openTestStore({ folder: first.folder });
    await second.append(bar(0, 3));
    outputs.push((await second.compact(day))[0]?.output);
    expect(outputs).toEqual([dayFile, 'data/5m/2025-09-02.r2.parquet', 'data/5m/2025-09-02.r3.parquet']);
    expect(await closes(second)).toEqual([3]);
  });

  it('keeps every value to the last bit', async () => {
    const store = await openTestStore();
    const values = { open: 0.1 + 0.2, high: 1 / 3 + 1, low: 5e-324, close: 1e-7, volume: 2 ** 53 };
    await store.append(candleRow({ ...values, source: '💹 "x"', global_x: 7 }));
    await store.compact(day);
    const [row] = await askDuckDb(
      'SELECT open, high, low, close, volume, source, ts_iso, schema_version FROM read_parquet($1)',
      join(store.folder, dayFile),
    );
    expect(row).toEqual([...Object.values(values), '💹 "x"', '2025-09-02T13:30:00.000Z', 1]);
  });

  it('does it for every day and month that has loose parts when told nothing', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10), bar(perDay, 11), flatCandle(12, { timeframe: '15m' }));
    await store.appendObjects(objectRow(), objectRow({ object_id: 'z', event_ts: openingBell + 30 * dayMs }));
    expect((await store.compact()).map(({ output }) => output)).toEqual([
      'data/15m/2025-09-02.parquet',
      'data/5m/2025-09-02.parquet',
      'data/5m/2025-09-03.parquet',
      'objects/5m/2025-09.parquet',
      'objects/5m/2025-10.parquet',
    ]);
  });

  it('sorts and checks days larger than a row group', async () => {
    const store = await openTestStore();
    const symbols = Array.from({ length: 300 }, (_, index) => `S${String(index).padStart(3, '0')}`);
    const rows = symbols.flatMap((symbol) =>
      Array.from({ length: 120 }, (_, place) => bar(place, 1 + place, symbol)),
    );
    // Written backwards, and some of it twice.
    await store.append(...rows.toReversed());
    await store.append(...rows.filter((_, index) => index % 9 === 0));
    const [report] = await store.compact(day);
    expect(report).toMatchObject({ rowsIn: 40_000, rowsOut: 36_000, duplicates: 4_000, conflicts: 0 });
    const [found] = await askDuckDb(
      `SELECT count(*), count(DISTINCT (symbol, ts)), count(*) FILTER (WHERE is_before) FROM (
         SELECT symbol, ts, (symbol, ts) <= lag((symbol, ts)) OVER (ORDER BY file_row_number) AS is_before
         FROM read_parquet($1))`,
      join(store.folder, dayFile),
    );
    expect(found).toEqual([36_000, 36_000, 0]);
    expect(
      await askDuckDb(
        'SELECT count(DISTINCT row_group_id) FROM parquet_metadata($1)',
        join(store.folder, dayFile),
      ),
    ).toEqual([[2]]);
  });
});

describe('what a compaction reports', () => {
  it('counts keys that came with different values, and names them', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10), bar(1, 11), bar(2, 12));
    await store.append(bar(0, 10), bar(1, 21), { ...bar(2, 12), timeframe: '5M' });
    await store.append(bar(1, 31));
    const [report] = await store.compact(day);
    // Another spelling of the timeframe is the same bar.
    expect(report).toMatchObject({ rowsIn: 7, rowsOut: 3, duplicates: 4, conflicts: 1 });
    expect(report?.conflictKeys).toEqual([{ key: `SPY 5m ${fiveMinutes(1)}`, rows: 3 }]);
  });

  it('lists a hundred conflicts and counts the rest', async () => {
    const store = await openTestStore();
    const places = Array.from({ length: 120 }, (_, place) => place);
    await store.append(...places.map((place) => bar(place, 10)));
    await store.append(...places.map((place) => bar(place, 11)));
    const [report] = await store.compact(day);
    expect(report).toMatchObject({ conflicts: 120, duplicates: 120 });
    expect(report?.conflictKeys).toHaveLength(100);
  });

  it('does not take a stamped index for a conflict', async () => {
    const store = await openTestStore();
    await store.append(flatCandle(10, { timeframe: '15m' }));
    await store.compact();
    await store.append(flatCandle(10, { timeframe: '15m' }));
    expect(await store.compact()).toMatchObject([{ duplicates: 1, conflicts: 0 }]);
  });

  it('is what was planned, and the plan changes nothing', async () => {
    const store = await openTestStore({ settings: { rowsPerPart: 1 } });
    await store.append(bar(0, 10), bar(1, 11), bar(perDay, 12));
    await store.appendObjects(objectRow());
    const planned = await store.client.compaction.plan({});
    const before = await filesBelow(store, '.');
    expect(await store.client.compaction.plan({})).toEqual(planned);
    expect(await filesBelow(store, '.')).toEqual(before);
    const done = await store.compact();
    expect(done.map(({ inputs }) => inputs)).toEqual(
      planned.map(({ inputs }) => inputs.map(({ path }) => path)),
    );
    expect(done.map(({ rowsIn, partition }) => [rowsIn, partition])).toEqual(
      planned.map(({ rows, partition }) => [rows, partition]),
    );
  });

  it('is planned by a reader too', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    await store.close();
    const reader = await openTestStore({ folder: store.folder, access: 'read' });
    expect(await reader.client.compaction.plan(day)).toMatchObject([{ partition: '2025-09-02', rows: 1 }]);
    await expect(reader.compact(day)).rejects.toMatchObject({ code: 'store-read-only' });
  });
});

describe('compacting a month', () => {
  it('makes one file of days and of what is still loose', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10), bar(perDay, 11));
    await store.compact();
    await store.append(bar(2 * perDay, 12), bar(0, 20));
    const [report] = await store.compact(month);
    expect(report).toMatchObject({ output: 'data/5m/2025-09.parquet', rowsIn: 4, rowsOut: 3 });
    expect(await filesBelow(store, 'data')).toEqual(['data/5m/2025-09.parquet']);
    expect(await closes(store)).toEqual([20, 11, 12]);
  });

  it('lets late rows of it become a day beside it, and a month anew', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10), bar(perDay, 11));
    await store.compact(month);
    await store.append(bar(0, 20));
    expect((await store.compact(day)).map(({ output }) => output)).toEqual([dayFile]);
    expect(await closes(store)).toEqual([20, 11]);
    expect((await store.compact(month)).map(({ output }) => output)).toEqual(['data/5m/2025-09.r2.parquet']);
    expect(await closes(store)).toEqual([20, 11]);
  });

  it('of objects keeps every event, sorted, and the latest writing of each', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 11));
    await store.appendObjects(
      objectRow({ object_id: 'b', sequence: 2, event_ts: fiveMinutes(1) }),
      objectRow({ object_id: 'a', sequence: 1, event_ts: fiveMinutes(1) }),
      objectRow({ object_id: 'b', sequence: 1, event_ts: fiveMinutes(0) }),
    );
    await store.appendObjects(
      objectRow({ object_id: 'a', sequence: 1, event_ts: fiveMinutes(1), reason: 'again' }),
    );
    const [report] = await store.compact({ dataset: 'objects', month: '2025-09' });
    expect(report).toMatchObject({
      output: 'objects/5m/2025-09.parquet',
      rowsIn: 4,
      rowsOut: 3,
      conflicts: 1,
    });
    const rows = await askDuckDb(
      'SELECT event_ts, object_id, sequence, reason FROM read_parquet($1) ORDER BY file_row_number',
      join(store.folder, 'objects/5m/2025-09.parquet'),
    );
    expect(rows).toEqual([
      [fiveMinutes(0), 'b', 1, null],
      [fiveMinutes(1), 'a', 1, 'again'],
      [fiveMinutes(1), 'b', 2, null],
    ]);
  });

  it.each([
    [{ dataset: 'objects', day: '2025-09-02' }, 'day: objects are compacted by the month'],
    [{ dataset: 'objects', year: '2025' }, 'year: objects are compacted by the month'],
    [{ month: '2025-09', year: '2025' }, 'month and year: give one of them'],
    [{ day: '2025-09-02', month: '2025-09' }, 'day and month: give one of them'],
    [{ month: '2025-13' }, '2025-13 is not a month'],
    [{ dataset: 'orders' }, 'dataset: there is no orders'],
    [{ timeframe: 'x' }, 'timeframe: x is not one such as 5m or 1h'],
  ])('refuses %j', async (request, message) => {
    const store = await openTestStore();
    await expect(store.compact(request)).rejects.toMatchObject({ code: 'argument-invalid', message });
    await expect(store.client.compaction.plan(request)).rejects.toMatchObject({ message });
  });
});

describe('compacting a year', () => {
  const year = { dataset: 'candles', timeframe: '5m', year: '2025' };
  const lastDay = 120;

  it('makes one file of months, days and what is still loose, and leaves other years', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10), bar(40 * perDay, 11), bar(lastDay * perDay, 12));
    await store.compact(month);
    await store.compact({});
    await store.append(bar(perDay, 13), bar(0, 20), bar(lastDay * perDay + 300, 14));
    const [report, ...others] = await store.compact(year);
    expect(report).toMatchObject({ output: 'data/5m/2025.parquet', level: 'year', rowsIn: 5, rowsOut: 4 });
    expect(others).toEqual([]);
    const view = () => store.view({ until: openingBell + 140 * dayMs });
    const prices = async () => (await view()).candles.map(({ close }) => close);
    expect(await prices()).toEqual([20, 13, 11, 12, 14]);
    expect((await view()).served).toMatchObject({ years: 1, months: 0, days: 0, parts: 1 });
    await store.append(bar(0, 30));
    await store.compact({ dataset: 'candles' });
    expect(await prices()).toEqual([30, 13, 11, 12, 14]);
    expect((await store.compact({ level: 'year' })).map(({ output }) => output)).toEqual([
      'data/5m/2025.r2.parquet',
      'data/5m/2026.parquet',
    ]);
    expect(await filesBelow(store, 'data')).toEqual(['data/5m/2025.r2.parquet', 'data/5m/2026.parquet']);
    expect(await prices()).toEqual([30, 13, 11, 12, 14]);
    expect((await store.client.verify.run({ deep: true })).problems).toEqual([]);
  });
});

describe('files that were merged', () => {
  it('lie in the trash, with a tombstone that says where their rows are', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    const [report] = await store.compact(day);
    const trash = await filesBelow(store, '_trash');
    expect(trash.map((path) => path.split('/').slice(2).join('/'))).toEqual(report?.inputs);
    expect(await filesBelow(store, '_tombstones')).toHaveLength(1);
  });

  it('are listed and come back where their owner died before it moved them to the trash', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    // Nothing can be moved there.
    await writeFile(join(store.folder, '_trash'), '');
    await store.compact(day);
    await store.close();
    await rm(join(store.folder, '_trash'));
    const reader = await openTestStore({ folder: store.folder, access: 'read' });
    const [left, ...others] = await reader.client.trash.list({});
    expect(left).toMatchObject({ place: 'own-name', isMissing: false });
    expect(others).toEqual([]);
    await reader.close();
    const next = await openTestStore({ folder: store.folder });
    expect(await next.client.trash.restore({ job: left?.job ?? '' })).toEqual([left?.path]);
    expect(await filesBelow(next, 'data')).toEqual([left?.path]);
  });

  it('stay in their place when told so, and are no longer read', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    const [report] = await store.compact({ ...day, keepParts: true });
    expect(await filesBelow(store, 'data')).toEqual([dayFile, ...(report?.inputs ?? [])].sort());
    expect((await store.view({ levels: 'parts' })).candles).toEqual([]);
    expect(await closes(store)).toEqual([10]);
    await store.close();
    const again = await openTestStore({ folder: store.folder });
    expect(await closes(again)).toEqual([10]);
    expect(await again.client.compaction.plan({})).toEqual([]);
    expect(await filesBelow(again, 'data')).toHaveLength(2);
  });

  it('are left alone when one of them cannot be read, which is named', async () => {
    const store = await openTestStore({ settings: { rowsPerPart: 1 } });
    await store.append(bar(0, 10), bar(1, 11));
    const parts = (await store.client.compaction.plan(day))[0]?.inputs ?? [];
    await truncate(join(store.folder, parts[0]?.path ?? ''), 50);
    const message = `${parts[0]?.path} cannot be read: it is cut short, or is no Parquet file`;
    await expect(store.compact(day)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringMatching(new RegExp(`^${message}( \\(job [^)]+\\))?$`)) as unknown,
    });
    expect(await filesBelow(store, 'data')).toEqual(parts.map(({ path }) => path));
    // They are still in memory.
    expect(await closes(store)).toEqual([10, 11]);
  });

  it('do not keep other days from being merged when they cannot be', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10), bar(288, 11));
    await store.client.compaction.plan({});
    const [bad = ''] = await filesBelow(store, 'data');
    await truncate(join(store.folder, bad), 50);
    await expect(store.compact()).rejects.toMatchObject({
      message: expect.stringContaining(`${bad} cannot be read`) as unknown,
    });
    expect(await filesBelow(store, 'data')).toEqual([bad, 'data/5m/2025-09-03.parquet'].sort());
  });
});

describe('what a compacted file is', () => {
  it('is the same bytes for the same rows in any store, but for the footer that says whose it is', async () => {
    const files = await Promise.all(
      [1, 2].map(async () => {
        const store = await openTestStore({ settings: { rowsPerPart: 1 } });
        await store.append(bar(0, 10), bar(1, 11, 'QQQ'), bar(2, 12));
        await store.append(bar(0, 20));
        await store.compact(day);
        return join(store.folder, dayFile);
      }),
    );
    const [one, other] = await Promise.all(files.map(bytesBeforeFooter));
    expect(one?.length).toBeGreaterThan(100);
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true);
  });

  it('is the same bytes in a copy of the store', async () => {
    const store = await openTestStore();
    const rows = Array.from({ length: 34_000 }, (_, index) =>
      bar(index % 200, 1 + (index % 97), `S${Math.floor(index / 200)}`),
    );
    await store.append(...rows);
    await store.close();
    const folder = await tempFolder();
    await cp(store.folder, folder, { recursive: true });
    const digests = [];
    for (const at of [store.folder, folder]) {
      const opened = await openTestStore({ folder: at });
      await opened.compact(day);
      digests.push(await sha256(join(at, dayFile)));
    }
    expect(digests[0]).toBe(digests[1]);
  });

  it('says in its footer what it is and up to which write it holds its day', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    await store.append(bar(1, 11));
    await store.compact(day);
    expect(await footerOf(join(store.folder, dayFile))).toMatchObject({
      'tapedeck.dataset': 'candles 1',
      'tapedeck.sequence': expect.stringMatching(/^\d+$/) as unknown,
      'tapedeck.inputs': expect.any(String) as unknown,
    });
  });

  it('is compressed, in row groups of 32,768', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    await store.compact(day);
    expect(
      await askDuckDb('SELECT DISTINCT compression FROM parquet_metadata($1)', join(store.folder, dayFile)),
    ).toEqual([['ZSTD']]);
  });
});

describe('the running index of 15m bars', () => {
  const quarter = (index: number) => flatCandle(10, { timeframe: '15m', ts: openingBell + index * 900_000 });

  async function indexes(store: TestStore, name: string) {
    const rows = await askDuckDb(
      'SELECT ts, global_x FROM read_parquet($1) ORDER BY ts',
      join(store.folder, 'data', '15m', name),
    );
    return rows.map(([ts, index]) => [(Number(ts) - openingBell) / 900_000, index]);
  }

  /** Slots of regular sessions since 1970 before the opening bell. */
  const atBell = expectedBarCount('us-equity', parseTimeframe('15m')!, {
    from: epochMs(0),
    until: epochMs(openingBell),
  });

  it('counts the slots of sessions, over nights and gaps', async () => {
    const store = await openTestStore({ settings: { calendars: { SPY: 'us-equity' } } });
    // 09:30, 09:45 and 15:45, and the next morning.
    await store.append(quarter(0), quarter(1), quarter(25), quarter(96));
    await store.compact();
    expect(await indexes(store, '2025-09-02.parquet')).toEqual([
      [0, atBell],
      [1, atBell + 1],
      [25, atBell + 25],
    ]);
    expect(await indexes(store, '2025-09-03.parquet')).toEqual([[96, atBell + 26]]);
  });

  it('is not shifted by days and bars that are filled in later', async () => {
    const store = await openTestStore({ settings: { calendars: { SPY: 'us-equity' } } });
    await store.append(quarter(96));
    await store.compact();
    const before = await indexes(store, '2025-09-03.parquet');
    await store.append(quarter(0), quarter(1));
    await store.append(quarter(97));
    await store.compact();
    expect(await indexes(store, '2025-09-03.r2.parquet')).toEqual([...before, [97, atBell + 27]]);
    await store.compact({ month: '2025-09' });
    expect(await indexes(store, '2025-09.parquet')).toEqual([
      [0, atBell],
      [1, atBell + 1],
      [96, atBell + 26],
      [97, atBell + 27],
    ]);
  });

  it('is there for bars that take the place of a day, also where there were none before', async () => {
    const store = await openTestStore({ settings: { calendars: { SPY: 'us-equity', QQQ: 'us-equity' } } });
    await store.append(quarter(4));
    await store.compact();
    const rows = [quarter(0), quarter(4), quarter(9), { ...quarter(2), symbol: 'QQQ' }];
    await store.client.candles.replaceDay({ timeframe: '15m', day: '2025-09-02', rows });
    expect(await indexes(store, '2025-09-02.r2.parquet')).toEqual([
      [0, atBell],
      [2, atBell + 2],
      [4, atBell + 4],
      [9, atBell + 9],
    ]);
  });

  it('counts backwards before 1970', async () => {
    const store = await openTestStore();
    const last = Date.UTC(1969, 11, 31, 23, 45);
    const ts = Date.UTC(1969, 8, 7, 6);
    await store.append(flatCandle(10, { timeframe: '15m', ts }));
    await store.compact();
    expect(
      await askDuckDb(
        'SELECT global_x FROM read_parquet($1)',
        join(store.folder, 'data/15m/1969-09-07.parquet'),
      ),
    ).toEqual([[(ts - last) / 900_000 - 1]]);
  });

  it('is missing outside of the session, whatever the writer said', async () => {
    const store = await openTestStore({ settings: { calendars: { SPY: 'us-equity' } } });
    await store.append({ ...quarter(-2), global_x: 99 }, { ...quarter(0), global_x: 99 });
    await store.compact();
    expect(await indexes(store, '2025-09-02.parquet')).toEqual([
      [-2, null],
      [0, atBell],
    ]);
    expect(bucketAt('us-equity', parseTimeframe('15m')!, openingBell).from).toBe(openingBell);
  });

  it('is for 15m alone', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    await store.compact();
    expect(await askDuckDb('SELECT global_x FROM read_parquet($1)', join(store.folder, dayFile))).toEqual([
      [null],
    ]);
  });
});

describe('reading while files are switched', () => {
  it('shows every row once, all the time', async () => {
    const store = await openTestStore({ settings: { rowsPerPart: 1 } });
    const places = Array.from({ length: 20 }, (_, place) => place);
    await store.append(...places.map((place) => bar(place, 10)));
    await store.appendObjects(...places.map((place) => objectRow({ object_id: `zone-${place}` })));
    const seen = new Set<string>();
    const state = { isDone: false };
    const compacting = store.compact().finally(() => (state.isDone = true));
    while (!state.isDone) {
      const { candles, objects, unreadable } = await store.view();
      seen.add(`${candles.length} candles, ${objects.length} objects, ${unreadable.length} unreadable`);
      // An answer from memory takes no turn of the event loop; the compactor's messages need some.
      await new Promise((resume) => setImmediate(resume));
    }
    await compacting;
    expect([...seen]).toEqual(['20 candles, 20 objects, 0 unreadable']);
  });

  it('refuses a second compaction of the same day', async () => {
    const store = await openTestStore();
    await store.append(bar(0, 10));
    const both = await Promise.allSettled([store.compact(day), store.compact(day)]);
    const failed = both.filter(({ status }) => status === 'rejected');
    expect(failed.length).toBeLessThan(2);
    for (const { reason } of failed as PromiseRejectedResult[])
      expect(reason).toMatchObject({ code: 'busy' });
    expect(await closes(store)).toEqual([10]);
  });
});

describe('what is loose', () => {
  it('is told period by period, with what merging it would save by the files that are merged', async () => {
    const store = await openTestStore({ settings: { rowsPerPart: 1 } });
    await store.append(bar(0, 10), bar(1, 11, 'QQQ'), bar(perDay, 12));
    const before = await store.client.compaction.overview({});
    expect(before.partitions).toMatchObject([
      {
        ...{
          dataset: 'candles',
          timeframe: '5m',
          level: 'day',
          partition: '2025-09-02',
          expectedBytes: null,
        },
        ...{ files: 2, parts: 2, rows: 2, firstMs: fiveMinutes(0), lastMs: fiveMinutes(1) },
        symbols: [
          { symbol: 'QQQ', rows: 1 },
          { symbol: 'SPY', rows: 1 },
        ],
      },
      { partition: '2025-09-03', files: 1, rows: 1 },
    ]);
    const [merged] = await store.compact(day);
    const after = await store.client.compaction.overview({});
    const perRow = (merged?.sizeBytesAfter ?? 0) / 2;
    expect(after.partitions).toMatchObject([{ partition: '2025-09-03', expectedBytes: Math.round(perRow) }]);
    const months = await store.client.compaction.overview({ level: 'month' });
    expect(months.partitions).toMatchObject([{ partition: '2025-09', files: 2, parts: 1, rows: 3 }]);
  });
});

describe('compacting chosen periods', () => {
  it('merges exactly these, and a dry run lists what the run then does', async () => {
    const store = await openTestStore({ settings: { rowsPerPart: 1 } });
    await store.append(bar(0, 10), bar(1, 11), bar(perDay, 12), bar(2 * perDay, 13));
    const request = {
      only: [
        { dataset: 'candles', timeframe: '5m', partition: '2025-09-02' },
        { dataset: 'candles', timeframe: '5m', partition: '2025-09-04' },
      ],
    };
    const plan = await store.client.compaction.plan(request);
    const reports = await store.compact(request);
    expect(reports.map(({ partition, inputs, rowsIn }) => ({ partition, inputs, rowsIn }))).toEqual(
      plan.map(({ partition, inputs, rows }) => ({
        partition,
        inputs: inputs.map(({ path }) => path),
        rowsIn: rows,
      })),
    );
    expect((await store.client.compaction.overview({})).partitions).toMatchObject([
      { partition: '2025-09-03' },
    ]);
  });

  it('takes all UTC days that a trading date of the calendar has bars on', async () => {
    const store = await openTestStore({ settings: { rowsPerPart: 1, defaultCalendar: 'us-equity' } });
    const at = (iso: string) => flatCandle(10, { ts: Date.parse(iso) });
    await store.append(at('2025-01-15T14:30Z'), at('2025-01-16T00:30Z'), at('2025-01-17T15:00Z'));
    const reports = await store.compact({ tradingDay: '2025-01-15' });
    expect(reports.map(({ partition }) => partition)).toEqual(['2025-01-15', '2025-01-16']);
  });

  it('refuses a date without trading, two periods at once, and a period that a dataset has not', async () => {
    const store = await openTestStore({ settings: { defaultCalendar: 'us-equity' } });
    const refused = (request: Parameters<typeof store.compact>[0]) =>
      store.compact(request).catch((error: unknown) => (error as Error).message);
    expect(await refused({ tradingDay: '2025-07-04' })).toBe(
      'tradingDay: 2025-07-04 has no trading (Independence Day)',
    );
    expect(await refused({ day: '2025-09-02', level: 'month' })).toBe('day and level: give one of them');
    const only = [{ dataset: 'objects', timeframe: '5m', partition: '2025-09-02' }];
    expect(await refused({ only })).toBe('only: objects has no period 2025-09-02 to compact');
  });
});
