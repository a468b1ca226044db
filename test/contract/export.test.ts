import { exportProfiles } from '#schemas/index';
import { csv } from '#schemas/export-profiles/csv';
import type { ExportProfile } from '#shared/domain/export-profile';
import type { ExportRequest } from '#shared/domain/export-plan';
import type { ExportManifest } from '#shared/domain/export-report';
import { tableFromIPC } from 'apache-arrow';
import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore, type TestStore, type TestStoreOptions } from '../helpers/open-test-store.ts';
import { askDuckDb, sha256 } from '../helpers/parquet.ts';
import { runCli } from '../helpers/run-cli.ts';
import { candleRow, fiveMinutes, flatCandle, objectRow, openingBell } from '../helpers/rows.ts';
import { canMount, remount, smallDisk } from '../helpers/small-disk.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const newYork = { calendars: { SPY: 'us-equity' as const } };

/** A store, a place to export to, and a way to do it. */
async function setup(options: TestStoreOptions = {}) {
  const store = await openTestStore(options);
  const out = join(await tempFolder(), 'out');
  return {
    store,
    out,
    run: (change: Partial<ExportRequest> = {}) =>
      store.client.exports.run({ profile: 'csv', timeframe: '5m', out, ...change }),
    plan: (change: Partial<ExportRequest> = {}) =>
      store.client.exports.plan({ profile: 'csv', timeframe: '5m', out, ...change }),
    /** Saves a profile that differs from the plain CSV one as said. */
    save: (change: Partial<ExportProfile>) =>
      store.client.exports.saveProfile({ profile: { ...csv, id: 'mine', ...change } }),
  };
}

const lines = async (...path: readonly string[]) =>
  (await readFile(join(...path), 'utf8')).trimEnd().split('\n');

/** Every file below a folder, dot-files with them. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

async function textIn(zip: string): Promise<Record<string, string>> {
  const files = unzipSync(await readFile(zip));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

const plainColumns = [
  { from: 'symbol', as: 'symbol' },
  { from: 'ts', as: 'ts' },
  { from: 'close', as: 'close' },
];

describe('exporting bars', () => {
  it('writes each bar once, as it was written last, in order, wherever its row lies', async () => {
    const { store, out, run } = await setup({ settings: { rowsPerPart: 1 } });
    await store.append(flatCandle(10, { ts: fiveMinutes(0) }), flatCandle(11, { ts: fiveMinutes(1) }));
    await store.append(flatCandle(12, { ts: fiveMinutes(1), symbol: 'AAPL' }));
    await store.compact();
    await store.append(flatCandle(20, { ts: fiveMinutes(1) }), flatCandle(21, { ts: fiveMinutes(3) }));
    await store.append(flatCandle(22, { ts: fiveMinutes(3) }));
    const report = await run();
    expect(report).toMatchObject({ rows: 4, zone: 'UTC', folder: out });
    expect(await lines(out, 'candles.csv')).toEqual([
      'symbol,timeframe,ts,open,high,low,close,volume',
      'AAPL,5m,2025-09-02T13:35:00.000Z,12.0,12.0,12.0,12.0,100.0',
      'SPY,5m,2025-09-02T13:30:00.000Z,10.0,10.0,10.0,10.0,100.0',
      'SPY,5m,2025-09-02T13:35:00.000Z,20.0,20.0,20.0,20.0,100.0',
      'SPY,5m,2025-09-02T13:45:00.000Z,22.0,22.0,22.0,22.0,100.0',
    ]);
  });

  it('keeps to the symbols and the half-open range that are asked for', async () => {
    const { store, out, run } = await setup();
    await store.append(
      ...[0, 1, 2, 3].map((place) => flatCandle(10 + place, { ts: fiveMinutes(place) })),
      flatCandle(99, { symbol: 'AAPL' }),
    );
    await run({ symbols: ['SPY'], from: fiveMinutes(1), until: fiveMinutes(3), out: join(out, 'spy.csv') });
    expect((await lines(out, 'spy.csv')).slice(1).map((line) => line.split(',')[6])).toEqual([
      '11.0',
      '12.0',
    ]);
  });

  it('names columns, spells times in a zone and splits by its days, as a profile says', async () => {
    const { store, out, run, save } = await setup({ settings: newYork });
    // 23:30 and 00:30 in New York.
    const evening = Date.UTC(2025, 8, 3, 3, 30);
    await store.append(flatCandle(10, { ts: evening }), flatCandle(11, { ts: evening + hourMs }));
    await save({
      columns: {
        candles: [
          { from: 'ts', as: 'when' },
          { from: 'close', as: 'last' },
        ],
        objects: [],
      },
      time: { style: 'iso', zone: 'America/New_York' },
      splitBy: ['symbol', 'day'],
      fileName: '{symbol}-{day}',
    });
    await run({ profile: 'mine' });
    expect(await lines(out, 'SPY-2025-09-02.csv')).toEqual([
      'when,last',
      '2025-09-02T23:30:00.000-04:00,10.0',
    ]);
    expect(await lines(out, 'SPY-2025-09-03.csv')).toEqual([
      'when,last',
      '2025-09-03T00:30:00.000-04:00,11.0',
    ]);
  });

  it.each([
    ['epoch-ms', String(openingBell)],
    ['epoch-us', `${openingBell}000`],
    ['epoch-ns', `${openingBell}000000`],
  ] as const)('writes times as %s', async (style, expected) => {
    const { store, out, run, save } = await setup();
    await store.append(candleRow());
    await save({ columns: { candles: plainColumns, objects: [] }, time: { style, zone: 'UTC' } });
    await run({ profile: 'mine' });
    expect(await lines(out, 'candles.csv')).toEqual(['symbol,ts,close', `SPY,${expected},11.0`]);
  });

  it('knows both of the hours that an autumn night has twice', async () => {
    const { store, out, run, save } = await setup();
    const first = Date.UTC(2025, 10, 2, 5, 30);
    await store.append(flatCandle(1, { ts: first }), flatCandle(2, { ts: first + hourMs }));
    await save({
      columns: { candles: [{ from: 'ts', as: 'ts' }], objects: [] },
      time: { style: 'iso', zone: 'America/New_York' },
    });
    await run({ profile: 'mine' });
    expect(await lines(out, 'candles.csv')).toEqual([
      'ts',
      '2025-11-02T01:30:00.000-04:00',
      '2025-11-02T01:30:00.000-05:00',
    ]);
  });

  it('leaves out the hours that are not asked for, and makes longer bars of what is left', async () => {
    const { store, out, run, save } = await setup({ settings: newYork });
    const minute = (place: number, price: number) =>
      flatCandle(price, { timeframe: '1m', ts: openingBell + place * minuteMs, volume: 1 });
    await store.append(minute(-1, 1), minute(0, 10), minute(1, 14), minute(4, 12), minute(5, 20));
    await save({ session: 'regular', resample: '5m' });
    await run({ profile: 'mine', timeframe: '1m' });
    expect(await lines(out, 'candles.csv')).toEqual([
      'symbol,timeframe,ts,open,high,low,close,volume',
      'SPY,5m,2025-09-02T13:30:00.000Z,10.0,14.0,10.0,12.0,3.0',
      'SPY,5m,2025-09-02T13:35:00.000Z,20.0,20.0,20.0,20.0,1.0',
    ]);
  });

  it('makes bars that are not stored of shorter ones, whole also at the end of the range, and says so', async () => {
    const { store, out, run } = await setup({ settings: newYork });
    await store.append(flatCandle(10), flatCandle(13, { ts: fiveMinutes(2) }));
    const report = await run({ timeframe: '15m', until: fiveMinutes(1) });
    expect((await lines(out, 'candles.csv'))[1]).toBe(
      'SPY,15m,2025-09-02T13:30:00.000Z,10.0,13.0,10.0,13.0,200.0',
    );
    expect(report.notes).toEqual(['Made for this export: 15m of 5m.']);
  });
});

describe('exporting chart objects', () => {
  async function withObjects() {
    const made = await setup();
    await made.store.appendObjects(
      objectRow({ payload: { side: 'supply' } }),
      objectRow({ action: 'update', sequence: 2, event_ts: fiveMinutes(1), y_max: 13 }),
      objectRow({ object_id: 'old', t_start: openingBell - dayMs, t_end: openingBell - hourMs }),
    );
    return made;
  }
  const columns = {
    candles: [],
    objects: ['object_id', 'action', 'y_max'].map((name) => ({ from: name, as: name })),
  };

  it('writes every object as it stands, of those that reach into the range', async () => {
    const { out, run, save } = await withObjects();
    await save({ columns, objects: 'states' });
    await run({ profile: 'mine', from: openingBell });
    expect(await lines(out, 'objects.csv')).toEqual(['object_id,action,y_max', 'zone-1,update,13.0']);
  });

  it('writes all events that an object went through', async () => {
    const { out, run, save } = await withObjects();
    await save({ columns, objects: 'events' });
    await run({ profile: 'mine' });
    expect(await lines(out, 'objects.csv')).toEqual([
      'object_id,action,y_max',
      'old,create,12.0',
      'zone-1,create,12.0',
      'zone-1,update,13.0',
    ]);
  });

  it('puts a payload into JSON lines as what it is', async () => {
    const { out, run } = await withObjects();
    await run({ profile: 'jsonl', datasets: ['objects'] });
    const [first] = (await lines(out, 'objects.jsonl')).filter((line) => line.includes('zone-1'));
    expect(JSON.parse(first ?? '')).toMatchObject({
      object_id: 'zone-1',
      payload: { side: 'supply' },
      t_end: null,
    });
  });
});

describe.each(exportProfiles)('profile $id', ({ id, columns, format }) => {
  it('writes what its manifest says, and the same bytes again', async () => {
    const { store, out, run } = await setup();
    await store.append(
      ...[0, 1, 2].map((day) => candleRow({ timeframe: '1m', ts: openingBell + day * dayMs })),
    );
    await store.appendObjects(objectRow({ timeframe: '1m', payload: { a: 1 }, reason: 'a "quoted", text' }));
    const datasets = (['candles', 'objects'] as const).filter((name) => columns[name].length > 0);
    const [first, second] = [join(out, 'first'), join(out, 'second')];
    const report = await run({ profile: id, datasets, timeframe: '1m', out: first });
    const names = await filesBelow(first);
    expect(names).toEqual([...report.files.map(({ path }) => path), ...report.companions].sort());
    const manifestName = names.find((name) => name.endsWith('manifest.json')) ?? '';
    const manifest = JSON.parse(await readFile(join(first, manifestName), 'utf8')) as ExportManifest;
    expect(manifest).toMatchObject({ kind: 'tapedeck-export', version: 1, rows: 3 + datasets.length - 1 });
    for (const file of manifest.files) {
      expect(await sha256(join(first, file.path))).toBe(file.sha256);
      expect((await readFile(join(first, file.path))).length).toBe(file.sizeBytes);
    }
    await run({ profile: id, datasets, timeframe: '1m', out: second });
    for (const name of names)
      expect(await sha256(join(second, name)), name).toBe(await sha256(join(first, name)));
    expect(format).toBe(manifest.profile.format);
  });
});

describe('formats with types of their own', () => {
  it('gives Parquet typed times and nothing but the bars', async () => {
    const { store, out, run } = await setup();
    await store.append(candleRow());
    await run({ profile: 'python-pandas', out: join(out, 'bars.parquet') });
    const file = join(out, 'bars.parquet');
    expect(await askDuckDb('SELECT typeof(ts), epoch_ms(ts), close FROM read_parquet($1)', file)).toEqual([
      ['TIMESTAMP WITH TIME ZONE', openingBell, 11],
    ]);
    expect(await filesBelow(out)).toEqual([
      'bars.dictionary.md',
      'bars.manifest.json',
      'bars.parquet',
      'bars_load.py',
    ]);
  });

  it('gives Arrow typed times, and nulls where there is no value', async () => {
    const { store, out, run } = await setup();
    await store.appendObjects(objectRow());
    await run({ profile: 'arrow', datasets: ['objects'] });
    const table = tableFromIPC(await readFile(join(out, 'objects.arrow')));
    const types = new Map(table.schema.fields.map(({ name, type }) => [name, String(type)]));
    expect(types.get('t_start')).toBe('Timestamp<MILLISECOND, UTC>');
    expect(table.get(0)?.toJSON()).toMatchObject({
      object_id: 'zone-1',
      t_start: openingBell,
      t_end: null,
      y_max: 12,
    });
  });

  it('gives Excel dates by the clocks of the zone that the heading names', async () => {
    const { store, out, run } = await setup();
    await store.append(candleRow());
    await run({ profile: 'excel' });
    const [sheet] = (await readXlsx(await readFile(join(out, 'candles.xlsx')))).sheets;
    expect(sheet?.rows[0]?.[2]).toBe('ts (America/New_York)');
    expect(sheet?.rows[1]?.slice(2, 7)).toEqual([new Date('2025-09-02T09:30:00Z'), 10, 12, 9, 11]);
  });
});

describe('exporting to Lean', () => {
  const cents = { open: 185.525, high: 185.53, low: 185.5, close: 185.5201, volume: 12_300 };

  it('writes a file a day, times since midnight in New York and prices in ten-thousandths', async () => {
    const { store, out, run } = await setup();
    const bar = (ts: number) => candleRow({ timeframe: '1m', ts, ...cents });
    // The clocks went back between these two: both are 09:30 there.
    await store.append(bar(Date.UTC(2025, 9, 31, 13, 30)), bar(Date.UTC(2025, 10, 3, 14, 30)));
    await run({ profile: 'lean', timeframe: '1m' });
    for (const day of ['20251031', '20251103']) {
      expect(await textIn(join(out, `equity/usa/minute/spy/${day}_trade.zip`))).toEqual({
        [`${day}_spy_minute_trade.csv`]: '34200000,1855250,1855300,1855000,1855201,12300',
      });
    }
  });

  it('adds hours to those that a file holds, and replaces those of the same time', async () => {
    const { store, out, run } = await setup();
    const hour = (place: number, change: object = {}) =>
      candleRow({ timeframe: '1h', ts: Date.UTC(2025, 8, 2, 14 + place), ...cents, ...change });
    await store.append(hour(0), hour(1));
    await run({ profile: 'lean', timeframe: '1h' });
    await store.append(hour(1, { volume: 5 }), hour(2));
    await run({ profile: 'lean', timeframe: '1h', from: Date.UTC(2025, 8, 2, 15) });
    expect((await textIn(join(out, 'equity/usa/hour/spy.zip')))['spy.csv']?.split('\n')).toEqual([
      '20250902 10:00,1855250,1855300,1855000,1855201,12300',
      '20250902 11:00,1855250,1855300,1855000,1855201,5',
      '20250902 12:00,1855250,1855300,1855000,1855201,12300',
    ]);
  });

  it('leaves crypto prices as they are', async () => {
    const { store, out, run } = await setup();
    await store.append(candleRow({ symbol: 'BTC-USD', timeframe: '1m', open: 10.5, volume: 0.25 }));
    await run({ profile: 'lean-crypto', timeframe: '1m' });
    expect(await textIn(join(out, 'crypto/binance/minute/btcusd/20250902_trade.zip'))).toEqual({
      '20250902_btcusd_minute_trade.csv': '48600000,10.5,12,9,11,0.25',
    });
  });

  it('refuses bars of a length that Lean does not know', async () => {
    const { store, run } = await setup();
    await store.append(candleRow());
    await expect(run({ profile: 'lean' })).rejects.toThrow(
      'timeframe: Lean has bars of 1s, 1m, 1h and 1d, none of 5m',
    );
  });
});

describe('before an export', () => {
  it('says what would be written, and writes nothing', async () => {
    const { store, out, plan } = await setup();
    await store.append(...[0, 1].map((place) => candleRow({ ts: fiveMinutes(place) })));
    const planned = await plan();
    expect(planned).toMatchObject({
      rows: 2,
      folder: out,
      files: [{ path: 'candles.csv', dataset: 'candles', rows: 2 }],
    });
    expect(planned.previews[0]?.rows[0]).toEqual([
      'SPY',
      '5m',
      '2025-09-02T13:30:00.000Z',
      '10.0',
      '12.0',
      '9.0',
      '11.0',
      '100.0',
    ]);
    expect(planned.checks.map(({ name, status }) => [name, status])).toEqual([
      ['Rows', 'pass'],
      ['Folder', 'pass'],
      ['Existing files', 'pass'],
      ['Disk space', 'pass'],
    ]);
    expect(await filesBelow(out)).toEqual([]);
  });

  it('warns of symbols that have nothing to export', async () => {
    const { store, plan } = await setup();
    await store.append(candleRow(), candleRow({ symbol: 'AAPL', timeframe: '1h', ts: openingBell }));
    const { checks } = await plan();
    expect(checks.find(({ name }) => name === 'Symbols')).toMatchObject({
      status: 'warn',
      detail: 'Nothing can be exported of AAPL',
    });
  });
});

describe('an export that cannot be', () => {
  async function withBar() {
    const made = await setup();
    await made.store.append(candleRow());
    return made;
  }

  it('leaves a file that is there as it is, unless it is to be replaced', async () => {
    const { out, run } = await withBar();
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'candles.csv'), 'mine');
    await expect(run()).rejects.toMatchObject({ code: 'file-exists' });
    expect(await filesBelow(out)).toEqual(['candles.csv']);
    await run({ overwrite: true });
    expect(await lines(out, 'candles.csv')).toHaveLength(2);
  });

  it('writes none of its files when only the manifest is in the way', async () => {
    const { out, run } = await withBar();
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'manifest.json'), 'mine');
    await expect(run()).rejects.toThrow(
      /manifest\.json exists already: choose to replace it \(--overwrite\)/,
    );
    expect(await filesBelow(out)).toEqual(['manifest.json']);
  });

  it.each([
    [{ profile: 'nobody' }, 'profile: there is no export profile nobody'],
    [{ symbols: ['QQQ'] }, 'symbols: the store has no symbol QQQ'],
    [{ timeframe: '7x' }, 'timeframe: 7x is not one such as 5m or 1h'],
    [{ from: 2e12, until: 1e12 }, 'until: must be later than from'],
    [{ out: '/tmp/bars.parquet' }, 'out: bars.parquet ends in .parquet, and files of CSV end in .csv'],
    [
      { from: openingBell + dayMs, until: openingBell + 2 * dayMs },
      'There are no candles of SPY 5m from 2025-09-03T13:30:00.000Z until 2025-09-04T13:30:00.000Z',
    ],
  ])('says what is wrong with %o', async (change, message) => {
    const { run } = await withBar();
    await expect(run(change)).rejects.toThrow(message);
  });

  it('does not put files among those of the store', async () => {
    const { store, run } = await withBar();
    await expect(run({ out: join(store.folder, 'data', '5m') })).rejects.toThrow('lies in the store itself');
    const links = await tempFolder();
    // A link may be there before what it leads to.
    for (const name of ['_trash', 'not-there-yet']) {
      await symlink(join(store.folder, name), join(links, name));
      await expect(run({ out: join(links, name, '5m') })).rejects.toThrow('lies in the store itself');
    }
    await expect(run({ out: join(store.folder, 'exports', 'today') })).resolves.toMatchObject({ rows: 1 });
  });
});

describe('profiles of a store', () => {
  it('are kept, listed behind those of the product, changed and deleted', async () => {
    const { store, save } = await setup();
    await save({ name: 'Mine' });
    await save({ name: 'Still mine' });
    const { profiles } = await store.client.exports.profiles({});
    expect(profiles.map(({ profile, isBuiltIn }) => [profile.id, isBuiltIn])).toEqual([
      ...exportProfiles.map(({ id }) => [id, true]),
      ['mine', false],
    ]);
    expect(profiles.at(-1)?.profile.name).toBe('Still mine');
    await store.client.exports.deleteProfile({ id: 'mine' });
    expect((await store.client.exports.profiles({})).profiles).toHaveLength(exportProfiles.length);
  });

  it.each([
    [{ id: 'csv' }, 'csv comes with Tapedeck'],
    [{ time: { style: 'iso' as const, zone: 'Mars' } }, 'profile: time.zone: is not a time zone'],
    [{ time: { style: 'timestamp' as const, zone: 'UTC' } }, 'profile: time.style: CSV has no timestamp'],
    [{ compression: 'snappy' as const }, 'profile: compression: CSV has no snappy'],
    [{ splitBy: ['symbol' as const] }, 'profile: fileName: needs {symbol}'],
    [{ fileName: '../up' }, 'profile: fileName: may hold letters'],
    [
      { columns: { candles: [{ from: 'closing', as: 'closing' }], objects: [] } },
      'profile: columns.candles.0: candles have no column closing',
    ],
    [
      {
        columns: {
          candles: [
            { from: 'open', as: 'a' },
            { from: 'close', as: 'a' },
          ],
          objects: [],
        },
      },
      'profile: columns.candles.1: two columns of candles are named a',
    ],
  ])('are refused when they make no sense: %o', async (change, message) => {
    const { save } = await setup();
    await expect(save(change)).rejects.toThrow(message);
  });

  it('name the column of a file that the datasets no longer have', async () => {
    const { store, run } = await setup();
    await store.append(candleRow());
    await mkdir(join(store.folder, 'export-profiles'));
    const old = { ...csv, id: 'old', columns: { candles: [{ from: 'vwap', as: 'vwap' }], objects: [] } };
    await writeFile(join(store.folder, 'export-profiles', 'old.json'), JSON.stringify(old));
    await expect(run({ profile: 'old' })).rejects.toThrow('candles have no column vwap');
    expect((await store.client.exports.profiles({})).faults).toHaveLength(1);
  });
});

describe.skipIf(!canMount)('a disk', () => {
  /** The first bars are short as text, and the others longer than the look can tell by those. */
  const longBars = (timeframe: string) =>
    Array.from({ length: 3_000 }, (_, index) =>
      flatCandle(index < 20 ? 1 : 7_654_321.123456 + index / 97, { timeframe, ts: fiveMinutes(index) }),
    );

  /** The look finds room enough, the export finds none; after that the disk is as it was, and another takes it all. */
  async function expectFull(
    { store, out, run }: Awaited<ReturnType<typeof setup>>,
    request: { readonly profile: string; readonly timeframe: string; readonly out: string },
    disk: string,
  ): Promise<void> {
    const { checks } = await store.client.exports.plan(request);
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
    await expect(store.client.exports.run(request)).rejects.toMatchObject({
      code: 'disk-full',
      message: `The disk is full: ${request.out}`,
    });
    expect(await readdir(disk)).toEqual([]);
    const { profile, timeframe } = request;
    expect((await run({ profile, timeframe, overwrite: true })).rows).toBe(3_000);
    expect((await readdir(out)).length).toBeGreaterThan(0);
  }

  it.each([
    ['csv', 0.75],
    ['jsonl', 0.75],
    ['postgresql', 0.75],
    // Of these the look can tell more closely how much room they need.
    ['parquet', 0.95],
    ['excel', 0.95],
    ['arrow', 0.95],
  ])(
    'that fills up while %s is written is named, and nothing of the export is left',
    async (profile, share) => {
      const exporting = await setup();
      await exporting.store.append(...longBars('5m'));
      const whole = (await exporting.run({ profile })).sizeBytes;
      const disk = smallDisk(Math.floor((whole * share) / 1024));
      await expectFull(exporting, { profile, timeframe: '5m', out: join(disk, 'new', 'bars') }, disk);
    },
  );

  it('that takes no more files while the zips of Lean are written is named, and nothing of them is left', async () => {
    const exporting = await setup();
    await exporting.store.append(...longBars('1m'));
    const disk = smallDisk(4_096);
    remount(disk, 'nr_inodes=12');
    await expectFull(exporting, { profile: 'lean', timeframe: '1m', out: join(disk, 'new', 'bars') }, disk);
  });
});

describe('tapedeck export', () => {
  async function storeOnDisk(): Promise<TestStore> {
    const store = await openTestStore();
    await store.append(candleRow());
    await store.close();
    return store;
  }

  it('exports, and says the same as JSON', async () => {
    const { folder } = await storeOnDisk();
    const out = join(await tempFolder(), 'spy.csv');
    const args = ['export', '--store', folder, '--profile', 'csv', '--symbols', 'SPY', '--timeframe', '5m'];
    const dry = await runCli([...args, '--out', out, '--dry-run', '--json']);
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.json()).toMatchObject({ dryRun: true, rows: 1 });
    const run = await runCli([...args, '--out', out, '--json']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.json()).toMatchObject({ dryRun: false, rows: 1, files: [{ path: 'spy.csv' }] });
    const again = await runCli([...args, '--out', out]);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^spy\.csv exists already in [^\n]+\n$/);
  });

  it('shows a profile that can be changed and saved again', async () => {
    const { folder } = await storeOnDisk();
    const shown = await runCli(['export', 'profiles', 'show', 'csv', '--store', folder]);
    const changed = JSON.stringify({ ...(shown.json() as object), id: 'mine' });
    expect(await runCli(['export', 'profiles', 'save', '-', '--store', folder], changed)).toMatchObject({
      code: 0,
      stdout: 'Saved mine\n',
    });
    const { stdout } = await runCli(['export', 'profiles', 'list', '--store', folder]);
    expect(stdout).toContain('mine  CSV  saved in the store');
  });
});
