import { unpackPage, type SqlCell } from '#shared/domain/sql-page';
import type { SqlAnswer } from '#shared/domain/sql';
import { WorkbenchError } from '#shared/errors';
import { readdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { sha256 } from '../helpers/parquet.ts';
import { fiveMinutes, flatCandle, objectRow, openingBell } from '../helpers/rows.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { runCli } from '../helpers/run-cli.ts';

const hourMs = 3_600_000;
const day = '2025-09-02';

const run = ({ client }: TestStore, text: string, change: object = {}) =>
  client.sql.run({ tab: 'test', text, ...change });
const rowsOf = ({ page }: SqlAnswer): SqlCell[][] => unpackPage(page);
const ask = async (store: TestStore, text: string) => rowsOf(await run(store, text));

/** A day of SPY that was compacted, one bar of it written again since, and one bar of another day. */
async function setup(): Promise<TestStore> {
  const store = await openTestStore();
  await store.append(...[0, 1, 2, 3].map((index) => flatCandle(10 + index, { ts: fiveMinutes(index) })));
  await store.append(flatCandle(50, { symbol: 'QQQ', timeframe: '1h' }));
  await store.compact({ dataset: 'candles', timeframe: '5m', day });
  await store.append(
    flatCandle(99, { ts: fiveMinutes(2) }),
    flatCandle(20, { ts: openingBell + 48 * hourMs }),
  );
  return store;
}

/** Digests of all that lies in a store but its log and locks. */
async function digests(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found: Record<string, string> = {};
  for (const path of paths.sort()) {
    if (!path.includes('_wal') && !path.includes('_locks')) found[path] = await sha256(path);
  }
  return found;
}

describe('sql.run', () => {
  it('reads compacted files, loose parts and rows that are in no file yet, each key once', async () => {
    const store = await setup();
    const found = await ask(store, "select ts, close from candles where symbol = 'SPY' order by ts");
    expect(found).toEqual([
      [String(fiveMinutes(0)), '10'],
      [String(fiveMinutes(1)), '11'],
      [String(fiveMinutes(2)), '99'],
      [String(fiveMinutes(3)), '13'],
      [String(openingBell + 48 * hourMs), '20'],
    ]);
  });

  it('sees the last of several late writings of a bar, whichever file or record holds it', async () => {
    const store = await setup();
    await store.append(flatCandle(100, { ts: fiveMinutes(2), timeframe: '5M' }));
    await store.client.files.list({});
    await store.append(flatCandle(101, { ts: fiveMinutes(2) }));
    expect(await ask(store, `select timeframe, close from candles where ts = ${fiveMinutes(2)}`)).toEqual([
      ['5m', '101'],
    ]);
  });

  it('gives objects as they stand, and their events apart', async () => {
    const store = await openTestStore();
    await store.appendObjects(
      objectRow(),
      objectRow({ action: 'update', sequence: 2, event_ts: fiveMinutes(3), y_max: 15 }),
      objectRow({ object_id: 'zone-2' }),
    );
    expect(await ask(store, 'select object_id, y_max from objects order by 1')).toEqual([
      ['zone-1', '15'],
      ['zone-2', '12'],
    ]);
    expect(await ask(store, 'select count(*) from object_events')).toEqual([['3']]);
  });

  it('gives rollups where they say what the bars do, and leaves out what has changed since', async () => {
    const store = await openTestStore({ settings: { calendars: { SPY: 'crypto' } } });
    const bars = Array.from({ length: 24 }, (_, index) =>
      flatCandle(10 + index, { ts: openingBell + index * 5 * 60_000, timeframe: '5m' }),
    );
    await store.append(...bars);
    await store.compact({ dataset: 'candles', day });
    await store.client.rollups.refresh({});
    const hours = () => ask(store, "select close from rollups where timeframe = '15m' order by ts");
    expect(await hours()).toHaveLength(8);
    await store.append(flatCandle(500, { ts: openingBell }));
    expect(await hours()).toHaveLength(7);
  });

  it('answers column types, how many rows there are, and whether these are all', async () => {
    const store = await setup();
    const answer = await run(store, 'select range as n, n::double as d, [n] as l from range(10)', {
      maxRows: 4,
    });
    expect(answer).toMatchObject({
      statement: 'select',
      columns: [
        { name: 'n', type: 'BIGINT', kind: 'number' },
        { name: 'd', type: 'DOUBLE', kind: 'number' },
        { name: 'l', type: 'BIGINT[]', kind: 'json' },
      ],
      rows: 4,
      isComplete: false,
      maxRows: 4,
      leftOut: [],
    });
    expect(rowsOf(answer).at(-1)).toEqual(['3', '3', '[3]']);
  });

  it('explains a query', async () => {
    const answer = await run(await setup(), 'explain analyze select count(*) from candles');
    expect(answer.statement).toBe('explain');
    expect(rowsOf(answer)[0]?.[1]).toContain('UNGROUPED_AGGREGATE');
  });

  it('names columns of one name apart', async () => {
    const { columns } = await run(await setup(), 'select 1 as a, 2 as a');
    expect(new Set(columns.map(({ name }) => name)).size).toBe(2);
  });

  it('leaves out a file that cannot be read, and says which', async () => {
    const store = await setup();
    const [broken] = (await readdir(join(store.folder, 'data/5m'))).filter((name) =>
      name.endsWith('.parquet'),
    );
    await truncate(join(store.folder, 'data/5m', broken!), 20);
    const answer = await run(store, "select count(*) from candles where timeframe = '5m'");
    expect(answer.leftOut).toMatchObject([{ path: `data/5m/${broken!}` }]);
    expect(rowsOf(answer)).toEqual([['2']]);
  });

  it('leaves out files that are not there, and says which', async () => {
    const store = await setup();
    const names = (await readdir(join(store.folder, 'data/5m'))).filter((name) => name.endsWith('.parquet'));
    for (const name of names) await rm(join(store.folder, 'data/5m', name));
    const answer = await run(store, "select count(*) from candles where timeframe = '5m'");
    expect(answer.leftOut).toEqual(
      names.map((name) => ({ path: `data/5m/${name}`, reason: 'it is not there' })),
    );
  });

  it('tells the line and column of a fault', async () => {
    const failure = run(await setup(), "select 'ä',\n  clsoe\nfrom candles");
    await expect(failure).rejects.toMatchObject({
      code: 'query-invalid',
      message: expect.stringContaining('"clsoe" not found') as string,
      place: { line: 2, column: 3 },
    });
  });

  it('reads a store that nobody owns', async () => {
    const { folder, close } = await setup();
    await close();
    const reader = await openTestStore({ folder, access: 'read' });
    expect(await ask(reader, 'select count(*) from candles')).toEqual([['6']]);
  });
});

describe('sql.page', () => {
  it('gives any rows of a large result, in its order or sorted', async () => {
    const { client } = await openTestStore();
    const text =
      "select range as n, (range * 7919) % 1200000 as mixed, 'row ' || range as name from range(1200000)";
    const { result, rows } = await client.sql.run({ tab: 'test', text, maxRows: 1_200_000 });
    expect(rows).toBe(1_200_000);
    const page = async (from: number, sort: Parameters<typeof client.sql.page>[0]['sort'] = null) =>
      unpackPage(await client.sql.page({ result, from, rows: 2, sort }));
    expect(await page(1_199_998)).toEqual([
      ['1199998', String((1_199_998 * 7_919) % 1_200_000), 'row 1199998'],
      ['1199999', String((1_199_999 * 7_919) % 1_200_000), 'row 1199999'],
    ]);
    const sorted = await page(600_000, { column: 1, direction: 'descending' });
    expect(sorted.map(([, mixed]) => mixed)).toEqual(['599999', '599998']);
  });

  it('says that a result is gone when the tab has run another query', async () => {
    const { client } = await openTestStore();
    const { result } = await client.sql.run({ tab: 'test', text: 'select 1' });
    await client.sql.run({ tab: 'test', text: 'select 2' });
    await expect(client.sql.page({ result, from: 0, rows: 1, sort: null })).rejects.toMatchObject({
      code: 'result-gone',
    });
  });

  it('keeps the result when the next query fails', async () => {
    const { client } = await openTestStore();
    const { result } = await client.sql.run({ tab: 'test', text: 'select 1' });
    await expect(client.sql.run({ tab: 'test', text: 'selct' })).rejects.toThrow();
    expect(unpackPage(await client.sql.page({ result, from: 0, rows: 1, sort: null }))).toEqual([['1']]);
  });
});

describe('sql.export', () => {
  it('writes all rows in the order that is shown, and replaces a file only when that is said', async () => {
    const { client, folder } = await openTestStore();
    const text = "select range as n, 'a,b' as t, nullif(range, 1)::double as d from range(3)";
    const { result } = await client.sql.run({ tab: 'test', text });
    const out = join(await tempFolder(), 'rows.csv');
    const sort = { column: 0, direction: 'descending' } as const;
    const request = { result, sort, format: 'csv', out } as const;
    expect(await client.sql.export(request)).toEqual({ file: out, rows: 3, sizeBytes: 35 });
    expect(await readFile(out, 'utf8')).toBe('n,t,d\n2,"a,b",2\n1,"a,b",\n0,"a,b",0\n');
    await expect(client.sql.export(request)).rejects.toMatchObject({ code: 'file-exists' });
    expect(await client.sql.export({ ...request, overwrite: true })).toMatchObject({ rows: 3 });
    const inStore = client.sql.export({ ...request, out: join(folder, 'store.json'), overwrite: true });
    await expect(inStore).rejects.toMatchObject({ code: 'argument-invalid' });
    const nowhere = client.sql.export({ ...request, out: join(out, 'x', 'rows.csv') });
    await expect(nowhere).rejects.toBeInstanceOf(WorkbenchError);
    expect(await readdir(join(out, '..'))).toEqual(['rows.csv']);
  });

  it.each(['parquet', 'jsonl'] as const)('writes %s', async (format) => {
    const { client } = await openTestStore();
    const { result } = await client.sql.run({ tab: 'test', text: 'select [1, 2] as l, 1.5 as d' });
    const out = join(await tempFolder(), `rows.${format}`);
    await client.sql.export({ result, sort: null, format, out });
    const start = (await readFile(out)).subarray(0, format === 'parquet' ? 4 : 19).toString();
    expect(start).toBe(format === 'parquet' ? 'PAR1' : '{"l":[1,2],"d":1.5}');
  });
});

describe('sql.statistics', () => {
  it('sums a column up', async () => {
    const { client } = await openTestStore();
    const text = 'select nullif(range % 5, 4)::double as v from range(100)';
    const { result } = await client.sql.run({ tab: 'test', text });
    const found = await client.sql.statistics({ result, column: 0 });
    expect(found).toMatchObject({ rows: 100, nulls: 20, distinct: 4, min: '0', max: '3' });
    expect(found.numbers).toMatchObject({ mean: 1.5, quartiles: [0.75, 1.5, 2.25] });
    expect(found.numbers?.histogram.reduce((sum, rows) => sum + rows, 0)).toBe(80);
    expect(found.top[0]?.rows).toBe(20);
  });
});

/** Each is answered by one sentence, and by nothing else. */
const refused: readonly (readonly [text: string, message: RegExp])[] = [
  ["COPY candles TO '/tmp/stolen.csv'", /COPY cannot be run here/],
  ["COPY (SELECT 1) TO '/tmp/stolen.csv' (use_tmp_file false)", /COPY cannot be run here/],
  ["EXPLAIN ANALYZE COPY candles TO '/tmp/stolen.csv'", /COPY cannot be run here/],
  ["EXPLAIN (ANALYZE, FORMAT json) COPY candles TO '/tmp/stolen.csv'", /COPY cannot be run here/],
  ["/* x */ EXPLAIN /* y */ ANALYZE -- z\n COPY candles TO '/tmp/stolen.csv'", /COPY cannot be run here/],
  ["ATTACH '/tmp/other.db'", /ATTACH cannot be run here/],
  ["EXPORT DATABASE '/tmp/stolen'", /EXPORT cannot be run here/],
  ['INSTALL httpfs', /INSTALL cannot be run here/],
  ['LOAD httpfs', /LOAD cannot be run here/],
  ['SET threads = 64', /SET cannot be run here/],
  ['PRAGMA enable_profiling', /PRAGMA cannot be run here/],
  ["CALL enable_logging(storage = 'file', storage_path = '/tmp/logs')", /CALL cannot be run here/],
  ['INSERT INTO candles VALUES (1)', /INSERT cannot be run here/],
  ['DELETE FROM candles', /DELETE cannot be run here/],
  ['DROP VIEW candles', /DROP cannot be run here/],
  ['CREATE TABLE t AS SELECT 1', /CREATE cannot be run here/],
  ['SELECT 1; DROP VIEW candles', /One statement can be run at a time/],
  ['SELECT 1; SELECT 2', /One statement can be run at a time/],
  ["SELECT * FROM read_csv('/etc/passwd')", /read_csv is not available/],
  ["SELECT * FROM read_text('/etc/passwd')", /read_text is not available/],
  ["SELECT * FROM glob('/etc/*')", /glob is not available/],
  ["SELECT * FROM '/etc/passwd'", /There is no table \/etc\/passwd/],
  ["SELECT (SELECT count(*) FROM read_blob('/etc/passwd'))", /read_blob is not available/],
  ["WITH x AS (FROM read_parquet('*.parquet')) FROM x", /read_parquet is not available/],
  ["SELECT * FROM query('SELECT 1')", /query is not available/],
  ["SELECT * FROM query_table('/etc/passwd')", /query_table is not available/],
  [
    "SELECT * FROM enable_logging(storage = 'file', storage_path = '/tmp/logs')",
    /enable_logging is not available/,
  ],
  ["SELECT * FROM sniff_csv('/etc/passwd')", /sniff_csv is not available/],
  ["DESCRIBE SELECT * FROM read_csv('/etc/passwd')", /read_csv is not available/],
  ['SELECT * FROM duckdb_settings()', /duckdb_settings is not available/],
  ["SELECT repeat('x', 10000000000)", /maximum supported string size/],
  ['SELECT * FROM candles WHERE symbol = ?', /takes no parameters/],
  ['selct 1', /syntax error at or near "selct"/],
  ['', /There is no statement/],
  ['-- nothing', /There is no statement/],
];

describe('what a query may not do', () => {
  it('refuses with one sentence, and leaves the store as it is', async () => {
    const store = await setup();
    await store.client.files.list({});
    const before = await digests(store.folder);
    const sample = Object.keys(before).find((path) => path.endsWith('.parquet'))!;
    const own: (typeof refused)[number][] = [
      [`COPY (SELECT 1) TO '${sample}' (use_tmp_file false)`, /COPY cannot be run here/],
      [`SELECT * FROM read_parquet('${sample}')`, /read_parquet is not available/],
    ];
    for (const [text, message] of [...refused, ...own]) {
      const error = await run(store, text).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error, text).toBeInstanceOf(WorkbenchError);
      const worded = error as WorkbenchError;
      expect([worded.code, worded.message], text).toEqual(['query-invalid', expect.stringMatching(message)]);
      expect(worded.message, text).not.toContain('\n');
    }
    expect(await digests(store.folder)).toEqual(before);
  });

  it('stops what takes too long, and the next query is answered', async () => {
    const store = await setup();
    const endless = 'select count(*) from range(3000000000) a, range(3000000000) b';
    await expect(run(store, endless, { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'query-stopped',
      message: expect.stringContaining('0.3 s') as string,
    });
    expect(await ask(store, 'select 42')).toEqual([['42']]);
  });

  it('goes on beyond its memory in temporary files, until its time is up', async () => {
    const store = await openTestStore({ ownPrograms: true });
    const endless = 'select count(*) from range(200000) a, range(200000) b, range(200000) c, range(200000) d';
    await expect(run(store, endless, { timeoutMs: 2_500 })).rejects.toMatchObject({
      code: 'query-stopped',
      message: expect.stringContaining('2.5 s') as string,
    });
  });

  it('answers a cancel at once, also of what heeds no interruption', async () => {
    const store = await setup();
    const running = run(store, "select max(length(repeat('x', 500000000 + range))) from range(100000)");
    const outcome = expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await store.client.sql.cancel({ tab: 'test' });
    await outcome;
    expect(await ask(store, 'select 42')).toEqual([['42']]);
  });

  it('ends the process of a query that passes its memory, and the store goes on', async () => {
    const store = await setup();
    await expect(
      run(store, "select length(repeat(repeat('x', 100000), 40000) || 'x')"),
    ).rejects.toMatchObject({
      code: 'query-stopped',
      message: expect.stringContaining('GiB') as string,
    });
    await store.append(flatCandle(1, { ts: fiveMinutes(9) }));
    expect(await ask(store, 'select count(*) from candles')).toEqual([['7']]);
  });

  it('says when a query needs more memory than it may have', async () => {
    const store = await setup();
    const greedy = 'select list(range) from range(200000000)';
    await expect(run(store, greedy)).rejects.toMatchObject({ code: 'query-stopped' });
  });
});

describe('saved queries', () => {
  it('are plain files in the store, and so are files that were put there', async () => {
    const { client, folder } = await openTestStore();
    await client.sql.saveQuery({ name: 'Range of the day', text: 'select 1' });
    expect(await readFile(join(folder, 'sql', 'Range of the day.sql'), 'utf8')).toBe('select 1\n');
    expect(await client.sql.savedQueries({})).toEqual([{ name: 'Range of the day', text: 'select 1\n' }]);
    await client.sql.deleteQuery({ name: 'Range of the day' });
    expect(await client.sql.savedQueries({})).toEqual([]);
  });

  it.each(['../outside', 'a/b', '.hidden', 'CON', '', 'a.'])('refuse the name %j', async (name) => {
    const { client } = await openTestStore();
    await expect(client.sql.saveQuery({ name, text: 'select 1' })).rejects.toMatchObject({
      code: 'argument-invalid',
    });
  });
});

describe('sql.schema', () => {
  it('lists tables with their columns, functions, symbols and timeframes', async () => {
    const { client } = await setup();
    const schema = await client.sql.schema({});
    expect(schema.tables.map(({ name }) => name)).toEqual([
      ...['candles', 'objects', 'object_events', 'rollups'],
      ...['decisions', 'audits', 'stats', 'policies', 'trades', 'quotes'],
    ]);
    expect(schema.functions).toEqual(expect.arrayContaining(['epoch_ms', 'median', 'time_bucket']));
    expect([schema.symbols, schema.timeframes]).toEqual([
      ['QQQ', 'SPY'],
      expect.arrayContaining(['1h', '5m']),
    ]);
  });
});

describe('tapedeck sql', () => {
  it('prints JSON with all digits, CSV, or a table', async () => {
    const { folder, close } = await setup();
    await close();
    const sql = (...more: readonly string[]) =>
      runCli([
        'sql',
        '--store',
        folder,
        'select 9007199254740993 as n, 0.5 as d, null as x, \'a,"b"\' as t',
        ...more,
      ]);
    const [json, csv, table] = [await sql('--json'), await sql('--csv'), await sql()];
    expect(json.stdout).toContain('{"n":9007199254740993,"d":0.5,"x":null,"t":"a,\\"b\\""}');
    expect(json.json()).toMatchObject({ rowCount: 1, isComplete: true });
    expect(csv.stdout).toBe('n,d,x,t\n9007199254740993,0.5,,"a,""b"""\n');
    expect(table.stdout).toMatch(/^ *n +d +x +t\n/);
  });

  it('asks the process that has the store open, and says where a fault is', async () => {
    const { folder } = await setup();
    const bad = await runCli(['sql', '--store', folder, 'select nothing from candles']);
    expect(bad).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^line 1, column 8: [^\n]+\n$/) as string,
    });
    const good = await runCli(
      ['sql', '--store', folder, '-', '--csv', '--limit', '2'],
      'from candles select close order by close',
    );
    expect(good).toMatchObject({
      code: 0,
      stdout: 'close\n10\n11\n',
      stderr: expect.stringContaining('--limit') as string,
    });
  });
});
