import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Command } from 'commander';
import { createProgram } from '../../electron/commands/program.ts';
import { keepDemoStore } from '../helpers/demo-store.ts';
import { ndjson, runCli, type CliResult } from '../helpers/run-cli.ts';
import { candleRow, fiveMinutes, flatCandle, objectRow, openingBell } from '../helpers/rows.ts';
import { canMount, fillDisk, remount, smallDisk } from '../helpers/small-disk.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

interface Answer {
  readonly accepted: number;
  readonly rejected: readonly { readonly line: number; readonly field: string; readonly reason: string }[];
}

interface Shown {
  readonly candles: readonly Record<string, number>[];
  readonly objects: readonly Record<string, unknown>[];
  readonly resolution: string;
  readonly served: Record<string, number>;
}

interface Compacted {
  readonly merges: readonly { readonly inputs: readonly unknown[] }[];
}

const shownBy = ({ stdout }: CliResult) => JSON.parse(stdout) as Shown;
const answerOf = ({ stdout }: CliResult) => JSON.parse(stdout) as Answer;
const compactedBy = ({ stdout }: CliResult) => JSON.parse(stdout) as Compacted;

const day = ['--from', '2025-09-02', '--until', '2025-09-03'];

function viewport(store: string, ...more: readonly string[]): Promise<CliResult> {
  return runCli([
    'viewport',
    '--store',
    store,
    '--symbol',
    'SPY',
    '--timeframe',
    '5m',
    ...day,
    ...more,
    '--json',
  ]);
}

function append(store: string, dataset: string, input: string): Promise<CliResult> {
  return runCli(['append', dataset, '--store', store], input);
}

/** A store with these candles. */
async function storeOf(...rows: readonly unknown[]): Promise<string> {
  const store = join(await tempFolder(), 'store');
  expect(await append(store, 'candles', ndjson(...rows))).toMatchObject({ code: 0, stderr: '' });
  return store;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

/** One sentence, on one line. */
const sentence = /^[^\n]+\n$/;

describe('tapedeck append', () => {
  it('begins a store where there is none, stores every row and says how many', async () => {
    const store = join(await tempFolder(), 'new', 'store');
    const result = await append(store, 'candles', ndjson(candleRow(), candleRow({ ts: fiveMinutes(1) })));
    expect(result).toMatchObject({ code: 0, stdout: '{"accepted":2,"rejected":[]}\n', stderr: '' });
    expect(shownBy(await viewport(store)).candles).toHaveLength(2);
  });

  it('names line and field of every row that it refuses, and keeps the others', async () => {
    const store = join(await tempFolder(), 'store');
    const lines = [
      JSON.stringify(candleRow()),
      '{"symbol":"SPY",',
      '',
      JSON.stringify(candleRow({ ts: undefined })),
      JSON.stringify(candleRow({ close: '11' })),
      JSON.stringify(candleRow()).replace('"volume":100', '"volume":NaN'),
      JSON.stringify(candleRow({ symbol: '../../etc' })),
      JSON.stringify(candleRow({ symbol: 'CON' })),
      JSON.stringify(candleRow({ symbol: '🚀' })),
      JSON.stringify(candleRow({ symbol: 'A'.repeat(300) })),
      JSON.stringify(candleRow({ prise: 1 })),
      '[1]',
      JSON.stringify(candleRow({ ts: fiveMinutes(1) })),
    ];
    const result = await append(store, 'candles', lines.join('\n'));
    expect(result).toMatchObject({ code: 3, stderr: '' });
    const { accepted, rejected } = answerOf(result);
    expect(accepted).toBe(2);
    expect(rejected.map(({ line, field }) => `${line} ${field}`)).toEqual([
      '2 ',
      '4 ts',
      '5 close',
      '6 volume',
      '7 symbol',
      '8 symbol',
      '9 symbol',
      '10 symbol',
      '11 prise',
      '12 ',
    ]);
    expect(rejected.every(({ reason }) => reason.length > 5)).toBe(true);
    expect(await filesIn(store)).not.toContainEqual(expect.stringMatching(/etc|🚀/));
  });

  it('ends with 1 when nothing could be stored, and with 0 when there was nothing to store', async () => {
    const store = join(await tempFolder(), 'store');
    expect(await append(store, 'objects', ndjson(objectRow({ action: 'open' })))).toMatchObject({ code: 1 });
    expect(await append(store, 'objects', '\n\n')).toMatchObject({
      code: 0,
      stdout: '{"accepted":0,"rejected":[]}\n',
    });
  });

  it('counts lines by line feeds alone, whatever their text holds', async () => {
    const store = join(await tempFolder(), 'store');
    const rows = [
      objectRow({ reason: 'line\u2028paragraph\u2029next\u0085', payload: { text: '💹\u2028' } }),
      objectRow({ object_id: 'zone-2', reason: 7 }),
    ];
    const result = await append(store, 'objects', `\uFEFF${ndjson(...rows).replaceAll('\n', '\r\n')}`);
    expect(answerOf(result)).toMatchObject({ accepted: 1, rejected: [{ line: 2, field: 'reason' }] });
    expect(shownBy(await viewport(store)).objects).toMatchObject([
      { reason: 'line\u2028paragraph\u2029next\u0085', payload: { text: '💹\u2028' } },
    ]);
  });

  it('stores more rows than go into one call, and a row that has no line feed behind it', async () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => candleRow({ ts: fiveMinutes(index) }));
    const store = join(await tempFolder(), 'store');
    const input = ndjson(...rows, candleRow({ open: 'x' }), candleRow({ ts: fiveMinutes(9_999) })).trimEnd();
    const { accepted, rejected } = answerOf(await append(store, 'candles', input));
    expect([accepted, rejected.map(({ line }) => line)]).toEqual([2_501, [2_501]]);
  });

  it('accepts rows that cannot be put into files yet, says so, and does so when it can', async () => {
    const store = await storeOf();
    await mkdir(join(store, 'data'));
    await writeFile(join(store, 'data', '5m'), 'in the way');
    const rows = [candleRow(), candleRow({ ts: fiveMinutes(1) })];
    const result = await append(store, 'candles', ndjson(...rows));
    expect(result.code).toBe(0);
    expect(answerOf(result).accepted).toBe(2);
    expect(result.stderr).toMatch(sentence);
    expect(result.stderr).toMatch(/^2 rows are safe in the log .*data\/5m/);
    expect(shownBy(await viewport(store)).candles).toHaveLength(2);
    await rm(join(store, 'data', '5m'));
    expect(await append(store, 'candles', '')).toMatchObject({ code: 0, stderr: '' });
    expect((await filesIn(join(store, 'data'))).length).toBe(1);
  });

  it('says in which zone it has read times that have no offset', async () => {
    const store = join(await tempFolder(), 'store');
    const result = await append(store, 'candles', ndjson(candleRow({ ts: '2025-09-02T13:30:00' })));
    expect(result.json()).toMatchObject({ accepted: 1, assumedZone: { zone: 'UTC', rows: 1 } });
  });
});

describe('a round trip', () => {
  it('brings every row back to the digit before, during and after compaction, however its time was spelled', async () => {
    const values = [
      { open: 640.1, high: 640.123456789012, low: 0.1 + 0.2, close: 1 / 3, volume: 81_200 },
      { open: 1e-7, high: 1e9, low: 5e-324, close: 3, volume: 0.5 },
      { open: 2, high: 2, low: 2, close: 2, volume: 2 ** 53 },
    ];
    const times = ['2025-09-02T13:30:00Z', '2025-09-02T09:35:00-04:00', '2025-09-02 13:40'];
    const expected = values.map((row, index) => ({ ts: fiveMinutes(index), ...row }));
    const store = await storeOf();
    const loose = { symbol: 'SPY', timeframe: '5m' };
    await append(
      store,
      'candles',
      ndjson(...values.map((row, index) => ({ ...loose, ...row, ts: times[index] }))),
    );
    await append(store, 'objects', ndjson(objectRow({ y_max: 1_000, payload: { a: [1.5, 'x'] } })));

    const before = shownBy(await viewport(store));
    const compacting = runCli(['compact', '--store', store, '--json']);
    const during = shownBy(await viewport(store));
    expect((await compacting).code).toBe(0);
    const after = shownBy(await viewport(store));
    for (const shown of [before, during, after]) {
      expect(shown.candles).toEqual(expected);
      expect(shown.objects).toMatchObject([{ object_id: 'zone-1', payload: { a: [1.5, 'x'] } }]);
    }
    expect([before.served['days'], after.served['days']]).toEqual([0, 1]);
  });
});

describe('tapedeck viewport', () => {
  it('prints candles, objects, resolution and what they were served from', async () => {
    const store = await storeOf(candleRow());
    await append(
      store,
      'objects',
      ndjson(objectRow({ payload: { side: 'demand' }, reason: 'base', step: 3 })),
    );
    const shown = shownBy(await viewport(store));
    expect(shown).toMatchObject({
      candles: [{ ts: openingBell, open: 10, high: 12, low: 9, close: 11, volume: 100 }],
      objects: [
        {
          symbol: 'SPY',
          timeframe: '5m',
          object_id: 'zone-1',
          object_type: 'zone',
          action: 'create',
          event_ts: openingBell,
          t_start: openingBell,
          t_end: null,
          y_min: 10,
          y_max: 12,
          y: null,
          step: 3,
          reason: 'base',
          payload: { side: 'demand' },
          sequence: 1,
        },
      ],
      resolution: '5m',
      source: '5m',
      served: expect.objectContaining({ parts: 2, days: 0 }) as unknown,
      unreadable: [],
    });
  });

  it('takes prices, an instant to look from, and one level of files', async () => {
    const store = await storeOf(flatCandle(10), flatCandle(11, { ts: fiveMinutes(1) }));
    await append(store, 'objects', ndjson(objectRow({ event_ts: fiveMinutes(1) })));
    const show = async (...options: string[]) => {
      const { candles, objects } = shownBy(await viewport(store, ...options));
      return [candles.length, objects.length];
    };
    expect(await show('--as-of', '2025-09-02T09:35:00-04:00')).toEqual([1, 1]);
    expect(await show('--as-of', '2025-09-02T13:34:59.999Z')).toEqual([0, 0]);
    expect(await show('--price-min', '20', '--price-max', '30')).toEqual([2, 0]);
    expect(await show('--days-only')).toEqual([0, 0]);
    expect(await show('--parts-only')).toEqual([2, 1]);
  });

  it('names a file that it had to leave out, and shows the rest', async () => {
    const store = await storeOf(flatCandle(10), flatCandle(11, { ts: fiveMinutes(288) }));
    await runCli(['compact', '--store', store]);
    await truncate(join(store, 'data', '5m', '2025-09-02.parquet'), 60);
    const result = await viewport(store, '--until', '2025-09-04');
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/^data\/5m\/2025-09-02\.parquet was left out: [^\n]+\n$/);
    expect(shownBy(result).candles).toMatchObject([{ close: 11 }]);
  });

  it('says that the log is lost, without which it knows of no file', async () => {
    const store = await storeOf(flatCandle(10));
    await rm(join(store, '_wal'), { recursive: true });
    const result = await viewport(store);
    expect(result.stderr).toMatch(/^The log of the store is missing: run `tapedeck verify --rebuild-log`/);
    expect(shownBy(result).candles).toEqual([]);
  });
});

describe('tapedeck compact', () => {
  it('shows what it would do, changes nothing, and then does just that', async () => {
    const store = await storeOf(candleRow(), candleRow({ ts: fiveMinutes(1) }));
    const args = [
      'compact',
      '--store',
      store,
      '--dataset',
      'candles',
      '--timeframe',
      '5m',
      '--day',
      '2025-09-02',
      '--json',
    ];
    const before = await filesIn(join(store, 'data'));
    const planned = compactedBy(await runCli([...args, '--dry-run']));
    expect(planned).toMatchObject({
      dryRun: true,
      merges: [{ partition: '2025-09-02', rows: 2, level: 'day' }],
    });
    expect(await filesIn(join(store, 'data'))).toEqual(before);
    const done = compactedBy(await runCli([...args, '--keep-parts']));
    expect(done).toMatchObject({ dryRun: false, merges: [{ rowsIn: 2, rowsOut: 2, keptParts: true }] });
    expect(done.merges[0]?.inputs).toEqual(
      planned.merges[0]?.inputs.map((input) => (input as { path: string }).path),
    );
    expect((await filesIn(join(store, 'data'))).sort()).toEqual([...before, '2025-09-02.parquet'].sort());
    expect((await runCli(args)).json()).toEqual({ dryRun: false, merges: [] });
  });
});

describe('tapedeck demo', () => {
  it('makes a store in which every kind of object can be seen', async () => {
    const store = join(await tempFolder(), 'demo');
    const made = await runCli(['demo', store, '--json']);
    expect(made.json()).toMatchObject({ symbols: ['SPY', 'EURUSD', 'BTC-USD', 'KLTR'] });
    keepDemoStore(store);
    const wide = ['--symbol', 'SPY', '--timeframe', '1h', '--from', '2024-01-01', '--until', '2027-01-01'];
    const { candles, objects, served } = shownBy(
      await runCli(['viewport', '--store', store, ...wide, '--price-min', '0', '--json']),
    );
    expect(candles.length).toBeGreaterThan(200);
    expect(served['days']).toBeGreaterThan(30);
    expect(served['parts']).toBeGreaterThan(0);
    expect([...new Set(objects.map(({ object_type }) => object_type))].sort()).toEqual([
      'flag',
      'level',
      'marker',
      'zone',
    ]);
  }, 90_000);

  it('leaves a folder alone that is not empty', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'mine.txt'), 'mine');
    const result = await runCli(['demo', folder]);
    expect(result).toMatchObject({ code: 1, stderr: expect.stringMatching(sentence) as unknown });
    expect(result.stderr).toContain(folder);
    expect(await readdir(folder)).toEqual(['mine.txt']);
  });
});

describe('tapedeck schema print', () => {
  it('prints the JSON Schema of a dataset', async () => {
    expect((await runCli(['schema', 'print', 'candles'])).json()).toMatchObject({
      title: 'candles',
      required: ['symbol', 'timeframe', 'open', 'high', 'low', 'close', 'volume'],
      additionalProperties: false,
    });
  });
});

describe('help', () => {
  /** What `--help` prints, for a command and all below it, by the words that call it. */
  function helpTexts(command: Command, path: readonly string[] = []): [string, string][] {
    let text = '';
    command.configureOutput({ writeOut: (more) => (text += more) });
    command.outputHelp();
    return [
      [path.join(' '), text],
      ...command.commands.flatMap((inner) => helpTexts(inner, [...path, inner.name()])),
    ];
  }

  it('of every command has an example', () => {
    const texts = helpTexts(createProgram());
    expect(texts.map(([path]) => path)).toEqual(
      expect.arrayContaining(['', 'demo', 'append', 'viewport', 'compact', 'schema', 'schema print']),
    );
    for (const [path, text] of texts) {
      expect(text, path).toMatch(/\nExamples?:\n {2}\S/);
      expect(text.split(/\nExamples?:\n/)[1], path).toContain(`tapedeck ${path}`.trim());
    }
  });

  it('is printed and nothing else done', async () => {
    const result = await runCli(['demo', '--help']);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toContain('tapedeck demo ./demo-store');
  });
});

describe('output that nobody reads to its end', () => {
  it('ends the command in silence', async () => {
    const store = await storeOf(
      ...Array.from({ length: 500 }, (_, index) => candleRow({ ts: fiveMinutes(index) })),
    );
    const args = ['viewport', '--store', store, '--symbol', 'SPY', '--timeframe', '5m', ...day, '--json'];
    expect(await runCli(args, '', { readsOutput: false })).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('what cannot be done', () => {
  const viewportOf = (store: string, ...more: string[]) => [
    ...['viewport', '--store', store, '--symbol', 'SPY', '--timeframe', '5m', '--from', '2025-09-02'],
    ...['--until', '2025-09-03', ...more],
  ];

  it.each([
    ['a store that is not there', viewportOf('/nowhere/at/all'), '/nowhere/at/all'],
    ['a time that is none', viewportOf('.', '--from', 'noon'), '--from'],
    ['a price that is none', viewportOf('.', '--price-min', 'cheap'), '--price-min'],
    ['two levels at once', viewportOf('.', '--parts-only', '--days-only'), '--days-only'],
    ['an option that there is not', viewportOf('.', '--frm'), '--frm'],
    ['a command that there is not', ['compat'], 'compat'],
    ['a dataset that there is not', ['append', 'orders', '--store', '.'], 'orders'],
    ['no store', ['append', 'candles'], '--store'],
    ['a day that is none', ['compact', '--store', '.', '--day', '2025-13-45'], '--day'],
    ['a month that is none', ['compact', '--store', '.', '--month', '2025-13'], '--month'],
    ['a timeframe that is none', ['compact', '--store', '.', '--timeframe', 'soon'], 'timeframe'],
  ])('%s is said in one sentence that names it', async (_, args, named) => {
    const result = await runCli(args);
    expect(result.code).toBe(1);
    expect(result.stdout).toBe('');
    expect(result.stderr.trim().split('\n').length, result.stderr).toBeLessThanOrEqual(2);
    expect(result.stderr.split('\n')[0]).toContain(named);
  });

  it('refuses a store of a newer version, whatever is asked of it', async () => {
    const store = await storeOf(candleRow());
    const path = join(store, 'store.json');
    const document = JSON.parse(await readFile(path, 'utf8')) as object;
    await writeFile(path, JSON.stringify({ ...document, formatVersion: 99 }));
    for (const result of [await viewport(store), await append(store, 'candles', ndjson(candleRow()))]) {
      expect(result).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(sentence) as unknown,
      });
      expect(result.stderr).toMatch(/store\.json has format 99/);
    }
  });

  it('refuses a store.json that makes no sense, and says what is wrong with it', async () => {
    const store = await storeOf(candleRow());
    await writeFile(
      join(store, 'store.json'),
      '{"id":"x","formatVersion":1,"createdMs":1,"settings":{"zone":"Mars"}}',
    );
    const result = await viewport(store);
    expect(result).toMatchObject({ code: 1, stderr: expect.stringMatching(sentence) as unknown });
    expect(result.stderr).toMatch(/store\.json.*zone/);
    await rm(join(store, 'store.json'));
    expect((await viewport(store)).stderr).toMatch(/without its store\.json: .* verify --rebuild-log/);
  });

  it('does not begin a store among files of another kind', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'thesis.odt'), 'years of work');
    const result = await append(folder, 'candles', ndjson(candleRow()));
    expect(result).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(sentence) as unknown });
    expect(result.stderr).toContain(folder);
    expect(await readdir(folder)).toEqual(['thesis.odt']);
  });
});

describe.skipIf(!canMount)('a disk', () => {
  it('that is full is named, costs no row that was accepted, and leaves no half file', async () => {
    const folder = smallDisk(260);
    const store = join(folder, 'store');
    const rows = Array.from({ length: 6_000 }, (_, index) => candleRow({ ts: fiveMinutes(index) }));
    const result = await append(store, 'candles', ndjson(...rows));
    expect(result.stderr).toMatch(/^The disk is full[^\n]*\n[\d,]+ rows are safe in the log [^\n]+\n$/);
    expect(result.code).toBe(3);
    const { accepted, rejected } = answerOf(result);
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(6_000);
    expect(rejected).toEqual([
      {
        line: accepted + 1,
        field: '',
        reason: expect.stringMatching(/nothing was stored: .*full/) as unknown,
      },
    ]);
    expect((await filesIn(store)).filter((name) => name.startsWith('.'))).toEqual([]);

    const count = async () => shownBy(await viewport(store, '--until', '2027-01-01')).candles.length;
    expect(await count()).toBe(accepted);
    expect((await append(store, 'candles', ndjson(...rows))).code).toBe(1);
    expect(await count()).toBe(accepted);
    remount(folder, 'size=20m');
    expect((await append(store, 'candles', ndjson(...rows))).code).toBe(0);
    expect(await count()).toBe(6_000);
  });

  it('that fills up while files are merged is named, and the store is as it was', async () => {
    const folder = smallDisk(1_500);
    const store = join(folder, 'store');
    const rows = Array.from({ length: 250 }, (_, index) => candleRow({ ts: fiveMinutes(index - 126) }));
    await append(store, 'candles', ndjson(...rows));
    fillDisk(folder, 4);
    const result = await runCli(['compact', '--store', store, '--json']);
    expect(result).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(sentence) as unknown });
    expect(result.stderr).toMatch(/full|space/i);
    expect((await filesIn(join(store, 'data'))).every((name) => name.startsWith('part-'))).toBe(true);
    expect(shownBy(await viewport(store)).candles).toHaveLength(250);
    await rm(join(folder, 'filler'));
    expect((await runCli(['compact', '--store', store, '--json'])).code).toBe(0);
    expect(shownBy(await viewport(store)).candles).toHaveLength(250);
  });

  it('that is to be a tier and takes nothing is named, and the store is as it was', async () => {
    const store = await storeOf(candleRow());
    const folder = smallDisk(2_000);
    const tier = ['--store', store];
    expect((await runCli(['compact', ...tier])).code).toBe(0);
    expect((await runCli(['tier', 'set', 'cold', '--path', folder, ...tier])).code).toBe(0);
    const before = await filesIn(join(store, 'data'));

    remount(folder, 'ro');
    const refused = await runCli(['tier', 'migrate', '--yes', ...tier]);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/read-only/);
    expect(await filesIn(join(store, 'data'))).toEqual(before);
    expect((await runCli(['verify', ...tier])).code).toBe(0);

    remount(folder, 'rw');
    fillDisk(folder);
    const full = await runCli(['tier', 'migrate', '--yes', ...tier]);
    expect(full).toMatchObject({ code: 1, stdout: '' });
    expect(full.stderr).toMatch(/free|full/);
    expect(await filesIn(join(store, 'data'))).toEqual(before);
    await rm(join(folder, 'filler'));
    expect((await runCli(['tier', 'migrate', '--yes', ...tier])).code).toBe(0);
    expect(shownBy(await viewport(store)).candles).toHaveLength(1);
  });

  it('that may not be written is read, and writing is refused by name', async () => {
    const folder = smallDisk(2_000);
    const store = join(folder, 'store');
    await append(store, 'candles', ndjson(candleRow()));
    remount(folder, 'ro');
    expect(shownBy(await viewport(store)).candles).toHaveLength(1);
    for (const result of [
      await append(store, 'candles', ndjson(candleRow({ ts: fiveMinutes(1) }))),
      await runCli(['compact', '--store', store]),
      await append(join(folder, 'new'), 'candles', ndjson(candleRow())),
    ]) {
      expect(result).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(sentence) as unknown,
      });
      expect(result.stderr).toContain('read-only');
      expect(result.stderr).toContain(folder);
    }
    remount(folder, 'rw');
    expect((await append(store, 'candles', ndjson(candleRow({ ts: fiveMinutes(1) })))).code).toBe(0);
  });
});

describe('two at once', () => {
  it('both store their rows', async () => {
    const store = await storeOf(candleRow());
    const results = await Promise.all(
      [1, 2, 3].map((index) => append(store, 'candles', ndjson(candleRow({ ts: fiveMinutes(index) })))),
    );
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(shownBy(await viewport(store)).candles).toHaveLength(4);
  });
});
