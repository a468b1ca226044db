import { spawn } from 'node:child_process';
import { readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobList, JobSummary } from '#shared/domain/job';
import { describe, expect, it } from 'vitest';
import { builtPrograms, openTestStore } from '../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle } from '../helpers/rows.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const bars = [0, 1, 2].map((place) => flatCandle(10 + place, { ts: fiveMinutes(place) }));

describe('tapedeck jobs', () => {
  it('shows the window what a command started, and the command what came of it', async () => {
    const store = await openTestStore({ settings: { rowsPerPart: 1 } });
    await store.append(...bars);
    const told: JobSummary[] = [];
    store.client.jobs.changed((jobs) => told.push(...jobs));
    const compacted = await runCli(['compact', '--store', store.folder, '--json']);
    expect(compacted).toMatchObject({ code: 0, stderr: '' });
    expect(compacted.json()).toMatchObject({ dryRun: false, merges: [{ rowsIn: 3, rowsOut: 3 }] });
    await expect
      .poll(() => told.at(-1))
      .toMatchObject({ kind: 'compact', state: 'done', requestedBy: 'cli' });
    const listed = (await runCli(['jobs', 'list', '--store', store.folder, '--json'])).json();
    expect(listed).toMatchObject({
      jobs: [{ title: 'Compact candles 5m 2025-09-02', progress: { files: 3, rows: 3, rowsTotal: 3 } }],
    });
    const shown = await runCli(['jobs', 'show', told.at(-1)?.id ?? '', '--store', store.folder]);
    expect(shown.stdout).toContain('3 rows in, 3 out, 0 duplicates dropped');
  });

  it('does what two windows and two commands ask for at once, each of it once', async () => {
    const first = await openTestStore({ settings: { rowsPerPart: 1 } });
    const second = await openTestStore({ folder: first.folder });
    await first.append(...bars);
    const compact = ['compact', '--store', first.folder, '--json'];
    const [one, two] = await Promise.all([
      runCli(compact),
      runCli(compact),
      first.compact(),
      second.compact(),
      second.append(...[3, 4, 5].map((place) => flatCandle(10 + place, { ts: fiveMinutes(place) }))),
    ]);
    expect([one.stderr, two.stderr]).toEqual(['', '']);
    const { jobs } = await second.client.jobs.list({});
    expect(jobs.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
    expect((await second.view()).candles.map(({ close }) => close)).toEqual([10, 11, 12, 13, 14, 15]);
    expect(await first.client.verify.run({ deep: true })).toMatchObject({ problems: [] });
  });

  it('names a job that is not there, and a file of the history that is cut in half', async () => {
    const store = await openTestStore();
    await store.append(...bars);
    await store.compact();
    const [job] = (await store.client.jobs.list({})).jobs;
    await store.close();
    const missing = await runCli(['jobs', 'cancel', 'no-such-job', '--store', store.folder]);
    expect(missing).toMatchObject({ code: 1, stderr: 'id: there is no job no-such-job\n' });
    const path = `_jobs/${job?.id ?? ''}.json`;
    await truncate(join(store.folder, path), 100);
    const listed = await runCli(['jobs', 'list', '--store', store.folder]);
    expect(listed.stdout).toContain(`${path} is not whole JSON`);
    const shown = await runCli(['jobs', 'show', job?.id ?? '', '--store', store.folder]);
    expect(shown).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${path} is not whole JSON`) as unknown,
    });
    expect(await readFile(join(store.folder, path))).toHaveLength(100);
  });

  it('lists what commands did that only read the store, while nobody owned it', async () => {
    const store = await openTestStore();
    await store.append(...bars);
    await store.close();
    const out = join(await tempFolder(), 'bars.csv');
    const given = ['--store', store.folder];
    expect(await runCli(['verify', ...given])).toMatchObject({ code: 0 });
    const exported = await runCli([
      'export',
      '--profile',
      'csv',
      '--timeframe',
      '5m',
      '--out',
      out,
      ...given,
    ]);
    expect(exported).toMatchObject({ code: 0 });
    expect((await runCli(['jobs', 'list', ...given, '--json'])).json()).toMatchObject({
      jobs: [
        { kind: 'export', state: 'done', requestedBy: 'cli' },
        { kind: 'verify', state: 'done', requestedBy: 'cli' },
      ],
    });
  });

  it('keeps the history of a store that is only read', async () => {
    const store = await openTestStore();
    await store.append(...bars);
    await store.compact();
    await store.close();
    const reader = await openTestStore({ folder: store.folder, access: 'read' });
    const [job] = (await reader.client.jobs.list({ states: ['done'], kind: 'compact', limit: 1 })).jobs;
    expect(job).toMatchObject({ state: 'done', canResume: false });
    await expect(reader.client.jobs.resume({ id: job?.id ?? '' })).rejects.toMatchObject({
      code: 'store-read-only',
    });
  });
});

const days = 40;

/** A store whose compaction takes a while, because there is much of it. */
async function storeOfDays() {
  const store = await openTestStore();
  await store.append(
    ...Array.from({ length: days }, (_, day) => flatCandle(10, { ts: fiveMinutes(day * 288) })),
  );
  await store.close();
  return store.folder;
}

/** Starts a compaction as a shell would, and ends it with a signal while its job runs. */
async function compactAndSignal(folder: string, signal: 'SIGINT' | 'SIGKILL') {
  const child = spawn(process.execPath, [join(builtPrograms, 'cli.cjs'), 'compact', '--store', folder]);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const isRunning = async () => {
    const names = await readdir(join(folder, '_jobs')).catch(() => []);
    const texts = names
      .filter((name) => name.endsWith('.log'))
      .map((name) => readFile(join(folder, '_jobs', name), 'utf8'));
    return (await Promise.all(texts)).some((text) => /rows? in,/.test(text));
  };
  await expect.poll(isRunning, { timeout: 60_000, interval: 5 }).toBe(true);
  child.kill(signal);
  return ended;
}

async function countOfRows(folder: string): Promise<number> {
  const { client } = await openTestStore({ folder });
  const [symbol] = await client.symbols.list({});
  return symbol?.timeframes[0]?.bars ?? 0;
}

describe('a compaction that is cut short', { timeout: 120_000 }, () => {
  it('by Ctrl-C is cancelled, and says so', async () => {
    const folder = await storeOfDays();
    expect(await compactAndSignal(folder, 'SIGINT')).toBe(130);
    const { jobs } = (await runCli(['jobs', 'list', '--store', folder, '--json'])).json() as JobList;
    expect(jobs).toMatchObject([{ kind: 'compact', state: 'cancelled' }]);
    expect(await countOfRows(folder)).toBe(days);
  });

  it('by kill -9 is shown as interrupted, has lost nothing, and can be run again', async () => {
    const folder = await storeOfDays();
    await compactAndSignal(folder, 'SIGKILL');
    const { client } = await openTestStore({ folder });
    const [job] = (await client.jobs.list({})).jobs;
    expect(job).toMatchObject({ kind: 'compact', state: 'interrupted', canResume: true });
    expect(await countOfRows(folder)).toBe(days);
    const resumed = await runCli(['jobs', 'resume', job?.id ?? '', '--store', folder, '--json']);
    expect(resumed.json()).toMatchObject({ state: 'done', kind: 'compact' });
    expect((await client.compaction.overview({})).partitions).toEqual([]);
    expect(await client.verify.run({})).toMatchObject({ problems: [] });
  });
});
