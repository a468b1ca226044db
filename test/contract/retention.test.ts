import type { HoldRequest } from '#shared/domain/hold';
import type { RetentionPlan, RetentionPolicy, RetentionReport } from '#shared/domain/retention';
import type { StoreChange } from '#shared/domain/store-summary';
import type { RetentionRequest } from '#shared/ipc';
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { flatCandle, objectRow, openingBell } from '../helpers/rows.ts';
import { runCli } from '../helpers/run-cli.ts';

const dayMs = 86_400_000;

/** One bar on each of three days of long ago, each in a part of its own. */
async function oldStore(trashDays = 7): Promise<TestStore> {
  const store = await openTestStore({ settings: { rowsPerPart: 1, trashDays } });
  for (const day of [0, 1, 2]) await store.append(flatCandle(10 + day, { ts: openingBell + day * dayMs }));
  return store;
}

const view = (store: TestStore) => store.view({ from: openingBell, until: openingBell + 9 * dayMs });
const pricesOf = async (store: TestStore) => (await view(store)).candles.map(({ close }) => close);

const everything: Partial<RetentionRequest> = {
  guardrails: { minAgeDays: 1, maxSharePercent: 100, keepRollupSources: true, keepOpenObjects: true },
};

function policy(change: Partial<RetentionPolicy> = {}): RetentionPolicy {
  return {
    dataset: 'candles',
    timeframe: '5m',
    isOn: true,
    maxAgeDays: 90,
    maxSizeBytes: null,
    maxSizeBytesPerSymbol: null,
    exclude: [],
    ...change,
  };
}

const request = (change: Partial<RetentionPolicy> = {}): RetentionRequest => ({
  ...everything,
  policies: [policy(change)],
});

async function run({ client }: TestStore, wanted: RetentionRequest): Promise<RetentionReport> {
  const { atMs, digest } = await client.retention.plan(wanted);
  const { id } = await client.retention.start({ ...wanted, atMs, digest });
  const job = await client.jobs.wait({ id });
  if (job.state !== 'done') throw new Error(`${job.state}: ${job.error?.message ?? ''}`);
  return job.report as RetentionReport;
}

const hold = ({ client }: TestStore, change: Partial<HoldRequest>) =>
  client.holds.add({ reason: 'audit', owner: 'ann', ...change });

const pathsOf = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);

describe('retention', () => {
  it('removes exactly what the dry run listed, and a restore brings all of it back', async () => {
    const store = await oldStore();
    const wanted = request({ exclude: ['data/5m/2025-09-03/**'] });
    const plan = await store.client.retention.plan(wanted);
    expect(await pricesOf(store)).toEqual([10, 11, 12]);
    const report = await run(store, wanted);
    expect(report.files).toEqual(plan.files);
    expect(await pricesOf(store)).toEqual([11]);
    const trash = await store.client.trash.list({});
    expect(pathsOf(trash).sort()).toEqual(pathsOf(plan.files));
    expect(trash[0]).toMatchObject({ job: report.job, replacedBy: null, isMissing: false, heldBy: null });
    await store.client.trash.restore({ job: report.job });
    expect(await pricesOf(store)).toEqual([10, 11, 12]);
    expect(await store.client.trash.list({})).toEqual([]);
  });

  it('tells of files that a restore brought back, but not as rows that came in', async () => {
    const store = await oldStore();
    const { job } = await run(store, request());
    const told: StoreChange[] = [];
    store.client.store.changed(({ changes }) => told.push(...changes));
    // What is told of within a moment is told of at once: what came before is to be told of first.
    await store.append(flatCandle(9, { symbol: 'IWM' }));
    await vi.waitFor(() => expect(told.map(({ symbol }) => symbol)).toContain('IWM'));
    told.length = 0;
    await store.client.trash.restore({ job });
    await store.append(flatCandle(9, { symbol: 'QQQ' }));
    const of = (symbol: string) => told.filter((change) => change.symbol === symbol);
    await vi.waitFor(() => expect(of('QQQ')).toMatchObject([{ hasNewRows: true }]));
    expect(of('SPY')).toMatchObject([{ hasNewRows: false }]);
  });

  it('says that the store has changed since the dry run, and removes nothing', async () => {
    const store = await oldStore();
    const { atMs, digest } = await store.client.retention.plan(request());
    await store.append(flatCandle(9, { ts: openingBell - dayMs }));
    await expect(store.client.retention.start({ ...request(), atMs, digest })).rejects.toMatchObject({
      code: 'plan-outdated',
      message: expect.stringContaining('would now list 4 files') as string,
    });
    expect(await store.client.trash.list({})).toEqual([]);
  });

  it('looks at nothing while no policy is switched on', async () => {
    const store = await oldStore();
    expect(await store.client.retention.plan({})).toMatchObject({ files: [], kept: [] });
  });

  it('keeps merged bars that rollups are made from, and takes both when told to', async () => {
    const store = await oldStore();
    await store.compact();
    const kept = await store.client.retention.plan(request());
    expect(kept.files).toEqual([]);
    expect(new Set(kept.kept.map(({ kind }) => kind))).toEqual(new Set(['rollup-source']));
    await run(store, {
      ...request(),
      guardrails: { minAgeDays: 1, maxSharePercent: 100, keepRollupSources: false, keepOpenObjects: true },
    });
    expect(await store.client.files.list({})).toEqual([]);
    expect((await store.view({ timeframe: '1h' })).candles).toEqual([]);
  });

  it('keeps the file with the last event of an object that is still open', async () => {
    const store = await openTestStore({ settings: { rowsPerPart: 1 } });
    const ended = { object_id: 'zone-2', action: 'close', event_ts: openingBell + dayMs, t_end: openingBell };
    await store.appendObjects(objectRow(), objectRow(ended));
    const wanted = request({ dataset: 'objects', timeframe: null, maxAgeDays: 1 });
    const { files, kept } = await store.client.retention.plan(wanted);
    expect(files).toMatchObject([{ dataset: 'objects', lastMs: openingBell + dayMs }]);
    expect(kept).toMatchObject([
      { kind: 'open-object', because: 'holds the last event of zone-1, which is still open' },
    ]);
    await store.appendObjects(objectRow({ ...ended, object_id: 'zone-1' }));
    expect((await store.client.retention.plan(wanted)).kept).toEqual([]);
  });

  it('knows an open object however its writer spells the timeframe', async () => {
    const store = await openTestStore({ settings: { rowsPerPart: 1 } });
    await store.appendObjects(objectRow({ timeframe: '15M' }));
    const wanted = request({ dataset: 'objects', timeframe: null, maxAgeDays: 1 });
    expect(await store.client.retention.plan(wanted)).toMatchObject({
      files: [],
      kept: [{ kind: 'open-object' }],
    });
  });

  it('takes old snapshots of bots whole, and gives them back', async () => {
    const store = await oldStore();
    const folder = join(store.folder, 'performance');
    await mkdir(folder);
    const old = JSON.stringify([{ timestamp: '2024-01-01T00:00:00', total_value_eur: 1 }]);
    const mixed = JSON.stringify([
      { timestamp: '2024-01-01T00:00:00.000000' },
      { timestamp: new Date().toISOString() },
    ]);
    await writeFile(join(folder, 'snapshots_2024.json'), old);
    await writeFile(join(folder, 'portfolio_snapshots.json'), mixed);
    await writeFile(join(folder, 'performance_config.json'), '{"tracking_start_date":"2020-01-01"}');
    const wanted = request({ dataset: 'performance', timeframe: null, maxAgeDays: 365 });
    const { files, kept } = await store.client.retention.plan(wanted);
    expect(files).toMatchObject([
      { path: 'performance/snapshots_2024.json', rows: 1, sizeBytes: old.length },
    ]);
    expect(kept).toMatchObject([{ path: 'performance/portfolio_snapshots.json', kind: 'cut-through' }]);
    const { job } = await run(store, wanted);
    await expect(readFile(join(folder, 'snapshots_2024.json'))).rejects.toMatchObject({ code: 'ENOENT' });
    await store.client.trash.restore({ job });
    expect(await readFile(join(folder, 'snapshots_2024.json'), 'utf8')).toBe(old);
    expect(await store.client.trash.list({})).toEqual([]);
  });
});

describe('policies', () => {
  it('are the usual ones at first, all off, and stay as they were set', async () => {
    const first = await openTestStore();
    const { policies, guardrails } = await first.client.retention.settings({});
    expect(
      policies.map(({ dataset, timeframe, maxAgeDays, isOn }) => [dataset, timeframe, maxAgeDays, isOn]),
    ).toEqual([
      ['candles', '1m', 30, false],
      ['candles', '5m', 90, false],
      ['candles', '15m', 180, false],
      ['candles', '1h', 365, false],
      ['candles', '1d', 2_555, false],
      ['performance', null, 365, false],
    ]);
    await first.client.retention.saveSettings({
      policies: [policy({ maxSizeBytes: 5 })],
      guardrails: { ...guardrails, minAgeDays: 2 },
    });
    await first.close();
    const { client } = await openTestStore({ folder: first.folder });
    expect(await client.retention.settings({})).toEqual({
      policies: [policy({ maxSizeBytes: 5 })],
      guardrails: { ...guardrails, minAgeDays: 2 },
    });
  });

  it.each([
    ['a negative age', policy({ maxAgeDays: -1 }), 'maxAgeDays'],
    ['an unknown dataset', policy({ dataset: 'rollups' }), 'dataset'],
    ['a timeframe that is none', policy({ timeframe: '5x' }), 'timeframe'],
    ['no size', policy({ maxSizeBytes: 0 }), 'maxSizeBytes'],
    ['a pattern that matches everything', policy({ exclude: ['**'] }), '** matches every file'],
    ['a pattern that is none', policy({ exclude: ['data/['] }), 'exclude of candles 5m: data/['],
  ])('are refused by name: %s', async (_, wrong, named) => {
    const { client } = await openTestStore();
    const { guardrails } = await client.retention.settings({});
    await expect(client.retention.saveSettings({ policies: [wrong], guardrails })).rejects.toMatchObject({
      code: 'argument-invalid',
      message: expect.stringContaining(named) as string,
    });
    await expect(client.retention.plan({ policies: [wrong] })).rejects.toMatchObject({
      code: 'argument-invalid',
    });
    expect((await client.retention.settings({})).policies).toHaveLength(6);
  });
});

describe('holds', () => {
  it('beat every policy, also when they come between the dry run and the run', async () => {
    const store = await oldStore();
    const { atMs, digest, files } = await store.client.retention.plan(request());
    expect(files).toHaveLength(3);
    await hold(store, { symbol: 'SPY', from: openingBell, until: openingBell + dayMs });
    await expect(store.client.retention.start({ ...request(), atMs, digest })).rejects.toMatchObject({
      code: 'plan-outdated',
    });
    const { kept } = await store.client.retention.plan(request());
    expect(kept).toMatchObject([{ kind: 'held', because: expect.stringContaining('"audit"') as string }]);
    await run(store, request());
    expect(await pricesOf(store)).toEqual([10]);
  });

  it('keep what is in the trash from being purged by a button or a deadline, while compaction goes on', async () => {
    const store = await oldStore(0);
    const { id } = await hold(store, { symbol: 'SPY' });
    await store.compact({ dataset: 'candles', timeframe: '5m', day: '2025-09-02' });
    const [part] = await store.client.trash.list({});
    expect(part?.heldBy).toBe(`"audit" (${id}, by ann)`);
    expect(await store.client.trash.purge({})).toEqual(expect.not.arrayContaining([part?.path]));
    await expect(store.client.trash.purge({ job: part?.job })).rejects.toMatchObject({
      code: 'held',
      message: expect.stringContaining(part?.path ?? '') as string,
    });
    await store.client.holds.release({ id, by: 'bob' });
    expect(await store.client.trash.purge({ job: part?.job })).toEqual([part?.path]);
    expect(await store.client.holds.list({ withReleased: true })).toMatchObject([{ id, releasedBy: 'bob' }]);
  });

  it('outlive the store being closed, and are unknown while their file is broken: nothing goes then', async () => {
    const store = await oldStore();
    await hold(store, { pattern: 'data/5m/2025-09-02/**' });
    await store.close();
    const again = await openTestStore({ folder: store.folder });
    expect((await again.client.retention.plan(request())).files).toHaveLength(2);
    await truncate(join(store.folder, '_holds/holds.json'), 40);
    const refusal = {
      code: 'file-unreadable',
      message: expect.stringContaining('_holds/holds.json') as string,
    };
    await expect(again.client.retention.plan(request())).rejects.toMatchObject(refusal);
    await expect(again.client.trash.purge({})).rejects.toMatchObject(refusal);
    await expect(hold(again, { symbol: 'SPY' })).rejects.toMatchObject(refusal);
    expect(await pricesOf(again)).toEqual([10, 11, 12]);
  });

  it.each([
    ['nothing at all', {}, 'hold: give a symbol'],
    ['a pattern that matches everything', { pattern: '**/*' }, 'path: **/* matches every file'],
    ['a way out of the store', { pattern: '../**' }, 'leads out of the store'],
    ['an unknown dataset', { dataset: 'ticks' }, 'dataset: there is no ticks'],
    ['an empty range', { from: 5, until: 5 }, 'until: is not after from'],
    ['no reason', { symbol: 'SPY', reason: ' ' }, 'reason: is empty'],
  ])('are refused by name: %s', async (_, wrong, named) => {
    const store = await openTestStore();
    await expect(hold(store, wrong)).rejects.toMatchObject({
      code: 'argument-invalid',
      message: expect.stringContaining(named) as string,
    });
    expect(await store.client.holds.list({})).toEqual([]);
  });
});

describe('the trash', () => {
  it('names files that somebody removed from it by hand, and can be emptied all the same', async () => {
    const store = await oldStore();
    const { job, files } = await run(store, request());
    await rm(join(store.folder, '_trash'), { recursive: true });
    expect(await store.client.trash.list({})).toMatchObject(files.map(() => ({ isMissing: true })));
    await expect(store.client.trash.restore({ job })).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining(`_trash/${job}/data/5m/`) as string,
    });
    expect(await store.client.trash.purge({ job })).toHaveLength(3);
    await store.append(flatCandle(13));
    expect(await pricesOf(store)).toEqual([13]);
  });
});

describe('the audit', () => {
  it('tells of every file that went: why, when, by which job, and what became of it', async () => {
    const store = await oldStore();
    const { job } = await run(
      store,
      request({ exclude: ['data/5m/2025-09-02/**', 'data/5m/2025-09-03/**'] }),
    );
    await store.compact({ dataset: 'candles', timeframe: '5m', day: '2025-09-02' });
    const fates = async () => {
      const { entries, unreadable } = await store.client.audit.list({});
      expect(unreadable).toEqual([]);
      return entries;
    };
    const [compacted, retired] = await fates();
    expect(compacted).toMatchObject({ replacedBy: 'data/5m/2025-09-02.parquet', fate: 'in-trash', rows: 1 });
    expect(retired).toMatchObject({
      ...{ job, replacedBy: null, fate: 'in-trash' },
      reason: 'candles 5m: older than 90 days (newest row 2025-09-04)',
    });
    await store.client.trash.restore({ job });
    expect((await fates()).find((entry) => entry.job === job)).toMatchObject({ fate: 'restored' });
    await store.client.trash.purge({ job: compacted?.job });
    expect((await fates()).find((entry) => entry.job === compacted?.job)).toMatchObject({ fate: 'purged' });
  });
});

describe('tapedeck retain', () => {
  it('shows what would go, removes it with --yes, and has it back from the trash', async () => {
    const { folder, close } = await oldStore();
    await close();
    const retain = (...more: readonly string[]) =>
      runCli([
        'retain',
        '--store',
        folder,
        '--policy',
        'candles:5m=90d',
        '--json',
        '--max-share',
        '70',
        ...more,
      ]);
    const dry = await retain('--dry-run');
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    const plan = dry.json() as Record<string, unknown> & { files: { path: string; bytes: number }[] };
    expect(plan).toMatchObject({
      files: [
        {
          path: expect.stringContaining('2025-09-02') as string,
          rows: 1,
          reason: expect.any(String) as string,
        },
        { path: expect.stringContaining('2025-09-03') as string, rows: 1 },
      ],
      rows: 2,
      bytes: plan.files.reduce((sum, { bytes }) => sum + bytes, 0),
      kept: [
        {
          path: expect.stringContaining('2025-09-04') as string,
          because: expect.stringContaining('70 %') as string,
        },
      ],
    });
    const done = (await retain('--yes')).json() as { files: unknown; job: string };
    expect(done.files).toEqual(plan.files);
    expect((await runCli(['trash', 'list', '--store', folder])).stdout).toContain(done.job);
    const restored = await runCli(['trash', 'restore', done.job, '--store', folder, '--json']);
    expect(restored.json()).toMatchObject({ restored: plan.files.map(({ path }) => path) });
  });

  it('holds and releases, sets policies, and refuses by name what makes no sense', async () => {
    const store = await oldStore();
    const cli = (...args: readonly string[]) => runCli([...args, '--store', store.folder]);
    const added = await cli(
      'hold',
      'add',
      '--symbol',
      'SPY',
      '--reason',
      'audit',
      '--owner',
      'ann',
      '--json',
    );
    const { id } = added.json() as { id: string };
    await cli('retention', 'set', 'candles:5m=90d');
    const { files, kept } = (await cli('retain', '--dry-run', '--json')).json() as RetentionPlan;
    expect([files.length, kept.length]).toEqual([0, 3]);
    expect((await cli('hold', 'release', id, '--by', 'bob')).stdout).toContain(`"audit" (${id}, by ann)`);
    const wrong = [
      [['retain', '--policy', 'candles:5m=-3d', '--dry-run'], 'at least 1 day'],
      [['retain', '--policy', 'candles:5m=3d'], '--dry-run'],
    ] as const;
    for (const [args, named] of wrong) {
      const refused = await cli(...args);
      expect(refused.code).not.toBe(0);
      expect(refused.stderr).toContain(named);
    }
    expect(await pricesOf(store)).toHaveLength(3);
  });
});
