import type { ImportReport, ImportRequest } from '#shared/domain/import';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFiles, minuteLines, zipOf } from '../helpers/import-files.ts';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { askDuckDb } from '../helpers/parquet.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const header = 'timestamp,open,high,low,close';
const day = Date.UTC(2024, 0, 2);
const at = (hour: number, minute: number) => day + (hour * 60 + minute) * 60_000;

/** A store in UTC, and imports of minute bars of X into it. */
async function setup() {
  const store = await openTestStore({ settings: { zone: 'UTC' } });
  const run = async (files: readonly string[], request: Partial<ImportRequest> = {}) =>
    runImport(store, { files, symbol: 'X', timeframe: '1m', ...request });
  const inspect = (
    files: readonly string[],
    request: Partial<ImportRequest> & { readonly look?: string; readonly isGlimpse?: boolean } = {},
  ) => store.client.imports.inspect({ files, symbol: 'X', timeframe: '1m', ...request });
  const bars = async (symbol = 'X', timeframe = '1m', from = day) => {
    const { candles } = await store.view({ symbol, timeframe, from, until: from + 86_400_000 });
    return candles.map(({ ts, open, high, low, close, volume }) => [ts, open, high, low, close, volume]);
  };
  return { store, run, inspect, bars };
}

async function runImport({ client }: TestStore, request: ImportRequest): Promise<ImportReport> {
  const { id } = await client.imports.start(request);
  const job = await client.jobs.wait({ id });
  if (job.state !== 'done') throw new Error(job.error?.message ?? job.state);
  return job.report as ImportReport;
}

describe('import of text', () => {
  it('takes in a file in whichever way it is written', async () => {
    const { run, bars } = await setup();
    const csv = [header, ...minuteLines(3)];
    const files = await importFiles({
      'plain.csv': csv.join('\n'),
      'excel.csv': `\uFEFF${csv.map((line) => line.replaceAll(',', ';')).join('\r\n')}\r\n`,
      'tabs.tsv': csv.map((line) => line.replaceAll(',', '\t')).join('\n'),
      'quoted.csv': csv.map((line) => line.replace(/[^,]+/g, '"$&"')).join('\n'),
      'bare.txt': minuteLines(3).join('\n'),
      'two-columns.csv': [
        '<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>',
        ...minuteLines(3, (minute) => `2024.01.02,09:3${minute}`),
      ].join('\n'),
      'packed.csv.gz': gzipSync(csv.join('\n')),
      'in-zip.zip': zipOf({ 'bars.csv': csv.join('\n') }),
      'rows.jsonl': minuteLines(3).map(jsonRow).join('\n'),
      'rows.json': `[\n${minuteLines(3).map(jsonRow).join(',\n')}\n]\n`,
      'lists.json': JSON.stringify(
        minuteLines(3, (minute) => String(at(9, 30 + minute))).map((line) => line.split(',').map(Number)),
      ),
    });
    const first = await run(files.slice(0, 1));
    expect(first).toMatchObject({ rows: 3, duplicates: 0, rejected: [], from: at(9, 30), until: at(9, 33) });
    expect(await bars()).toEqual([
      [at(9, 30), 100, 102, 99, 101, 0],
      [at(9, 31), 101, 103, 100, 102, 0],
      [at(9, 32), 102, 104, 101, 103, 0],
    ]);
    const others = await run(files.slice(1));
    expect(others).toMatchObject({ rows: 0, duplicates: 3 * (files.length - 1), rejected: [] });
  });

  it('knows whose bars they are by the folders of a collector, many symbols at once', async () => {
    const { store, bars } = await setup();
    const csv = [header, ...minuteLines(1)].join('\n');
    const [first = ''] = await importFiles({
      'tree/AAPL/bars/2024-01-02.csv': csv,
      'tree/2024-01-02/MSFT/bars.csv': csv,
      'tree/ES_F_bars_2024-01.csv': csv,
    });
    const folder = dirname(dirname(dirname(dirname(first))));
    expect(await runImport(store, { files: [folder], timeframe: '1m' })).toMatchObject({
      rows: 3,
      rejected: [],
    });
    for (const symbol of ['AAPL', 'MSFT', 'ES_F']) expect(await bars(symbol)).toHaveLength(1);
  });

  it('reads a comma before decimals where it can be nothing else', async () => {
    const { run, bars } = await setup();
    const [comma = '', unclear = ''] = await importFiles({
      'comma.csv': 'Date;Open;High;Low;Close\r\n2024-01-02 09:30:00;100,25;1102,5;99;101,125\r\n',
      'unclear.csv': 'Date;Open;High;Low;Close\n2024-01-02 09:31:00;1,085;1,090;1,084;1,086\n',
    });
    expect(await run([comma])).toMatchObject({ rows: 1, rejected: [] });
    expect(await bars()).toEqual([[at(9, 30), 100.25, 1_102.5, 99, 101.125, 0]]);
    const { rejected } = await run([unclear]);
    expect(rejected[0]?.reason).toContain('separator of thousands');
  });

  it('reads seconds, ms, micro- and nanoseconds, and whichever offset a time has', async () => {
    const { run } = await setup();
    const spellings: Record<string, (minute: number) => string> = {
      s: (minute) => String(at(9, 30 + minute) / 1000),
      ms: (minute) => String(at(9, 30 + minute)),
      us: (minute) => `${at(9, 30 + minute)}000`,
      ns: (minute) => `${at(9, 30 + minute)}000000`,
      newYork: (minute) => `2024-01-02T04:3${minute}:00-05:00`,
      basic: (minute) => `20240102 09:3${minute}`,
      european: (minute) => `02.01.2024 09:3${minute}:00.000`,
    };
    const names = Object.keys(spellings).map((name) => `${name}.csv`);
    const texts = Object.values(spellings).map((spell) => minuteLines(2, spell).join('\n'));
    const files = await importFiles(
      Object.fromEntries(names.map((name, place) => [name, texts[place] ?? ''])),
    );
    expect(await run(files)).toMatchObject({
      rows: 2,
      duplicates: 2 * (files.length - 1),
      rejected: [],
      from: at(9, 30),
    });
  });

  it('reads times without an offset in the zone that was said, also on the day its clocks change', async () => {
    const { run, bars } = await setup();
    const times = ['2024-03-10 01:59', '2024-03-10 03:00'];
    const [file = ''] = await importFiles({
      'bars.csv': times.map((time) => `${time}:00,1,1,1,1`).join('\n'),
    });
    await run([file], { zone: 'America/New_York' });
    const change = Date.UTC(2024, 2, 10, 7);
    expect((await bars('X', '1m', Date.UTC(2024, 2, 10))).map(([ts]) => ts)).toEqual([
      change - 60_000,
      change,
    ]);
  });

  it('moves times that name the end of a bar to its open', async () => {
    const { inspect } = await setup();
    const [file = '', named = ''] = await importFiles({
      'bars.csv': minuteLines(1).join('\n'),
      'named.csv': ['close_time,open,high,low,close', ...minuteLines(1)].join('\n'),
    });
    expect((await inspect([file], { barTime: 'close' })).bars[0]?.ts).toBe(at(9, 29));
    expect((await inspect([named])).bars[0]?.ts).toBe(at(9, 29));
  });

  it('names the line and field of each bad row, and takes the good ones', async () => {
    const { run } = await setup();
    const lines = [header, ...minuteLines(9)];
    lines[2] = '2024-01-02 09:31:00,101,103,100';
    lines[3] = '2024-01-02 09:32:00,"1,102.5",104,101,103';
    lines[4] = '2024-01-02 09:33:00,"103,105,102,104';
    lines[5] = '01/02/2024 09:34,104,106,103,105';
    lines[6] = '2024-01-02T09:35:00Z,105,107,104,106';
    lines[7] = '2024-01-02 09:36:00,106,105,105,107';
    lines[8] = '2024-01-02 09:37:30,107,109,106,108';
    const [file = ''] = await importFiles({ 'bars.csv': lines.join('\n') });
    const { rows, rejected } = await run([file]);
    expect(rows).toBe(2);
    expect(rejected.map(({ file: name, line, field }) => [name, line, field])).toEqual([
      ['bars.csv', 3, ''],
      ['bars.csv', 4, 'open'],
      ['bars.csv', 5, ''],
      ['bars.csv', 6, 'time'],
      ['bars.csv', 7, 'time'],
      ['bars.csv', 8, 'high'],
      ['bars.csv', 9, 'time'],
    ]);
    expect(rejected[1]?.reason).toContain('separator of thousands');
    expect(rejected[2]?.reason).toBe('has a quote that is not closed');
    expect(rejected[4]?.reason).toContain('has an offset from UTC');
  });

  it('tells bars that stand in the files twice, with the same values or others', async () => {
    const { run } = await setup();
    const [one = '', two = ''] = minuteLines(2);
    const files = await importFiles({
      'a.csv': [one, two, one].join('\n'),
      'b.csv': ['2024-01-02 09:31:00,7,9,6,8'].join('\n'),
    });
    expect(await run(files)).toMatchObject({
      rows: 2,
      duplicates: 1,
      rejected: [
        {
          file: 'b.csv',
          line: 1,
          field: 'time',
          reason: '2024-01-02T09:31:00.000Z stands on a.csv, line 2 with other values',
        },
      ],
    });
  });

  it('takes columns by the names and places that were said', async () => {
    const { run, bars } = await setup();
    const [file = ''] = await importFiles({
      'bars.csv': 'when,bid,close,close,top,bottom,size\n2024-01-02 09:30,1,2,3,4,0.5,7',
    });
    const map = { time: 'when', open: 'bid', close: '#4', high: 'top', low: 'bottom', volume: 'size' };
    await run([file], { map });
    expect(await bars()).toEqual([[at(9, 30), 1, 4, 0.5, 3, 7]]);
  });

  it('reads whose bars they are from a column', async () => {
    const { run, bars } = await setup();
    const [file = ''] = await importFiles({
      'bars.csv':
        'symbol,ts,open,high,low,close,volume\nA,2024-01-02 09:30,1,1,1,1,5\nB,2024-01-02 09:30,2,2,2,2,6',
    });
    expect(await run([file], { symbol: undefined })).toMatchObject({ rows: 2, symbols: ['A', 'B'] });
    expect(await bars('B')).toEqual([[at(9, 30), 2, 2, 2, 2, 6]]);
    expect(await run([file], { symbol: 'A' })).toMatchObject({ rejectedRows: 1, duplicates: 1 });
  });
});

describe('import of other formats', () => {
  it('takes the prices, zone, symbol and timeframe of Lean from its names', async () => {
    const { run, bars } = await setup();
    const lines = '34200000,1855250,1856000,1855000,1855500,1200\n34260000,1855500,1855500,1855500,1855500,5';
    const [minute = '', hour = ''] = await importFiles({
      'equity/usa/minute/spy/20240102_trade.zip': zipOf({ '20240102_spy_minute_trade.csv': lines }),
      'crypto/gdax/hour/btcusd_trade.zip': zipOf({ 'btcusd.csv': '20240102 09:00,1.5,2.5,1.25,2,0.5' }),
    });
    expect(await run([minute], { symbol: undefined, timeframe: undefined })).toMatchObject({
      rows: 2,
      symbols: ['SPY'],
      timeframe: '1m',
    });
    expect(await bars('SPY')).toEqual([
      [at(14, 30), 185.525, 185.6, 185.5, 185.55, 1200],
      [at(14, 31), 185.55, 185.55, 185.55, 185.55, 5],
    ]);
    await run([hour], { symbol: undefined, timeframe: undefined });
    expect(await bars('BTCUSD', '1h')).toEqual([[at(9, 0), 1.5, 2.5, 1.25, 2, 0.5]]);
  });

  it('knows klines of Binance by their look', async () => {
    const { inspect } = await setup();
    const open = at(9, 30);
    const line = `${open},0.00002853,0.00002854,0.00002851,0.00002854,36304.2,${open + 59_999},1.03,79,19523.0,0.55,0`;
    const [file = ''] = await importFiles({ 'ADABTC-1m.csv': line });
    const { sources, bars } = await inspect([file]);
    expect(sources).toMatchObject([{ format: 'binance', hasHeader: false, unit: 'ms' }]);
    expect(bars).toEqual([
      {
        symbol: 'X',
        ts: open,
        open: 0.00002853,
        high: 0.00002854,
        low: 0.00002851,
        close: 0.00002854,
        volume: 36304.2,
      },
    ]);
  });

  it('reads Parquet and Arrow, and refuses what is nested', async () => {
    const { run } = await setup();
    const folder = await tempFolder();
    const values = `TIMESTAMPTZ '2024-01-02 09:30:00+00' AS ts, 1 AS open, 2.5::FLOAT AS high, 1::DECIMAL(9,2) AS low, 2 AS close`;
    await askDuckDb(`COPY (SELECT ${values}, [1, 2] AS extra) TO '${folder}/flat.parquet' (FORMAT parquet)`);
    await askDuckDb(
      `COPY (SELECT {'open': 1, 'close': 2} AS bar, 1 AS ts) TO '${folder}/nested.parquet' (FORMAT parquet)`,
    );
    const table = tableFromArrays({
      ts: Float64Array.of(at(9, 30), at(9, 31)),
      ...{
        open: Float64Array.of(1, 1),
        high: Float64Array.of(2.5, 2),
        low: Float64Array.of(1, 1),
        close: Float64Array.of(2, 2),
      },
    });
    const [arrow = ''] = await importFiles({ 'bars.arrow': tableToIPC(table, 'file') });
    const report = await run([`${folder}/flat.parquet`, arrow, `${folder}/nested.parquet`]);
    expect(report).toMatchObject({ rows: 2, duplicates: 1, rejectedRows: 1 });
    expect(report.rejected[0]?.reason).toContain('structures or lists (bar)');
  });

  it.each([
    [
      'an Excel workbook',
      'bars.csv',
      () => zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '' }),
      'is an Excel workbook',
    ],
    ['a name that leads out', 'bars.zip', () => zipOf({ '../bars.csv': 'x' }), 'a name that leads out of it'],
    [
      'a bomb',
      'bars.csv.gz',
      () => gzipSync(minuteLines(1).join() + '\n'.repeat(20_000_000)),
      'unpacks to more than 250 times',
    ],
    ['one endless line', 'bars.csv', () => Buffer.alloc(3_000_000, 0x31), 'longer than 1 MiB'],
    ['an endless line below the header', 'bars.csv', () => `${header}\n${'1'.repeat(3_000_000)}`, '256 KiB'],
    [
      'a column twice',
      'bars.csv',
      () => `${header},close\n2024-01-02 09:30,1,1,1,1,2`,
      'has the column close twice',
    ],
    ['UTF-16', 'bars.csv', () => Buffer.from(`\uFEFF${header}`, 'utf16le'), 'is written in UTF-16'],
    ['a list that is cut off', 'bars.json', () => '[{"time":1', 'does not end'],
    ['no prices', 'bars.csv', () => 'a,b,c,d,e\n1,2,3,4,5', 'has no column that is known to be the time'],
    ['nothing', 'bars.csv', () => '', 'is empty'],
  ])('refuses %s in one sentence, and reads the files beside it', async (_what, name, make, reason) => {
    const { run } = await setup();
    const files = await importFiles({ 'good.csv': minuteLines(1).join('\n'), [`bad/${name}`]: make() });
    const report = await run(files);
    expect(report).toMatchObject({ rows: 1, rejectedRows: 1 });
    expect(report.rejected[0]).toMatchObject({ line: 0, reason: expect.stringContaining(reason) as string });
  });

  it('goes on behind a line that is too long', async () => {
    const { run } = await setup();
    const [one = '', two = ''] = minuteLines(2);
    const [file = ''] = await importFiles({ 'bars.csv': `${one}\n${'9'.repeat(2_000_000)}\n${two}\n` });
    expect(await run([file])).toMatchObject({
      rows: 2,
      rejected: [{ line: 2, reason: 'is longer than 1 MiB, which no bar is' }],
    });
  });
});

describe('import into a store that has bars', () => {
  const other = '2024-01-02 09:31:00,7,9,6,8';

  async function withConflict() {
    const known = await setup();
    const [first = '', second = ''] = await importFiles({
      'first.csv': minuteLines(4).join('\n'),
      'second.csv': [other, '2024-01-02 10:00:00,5,5,5,5'].join('\n'),
    });
    await known.run([first]);
    return { ...known, first, second };
  }

  it('keeps what is stored, and says how much of it is other', async () => {
    const { run, bars, second } = await withConflict();
    expect(await run([second])).toMatchObject({
      rows: 1,
      conflicts: 1,
      conflictDays: [{ symbol: 'X', day: '2024-01-02', stored: 4, incoming: 2, different: 1 }],
    });
    expect((await bars()).map(([, open]) => open)).toEqual([100, 101, 102, 103, 5]);
  });

  it('replaces whole days, once', async () => {
    const { store, run, bars, second } = await withConflict();
    await store.append({
      symbol: 'Y',
      timeframe: '1m',
      ts: at(9, 30),
      open: 1,
      high: 1,
      low: 1,
      close: 1,
      volume: 1,
    });
    expect(await run([second], { onConflict: 'replace-day' })).toMatchObject({ rows: 2, replacedDays: 1 });
    expect((await bars()).map(([, open]) => open)).toEqual([7, 5]);
    expect(await bars('Y')).toHaveLength(1);
    expect(await run([second], { onConflict: 'replace-day' })).toMatchObject({
      rows: 0,
      duplicates: 2,
      replacedDays: 0,
    });
  });

  it('stores nothing when it is to stop', async () => {
    const { run, bars, second } = await withConflict();
    await expect(run([second], { onConflict: 'stop' })).rejects.toThrow(
      '1 bar is stored with other values, the first of X on 2024-01-02; nothing was imported',
    );
    expect(await bars()).toHaveLength(4);
  });

  it('counts rows that are in no file yet', async () => {
    const { store, run } = await setup();
    const [file = ''] = await importFiles({ 'bars.csv': minuteLines(2).join('\n') });
    await store.append({
      symbol: 'X',
      timeframe: '1m',
      ts: at(9, 30),
      open: 100,
      high: 102,
      low: 99,
      close: 101,
      volume: 0,
    });
    expect(await run([file])).toMatchObject({ rows: 1, duplicates: 1 });
  });

  it('survives opening again, and finds nothing wrong with itself', async () => {
    const { store, run } = await setup();
    const times = Array.from({ length: 40 }, (_, place) => String(day + place * 86_400_000));
    const [file = ''] = await importFiles({
      'bars.csv': times.map((time) => `${time},1,1,1,1,1`).join('\n'),
    });
    expect(await run([file])).toMatchObject({ rows: 40 });
    await store.close();
    const again = await openTestStore({ folder: store.folder });
    expect(await again.client.verify.run({ deep: true })).toMatchObject({ isClean: true });
    expect((await again.client.symbols.list({}))[0]).toMatchObject({ symbol: 'X' });
  });

  it('says what an import would come to, and what has to be said first', async () => {
    const { store, inspect, bars } = await setup();
    const [file = ''] = await importFiles({ 'bars.csv': [header, ...minuteLines(3)].join('\n') });
    const unknown = await store.client.imports.inspect({ files: [file] });
    expect(unknown).toMatchObject({ missing: ['symbol', 'timeframe'], timeframe: '1m', report: { rows: 3 } });
    expect(await inspect([dirname(file)])).toMatchObject({
      missing: [],
      report: { rows: 3, isDryRun: true },
    });
    expect(await bars()).toEqual([]);
  });
});

describe('a glimpse of files', () => {
  it('is the start of large ones, whatever lies behind it', async () => {
    const { inspect } = await setup();
    const [file = ''] = await importFiles({ 'bars.csv': [...manyLines(40_000), 'broken'].join('\n') });
    const [glimpse, whole] = [await inspect([file], { isGlimpse: true }), await inspect([file])];
    expect(glimpse).toMatchObject({ isPartial: true, report: { rejectedRows: 0 } });
    expect(glimpse.report.rows).toBeLessThan(40_000);
    expect(whole).toMatchObject({ isPartial: false, report: { rows: 40_000, rejectedRows: 1 } });
    expect([glimpse.bars, glimpse.sources]).toEqual([whole.bars, whole.sources]);
  });

  it('is all there is to know of small ones', async () => {
    const { run, inspect } = await setup();
    const files = await importFiles({ 'bars.csv': [header, ...minuteLines(3)].join('\n') });
    await run(files);
    const glimpse = await inspect(files, { isGlimpse: true });
    expect(glimpse).toEqual(await inspect(files));
    expect(glimpse).toMatchObject({ isPartial: false, report: { rows: 0, duplicates: 3 } });
  });
});

describe('an import that is ended', () => {
  it('has stored nothing when it is cancelled, and all of it once it is begun again', async () => {
    const { store, run } = await setup();
    const files = await importFiles({ 'bars.csv': manyLines(20_000).join('\n') });
    const { id } = await store.client.imports.start({ files, symbol: 'X', timeframe: '1m' });
    await store.client.jobs.cancel({ id });
    expect(await store.client.jobs.wait({ id })).toMatchObject({ state: 'cancelled' });
    expect(await store.client.symbols.list({})).toEqual([]);
    expect(await run(files)).toMatchObject({ rows: 20_000, duplicates: 0 });
    expect((await store.client.verify.run({ deep: true })).problems).toEqual([]);
  });

  it('tells the caller of a look at once when a newer one takes its place, or nobody wants it', async () => {
    const { inspect, store } = await setup();
    const files = await importFiles({ 'bars.csv': manyLines(20_000).join('\n') });
    const ended = expect(inspect(files, { look: 'sheet' })).rejects.toMatchObject({ code: 'cancelled' });
    const newer = inspect(files, { look: 'sheet' });
    await ended;
    await expect(newer).resolves.toMatchObject({ report: { rows: 20_000 } });
    const unwanted = expect(inspect(files, { look: 'sheet' })).rejects.toMatchObject({ code: 'cancelled' });
    await store.client.imports.endLook({ look: 'sheet' });
    await unwanted;
  });
});

describe('import of a range', () => {
  it('takes the bars that open in it, and says how many it left out', async () => {
    const { run, bars } = await setup();
    const files = await importFiles({ 'bars.csv': [header, ...minuteLines(5)].join('\n') });
    const report = await run(files, { from: at(9, 31), until: at(9, 33) });
    expect(report).toMatchObject({ rows: 2, outside: 3, rejected: [] });
    expect((await bars()).map(([ts]) => ts)).toEqual([at(9, 31), at(9, 32)]);
    await expect(run(files, { from: at(9, 33), until: at(9, 31) })).rejects.toThrow('until');
  });
});

describe('tapedeck import', () => {
  it('prints what came of it, and tells by its exit status whether all rows were good', async () => {
    const store = `${await tempFolder()}/store`;
    const [good = '', mixed = '', bad = ''] = await importFiles({
      'good.csv': [header, ...minuteLines(2)].join('\n'),
      'mixed.csv': [header, ...minuteLines(3), '2024-01-02 09:33:00,x,1,1,1'].join('\n'),
      'bad.csv': [header, '2024-01-02 09:33:00,x,1,1,1'].join('\n'),
    });
    const run = (...args: string[]) =>
      runCli([
        'import',
        ...args,
        '--store',
        store,
        '--symbol',
        'X',
        '--timeframe',
        '1m',
        '--zone',
        'UTC',
        '--json',
      ]);
    const first = await run(good);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(Object.entries(first.json() as object).slice(0, 5)).toEqual([
      ['rows', 2],
      ['duplicates', 0],
      ['rejected', []],
      ['from', at(9, 30)],
      ['until', at(9, 32)],
    ]);
    const dry = await run(mixed, '--dry-run');
    expect(dry.json()).toMatchObject({ rows: 1, duplicates: 2, isDryRun: true });
    const second = await run(mixed);
    expect(second.code).toBe(3);
    expect(second.json()).toMatchObject({
      rows: 1,
      duplicates: 2,
      rejected: [{ file: 'mixed.csv', line: 5, field: 'open', reason: 'is not a number: "x"' }],
    });
    expect((await run(bad)).code).toBe(1);
  });

  it('begins no store to say what would be stored in it', async () => {
    const store = `${await tempFolder()}/new`;
    const [file = ''] = await importFiles({ 'bars.csv': minuteLines(2).join('\n') });
    const args = ['--symbol', 'X', '--timeframe', '1m', '--dry-run', '--json'];
    const dry = await runCli(['import', file, '--store', store, ...args]);
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.json()).toMatchObject({ rows: 2, duplicates: 0, isDryRun: true });
    expect(existsSync(store)).toBe(false);
  });

  it('says what is missing', async () => {
    const store = await tempFolder();
    const [file = ''] = await importFiles({ 'bars.csv': minuteLines(2).join('\n') });
    const unsaid = await runCli(['import', file, '--store', `${store}/new`, '--symbol', 'X']);
    expect(unsaid).toMatchObject({ code: 1 });
    expect(unsaid.stderr).toContain('timeframe: the files do not say how long their bars are');
    const gone = await runCli(['import', '/no/such/file.csv', '--store', `${store}/new`]);
    expect(gone.stderr).toContain('There is no file or folder /no/such/file.csv');
  });
});

/** Minute bars of a month. */
function manyLines(count: number): string[] {
  return minuteLines(count, (minute) => String(day + minute * 60_000));
}

function jsonRow(line: string): string {
  const [time = '', ...prices] = line.split(',');
  const [open, high, low, close] = prices.map(Number);
  return JSON.stringify({ time, open, high, low, close });
}
