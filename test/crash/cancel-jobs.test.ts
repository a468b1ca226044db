import nodeFs, { readdir, truncate } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { importFiles } from '../helpers/import-files.ts';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle } from '../helpers/rows.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { retireAll, retired, rowsOf, twoDays, twoDaysInWords, twoMergedDays } from './kill/two-days.ts';

type Begin = () => Promise<unknown>;

interface Case {
  readonly kind: string;
  /** The call of the file system in the middle of it, and what its paths hold. */
  readonly at: readonly [call: 'rename' | 'link' | 'unlink' | 'lstat' | 'mkdtemp', path: string];
  /** Makes the store ready, and answers how the job is begun, which may write to the folder. */
  readonly prepare: (store: TestStore, outside: string) => Promise<Begin>;
  /** Rows once it is done, from those that there were. */
  readonly after?: (before: readonly string[]) => readonly string[];
  /** What its report has of what was done by then. */
  readonly soFar?: Readonly<Record<string, unknown>>;
  /** What it is to mend is there until it has run. */
  readonly isRepair?: boolean;
}

const cases: readonly Case[] = [
  {
    kind: 'compact',
    at: ['rename', '/data/5m/2025-09-02.parquet'],
    prepare: async (store) => {
      await store.append(...twoDays);
      return () => store.client.compaction.start({});
    },
  },
  {
    kind: 'rollup',
    at: ['rename', '/rollups/15m/'],
    prepare: async (store) => {
      await twoMergedDays(store);
      return () => store.client.rollups.start({ rebuild: true });
    },
  },
  {
    kind: 'retain',
    at: ['link', '/_trash/'],
    prepare: async (store) => {
      await twoMergedDays(store);
      return () => store.client.retention.start(retireAll);
    },
    after: () => [],
  },
  {
    kind: 'restore',
    at: ['link', '/_trash/'],
    prepare: async (store) => {
      const job = await retired(store);
      return () => store.client.trash.startRestore({ job });
    },
    after: () => twoDaysInWords,
  },
  {
    kind: 'purge',
    at: ['unlink', '/_trash/'],
    prepare: async (store) => {
      const job = await retired(store);
      return () => store.client.trash.startPurge({ job });
    },
  },
  {
    kind: 'tier',
    at: ['rename', '/cold/data/5m/'],
    prepare: async (store) => {
      await twoMergedDays(store);
      return () => store.client.tiers.start({});
    },
  },
  {
    kind: 'verify',
    at: ['lstat', '/data/5m/2025-09-02.parquet'],
    prepare: async (store) => {
      await twoMergedDays(store);
      return () => store.client.verify.start({ deep: true });
    },
  },
  {
    kind: 'verify',
    at: ['rename', '/_rejects/'],
    prepare: async (store) => {
      await twoMergedDays(store);
      for (const day of ['02', '03'])
        await truncate(join(store.folder, `data/5m/2025-09-${day}.parquet`), 100);
      return () => store.client.verify.start({ repair: true });
    },
    after: () => twoDaysInWords,
    isRepair: true,
  },
  {
    kind: 'quarantine',
    at: ['rename', '/data/5m/2025-09-02.r2.parquet'],
    prepare: async (store) => {
      await twoMergedDays(store);
      const range = { from: fiveMinutes(0), until: fiveMinutes(289) };
      const wanted = { symbol: 'SPY', timeframe: '5m', ...range, reason: 'bad ticks' };
      return () => store.client.quality.startQuarantine(wanted);
    },
    after: () => [],
    soFar: { bars: 1, days: ['2025-09-02'] },
  },
  {
    kind: 'replace-day',
    at: ['rename', '/data/5m/2025-09-02.r2.parquet'],
    prepare: async (store) => {
      await twoMergedDays(store);
      const rows = [flatCandle(7, { ts: fiveMinutes(3) })];
      // It answers when it has ended.
      return () =>
        store.client.candles.replaceDay({ timeframe: '5m', day: '2025-09-02', rows }).catch(() => undefined);
    },
    after: ([, second = '']) => [`SPY ${fiveMinutes(3)} 7`, second],
  },
  {
    kind: 'import',
    at: ['rename', '/data/5m/2025-09-02'],
    prepare: async (store) => {
      await twoMergedDays(store);
      const lines = [0, 1].map((day) => `${new Date(fiveMinutes(day * 288 + 2)).toISOString()},5,5,5,5,1`);
      const files = await importFiles({ 'bars.csv': lines.join('\n') });
      return () => store.client.imports.start({ files, symbol: 'QQQ', timeframe: '5m', onConflict: 'skip' });
    },
    after: (before) => [...before, `QQQ ${fiveMinutes(2)} 5`, `QQQ ${fiveMinutes(290)} 5`],
  },
  {
    kind: 'export',
    at: ['link', '/bars/'],
    prepare: async (store, outside) => {
      await twoMergedDays(store);
      const out = join(outside, 'bars');
      return () => store.client.exports.start({ profile: 'csv', timeframe: '5m', out });
    },
  },
  {
    kind: 'try-compression',
    at: ['mkdtemp', 'tapedeck-compression-'],
    prepare: async (store) => {
      await twoMergedDays(store);
      return () => store.client.compression.start({});
    },
  },
];

/** Holds the first call of the file system that is of this kind until it is let go. */
function hold([call, path]: Case['at']) {
  const original = nodeFs[call] as (...args: unknown[]) => Promise<unknown>;
  let letGo: () => void = () => undefined;
  const isFree = new Promise<void>((resolve) => (letGo = resolve));
  let arrive: () => void = () => undefined;
  const isReached = new Promise<void>((resolve) => (arrive = resolve));
  const put = (made: unknown) => {
    Object.assign(nodeFs, { [call]: made });
    syncBuiltinESMExports();
  };
  const restore = () => {
    put(original);
    letGo();
  };
  put(async (...args: unknown[]) => {
    if (args.some((arg) => typeof arg === 'string' && arg.includes(path))) {
      arrive();
      await isFree;
    }
    return original(...args);
  });
  onTestFinished(restore);
  return { isReached, restore };
}

it.each(cases)(
  'a cancelled $kind ends with the store as before or as after, and can be begun again',
  async (each) => {
    const { kind, at, prepare, after = (rows: readonly string[]) => rows, isRepair = false, soFar } = each;
    const store = await openTestStore({ settings: { rowsPerPart: 1 } });
    const { client, folder } = store;
    const outside = await tempFolder();
    const begin = await prepare(store, outside);
    const before = await rowsOf(store);
    const done = [...after(before)].sort();
    const held = hold(at);
    const begun = begin();
    await held.isReached;
    const [job] = (await client.jobs.list({ states: ['running'] })).jobs;
    const id = job?.id ?? '';
    expect(job).toMatchObject({ kind });
    await client.jobs.cancel({ id });
    held.restore();
    const stopped = await client.jobs.wait({ id });
    expect(stopped).toMatchObject({ state: 'cancelled', error: null });
    if (soFar !== undefined) expect(stopped.report).toMatchObject(soFar);
    await begun;
    expect(await readdir(outside)).toEqual([]);
    const between = await rowsOf(store);
    for (const row of between) expect([...before, ...done]).toContain(row);
    for (const row of before) if (done.includes(row)) expect(between).toContain(row);
    if (!isRepair) expect(await client.verify.run({ deep: true })).toMatchObject({ problems: [] });

    const again: unknown = await begin().catch((error: unknown) => error);
    const [next] = (await client.jobs.list({ kind })).jobs;
    // What was done already is no longer there to be done.
    if (next?.id === id) expect(again).toMatchObject({ code: 'argument-invalid' });
    else expect(await client.jobs.wait({ id: next?.id ?? '' })).toMatchObject({ state: 'done', error: null });
    expect(await rowsOf(store)).toEqual(done);
    expect(await client.verify.run({ deep: true })).toMatchObject({ problems: [] });
    await store.close();
    expect((await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.tmp'))).toEqual([]);
  },
);
