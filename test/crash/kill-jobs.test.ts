import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ensureBuilt } from '../../build/launcher/built.mjs';
import { root } from '../../build/launcher/paths.mjs';
import { barSql, testEngine, writeParquet } from '../helpers/foreign-files.ts';
import { builtPrograms, openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle } from '../helpers/rows.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { retired, rowsOf, twoDays, twoDaysInWords, twoMergedDays } from './kill/two-days.ts';

interface Case {
  readonly name: string;
  readonly kind: string;
  /** The call before which the program dies, as `kill/die-at.cjs` reads it. */
  readonly dieAt: string;
  /** Makes the store ready, and answers the command line. */
  readonly prepare: (store: TestStore) => Promise<readonly string[]>;
  /** Rows once it is done, from those that there were. */
  readonly after?: (before: readonly string[]) => readonly string[];
  /** What becomes of running it again; null where that is not offered. */
  readonly resumed: 'done' | 'plan-outdated' | null;
}

const retain = ['--policy', 'candles:5m=1d', '--max-share', '100', '--rollup-sources', '--yes'];

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
    after: () => twoDaysInWords,
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
    after: () => twoDaysInWords,
    resumed: 'done',
  },
  {
    name: 'an adoption',
    kind: 'adopt',
    dieAt: 'rename /data/15m/2025-09-02',
    prepare: async (store) => {
      await store.append(flatCandle(9, { symbol: 'QQQ' }));
      // Their rows are of another day than their names say, so that they have to be written anew.
      for (const timeframe of ['15m', '5m']) {
        const path = join(store.folder, `data/${timeframe}/2025-09-20.parquet`);
        await mkdir(dirname(path), { recursive: true });
        await writeParquet(
          await testEngine(),
          path,
          barSql(`${fiveMinutes(0)} AS ts`, { timeframe, price: 12 }),
        );
      }
      return ['adopt', store.folder];
    },
    after: (before) => [...before, `SPY ${fiveMinutes(0)} 12`],
    resumed: 'done',
  },
  {
    name: 'a migration, with one day moved and the next not',
    kind: 'tier',
    dieAt: '+1 rename /cold/data/5m/',
    prepare: async (store) => {
      await twoMergedDays(store);
      return ['tier', 'migrate', '--yes'];
    },
    resumed: 'done',
  },
  {
    name: 'a quarantine, with its rows kept and no day replaced',
    kind: 'quarantine',
    dieAt: 'rename /data/5m/2025-09-02',
    prepare: async (store) => {
      await twoMergedDays(store);
      const range = ['--from', '2025-09-02T00:00Z', '--until', '2025-09-04T00:00Z'];
      return [
        'quality',
        'quarantine',
        '--symbol',
        'SPY',
        '--timeframe',
        '5m',
        ...range,
        '--reason',
        'bad',
        '--yes',
      ];
    },
    // What it took would no longer be where its request looks.
    resumed: null,
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
      const out = join(await tempFolder(), 'out.csv');
      return ['export', '--profile', 'csv', '--timeframe', '5m', '--out', out];
    },
    resumed: 'done',
  },
];

/** Runs a command that gets a signal in the middle; answers the signal it died of, or its exit code and what it said. */
async function interrupt(
  folder: string,
  args: readonly string[],
  env: { readonly DIE_AT: string; readonly DIE_BY: 'SIGKILL' | 'SIGINT' },
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
  const { kind, dieAt, resumed } = each;
  const { folder, args, before, done } = await ready(each);
  expect(await interrupt(folder, args, { DIE_AT: dieAt, DIE_BY: 'SIGKILL' })).toBe('SIGKILL');

  const woken = await openTestStore({ folder });
  const { client } = woken;
  const [job] = (await client.jobs.list({})).jobs;
  expect(job).toMatchObject({ kind, state: 'interrupted', canResume: resumed !== null });
  expect([before, done]).toContainEqual(await rowsOf(woken));
  const again = client.jobs.resume({ id: job?.id ?? '' });
  if (resumed === 'done') {
    const { id } = await again;
    expect(await client.jobs.wait({ id })).toMatchObject({ state: 'done', error: null });
  } else await expect(again).rejects.toMatchObject({ code: resumed ?? 'argument-invalid' });
  expect(await rowsOf(woken)).toEqual(resumed === null ? before : done);
  expect(await client.verify.run({ deep: true })).toMatchObject({ problems: [] });
  expect((await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.tmp'))).toEqual([]);
});

it('an adoption that is stopped by Ctrl-C takes in whole files, and the rest when it is run again', async () => {
  const adoption = cases.find(({ kind }) => kind === 'adopt');
  if (adoption === undefined) throw new Error('There is no such case');
  const { folder, args, before, done } = await ready(adoption);
  const stopped = { DIE_AT: adoption.dieAt, DIE_BY: 'SIGINT' } as const;
  expect(await interrupt(folder, args, stopped)).toBe(stoppedStatus);
  const woken = await openTestStore({ folder });
  const [job] = (await woken.client.jobs.list({})).jobs;
  expect(job).toMatchObject({ kind: 'adopt', state: 'cancelled', error: null });
  for (const row of before) expect(await rowsOf(woken)).toContain(row);
  await woken.client.adoption.run({});
  expect(await rowsOf(woken)).toEqual(done);
  expect(await woken.client.verify.run({ deep: true })).toMatchObject({ problems: [] });
});
