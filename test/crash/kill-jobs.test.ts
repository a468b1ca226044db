import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackBars } from '#shared/domain/candle';
import { DAY } from '#shared/units';
import { expect, it, onTestFinished } from 'vitest';
import { ensureBuilt } from '../../build/launcher/built.mjs';
import { root } from '../../build/launcher/paths.mjs';
import { barSql, testEngine, writeParquet } from '../helpers/foreign-files.ts';
import { builtPrograms, openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle } from '../helpers/rows.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

interface Case {
  readonly name: string;
  readonly kind: string;
  /** The call before which the program dies, as `kill/die-at.cjs` reads it. */
  readonly dieAt: string;
  /** Makes the store ready, and answers the command line. */
  readonly prepare: (store: TestStore) => Promise<readonly string[]>;
  /** What is asked of the program once it has the store open. */
  readonly ask?: (store: TestStore) => Promise<unknown>;
  /** Rows once it is done, from those that there were. */
  readonly after?: (before: readonly string[]) => readonly string[];
  /** What becomes of running it again. */
  readonly resumed: 'done' | 'plan-outdated';
}

const twoDays = [0, 1].map((day) => flatCandle(10 + day, { ts: fiveMinutes(day * 288) }));
const retain = ['--policy', 'candles:5m=1d', '--max-share', '100', '--rollup-sources', '--yes'];

async function twoMergedDays({ append, compact }: TestStore): Promise<void> {
  await append(...twoDays);
  await compact();
}

async function retired(store: TestStore): Promise<string> {
  await twoMergedDays(store);
  const policy = { dataset: 'candles', timeframe: '5m', isOn: true, maxAgeDays: 1, exclude: [] };
  const { id } = await store.client.retention.start({
    policies: [{ ...policy, maxSizeBytes: null, maxSizeBytesPerSymbol: null }],
    guardrails: { minAgeDays: 0, maxSharePercent: 100, keepRollupSources: false, keepOpenObjects: true },
  });
  expect(await store.client.jobs.wait({ id })).toMatchObject({ state: 'done', error: null });
  return id;
}

const cases: readonly Case[] = [
  {
    name: 'a compaction, with one day merged and the next not',
    kind: 'compact',
    dieAt: 'rename /data/5m/2025-09-03.parquet',
    prepare: async (store) => {
      await store.append(...twoDays);
      return ['compact'];
    },
    resumed: 'done',
  },
  {
    name: 'a compaction of months',
    kind: 'compact',
    dieAt: 'rename /data/5m/2025-09.parquet',
    prepare: async (store) => {
      await twoMergedDays(store);
      return ['compact', '--months'];
    },
    resumed: 'done',
  },
  {
    name: 'a run of retention, before it has removed anything',
    kind: 'retain',
    dieAt: 'open /_wal/segment',
    prepare: async (store) => {
      await twoMergedDays(store);
      return ['retain', ...retain];
    },
    after: () => [],
    resumed: 'done',
  },
  {
    name: 'a run of retention, when what went is on its way to the trash',
    kind: 'retain',
    dieAt: '+1 link /_trash/',
    prepare: async (store) => {
      await twoMergedDays(store);
      return ['retain', ...retain];
    },
    after: () => [],
    resumed: 'plan-outdated',
  },
  {
    name: 'a restore from the trash',
    kind: 'restore',
    dieAt: '+1 link /_trash/',
    prepare: async (store) => ['trash', 'restore', await retired(store)],
    after: () => twoDays.map(({ ts, close }) => `SPY ${String(ts)} ${String(close)}`),
    resumed: 'done',
  },
  {
    name: 'a purge of the trash',
    kind: 'purge',
    dieAt: '+1 unlink /_trash/',
    prepare: async (store) => ['trash', 'purge', '--job', await retired(store)],
    resumed: 'done',
  },
  {
    name: 'a repair',
    kind: 'verify',
    dieAt: 'rename /_rejects/',
    prepare: async (store) => {
      await twoMergedDays(store);
      await truncate(join(store.folder, 'data/5m/2025-09-02.parquet'), 100);
      return ['verify', '--repair'];
    },
    after: () => twoDays.map(({ ts, close }) => `SPY ${String(ts)} ${String(close)}`),
    resumed: 'done',
  },
  {
    name: 'an adoption',
    kind: 'adopt',
    dieAt: 'rename /data/5m/2025-09-02',
    prepare: async (store) => {
      await store.append(flatCandle(9, { symbol: 'QQQ' }));
      // Its rows are of another day than its name says, so that it has to be written anew.
      const path = join(store.folder, 'data/5m/2025-09-20.parquet');
      await mkdir(join(store.folder, 'data/5m'), { recursive: true });
      await writeParquet(await testEngine(), path, barSql(`${fiveMinutes(0)} AS ts`, { price: 12 }));
      return ['adopt', store.folder];
    },
    after: (before) => [...before, `SPY ${fiveMinutes(0)} 12`],
    resumed: 'done',
  },
  {
    name: 'a rebuild of rollups',
    kind: 'rollup',
    dieAt: 'rename /rollups/15m/',
    prepare: async (store) => {
      await twoMergedDays(store);
      return ['rollup', '--rebuild'];
    },
    resumed: 'done',
  },
  {
    name: 'an export',
    kind: 'export',
    dieAt: 'link /out.csv',
    prepare: async (store) => {
      await twoMergedDays(store);
      return ['serve'];
    },
    // By itself the command only reads the store, and leaves no history there.
    ask: async ({ client }) =>
      client.exports.start({ profile: 'csv', timeframe: '5m', out: join(await tempFolder(), 'out.csv') }),
    resumed: 'done',
  },
];

/** Every bar of a store, in words. */
async function rowsOf({ client }: TestStore): Promise<readonly string[]> {
  const range = { from: fiveMinutes(0) - DAY, until: fiveMinutes(0) + 30 * DAY };
  const rows: string[] = [];
  for (const { symbol } of await client.symbols.list({})) {
    const { bars } = await client.candles.viewport({ symbol, timeframe: '5m', ...range });
    const { ts, close } = unpackBars(bars);
    for (const [place, time] of ts.entries()) rows.push(`${symbol} ${time} ${close[place] ?? '?'}`);
  }
  return rows.sort();
}

/** Runs a command that gets a signal in the middle; answers the signal it died of, or its exit code and what it said. */
async function interrupt(
  folder: string,
  args: readonly string[],
  env: { readonly DIE_AT: string; readonly DIE_BY: 'SIGKILL' | 'SIGINT' },
  ask?: Case['ask'],
): Promise<unknown> {
  await ensureBuilt();
  const hook = join(root, 'test', 'crash', 'kill', 'die-at.cjs');
  const store = args[0] === 'adopt' ? [] : ['--store', folder];
  const program = spawn(
    process.execPath,
    ['--require', hook, join(builtPrograms, 'cli.cjs'), ...args, ...store],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  );
  let said = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  onTestFinished(() => void program.kill('SIGKILL'));
  const closed = once(program, 'close');
  if (ask !== undefined) {
    await once(program.stdout, 'data');
    await ask(await openTestStore({ folder }));
  }
  program.stdout.resume();
  const [code, signal] = (await closed) as [number | null, string | null];
  return signal ?? (code === stoppedStatus ? code : `ended with ${String(code)}: ${said}`);
}

const stoppedStatus = 130;

/** The store of a case before its command, which is given up for it. */
async function ready({ prepare, after = (rows) => rows }: Case) {
  const store = await openTestStore({ settings: { rowsPerPart: 1 } });
  const args = await prepare(store);
  const before = await rowsOf(store);
  await store.close();
  return { folder: store.folder, args, before, done: [...after(before)].sort() };
}

it.each(cases)('a kill of $name leaves the store as before or as after, and is told', async (each) => {
  const { kind, dieAt, ask, resumed } = each;
  const { folder, args, before, done } = await ready(each);
  expect(await interrupt(folder, args, { DIE_AT: dieAt, DIE_BY: 'SIGKILL' }, ask)).toBe('SIGKILL');

  const woken = await openTestStore({ folder });
  const { client } = woken;
  const [job] = (await client.jobs.list({})).jobs;
  expect(job).toMatchObject({ kind, state: 'interrupted', canResume: true });
  expect([before, done]).toContainEqual(await rowsOf(woken));
  const again = client.jobs.resume({ id: job?.id ?? '' });
  if (resumed === 'done') {
    const { id } = await again;
    expect(await client.jobs.wait({ id })).toMatchObject({ state: 'done', error: null });
  } else await expect(again).rejects.toMatchObject({ code: resumed });
  expect(await rowsOf(woken)).toEqual(done);
  expect(await client.verify.run({ deep: true })).toMatchObject({ problems: [] });
  expect((await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.tmp'))).toEqual([]);
});

/** Those that are not stopped by other tests, each at its last moment. */
const stoppable = ['retain', 'restore', 'purge', 'rollup'].flatMap(
  (kind) => cases.findLast((each) => each.kind === kind) ?? [],
);

it.each(stoppable)('a cancel of $name leaves the store as before or as after', async (each) => {
  const { folder, args, before, done } = await ready(each);
  expect(
    await interrupt(folder, args, {
      // At the first file, so that there is one more to stop before.
      DIE_AT: each.dieAt.replace(/^\+\d+ /, ''),
      DIE_BY: 'SIGINT',
    }),
  ).toBe(stoppedStatus);
  const woken = await openTestStore({ folder });
  const [job] = (await woken.client.jobs.list({})).jobs;
  expect(job).toMatchObject({ kind: each.kind, state: 'cancelled', error: null });
  expect([before, done]).toContainEqual(await rowsOf(woken));
  expect(await woken.client.verify.run({ deep: true })).toMatchObject({ problems: [] });
});
