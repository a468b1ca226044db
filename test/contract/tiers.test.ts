import type { TierPlan, TierReport } from '#shared/domain/tier';
import { cp, lstat, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { askDuckDb } from '../helpers/parquet.ts';
import { fiveMinutes, flatCandle, objectRow } from '../helpers/rows.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const day = 'data/5m/2025-09-02.parquet';
const inCold = 'cold/data/5m/2025-09-02.r2.parquet';
const bars = (from: number, count: number) =>
  Array.from({ length: count }, (_, place) =>
    flatCandle(100 + from + place, { ts: fiveMinutes(from + place) }),
  );

/** A store with a merged day, and a folder for its cold tier beside it. */
async function setup() {
  const store = await openTestStore();
  await store.append(...bars(0, 20));
  await store.appendObjects(objectRow());
  await store.compact();
  const disk = join(await tempFolder(), 'cold disk');
  await mkdir(disk);
  return { ...store, disk };
}

const closes = async ({ view }: Pick<TestStore, 'view'>) => (await view()).candles.map(({ close }) => close);

const migrate = async (
  { client }: Pick<TestStore, 'client'>,
  request: Parameters<TestStore['client']['tiers']['start']>[0] = {},
) => {
  const { id } = await client.tiers.start(request);
  return client.jobs.wait({ id });
};

describe('moving files to another disk', () => {
  it('does exactly what the dry run shows, and every reader finds the rows as before', async () => {
    const store = await setup();
    const { client, disk, folder } = store;
    await client.tiers.save({ tiers: { cold: { path: disk } } });
    const before = { closes: await closes(store), files: await client.files.list({}) };
    const plan = await client.tiers.plan({});
    expect(plan.moves.map(({ path, from, to }) => [path, from, to])).toEqual([
      [day, 'hot', 'cold'],
      ['objects/5m/2025-09.parquet', 'hot', 'cold'],
    ]);
    expect(await client.files.list({})).toEqual(before.files);
    const job = await migrate(store, { atMs: plan.atMs, digest: plan.digest });
    expect(job).toMatchObject({ state: 'done' });
    const { moved } = job.report as TierReport;
    expect(moved.map(({ path, to, rows }) => [path, to, rows])).toEqual(
      plan.moves.map(({ path, to, rows }) => [path, to, rows]),
    );
    expect(moved[0]?.output).toBe(inCold);
    expect(await closes(store)).toEqual(before.closes);
    expect((await client.objects.history({ objectId: 'zone-1' })).events).toHaveLength(1);
    const sql = await client.sql.run({
      tab: 'a',
      text: "select count(*) from candles where timeframe = '5m'",
    });
    expect(sql).toMatchObject({ page: { rows: 1, text: '20' }, leftOut: [] });
    expect((await client.verify.run({ deep: true })).problems).toEqual([]);
    // Plain readers find it too: on its own disk, and through the store's folder.
    expect(
      await askDuckDb('select count(*) from read_parquet($1)', join(disk, 'data/5m/2025-09-02.r2.parquet')),
    ).toEqual([[20]]);
    expect(await askDuckDb('select count(*) from read_parquet($1)', join(folder, inCold))).toEqual([[20]]);
    expect(await client.tiers.plan({})).toMatchObject({ moves: [] });
  });

  it('keeps what comes late with it: the day is merged again where it lies, and comes back when it is told to', async () => {
    const store = await setup();
    const { client } = store;
    await client.tiers.save({ tiers: { cold: { path: store.disk } } });
    await migrate(store);
    await store.append(...bars(20, 2), flatCandle(7, { ts: fiveMinutes(0) }));
    const wanted = await closes(store);
    expect(wanted).toHaveLength(22);
    const [late] = await store.compact({ dataset: 'candles', timeframe: '5m', day: '2025-09-02' });
    expect(late?.output).toBe('cold/data/5m/2025-09-02.r3.parquet');
    expect(await closes(store)).toEqual(wanted);
    const back = await migrate(store, { isBack: true, dataset: 'candles' });
    expect((back.report as TierReport).moved).toMatchObject([{ output: 'data/5m/2025-09-02.r4.parquet' }]);
    expect(await closes(store)).toEqual(wanted);
    await client.trash.restore({ job: back.id });
    expect((await client.files.list({ dataset: 'candles' })).map(({ path }) => path)).toEqual([
      'cold/data/5m/2025-09-02.r3.parquet',
    ]);
    expect(await closes(store)).toEqual(wanted);
    expect((await client.verify.run({ deep: true })).problems).toEqual([]);
  });

  it('writes with the compression of the tier, in the store’s own folder unless another is chosen', async () => {
    const store = await setup();
    await store.client.tiers.save({ tiers: { cold: { isOn: false }, warm: { profile: 'portable' } } });
    await migrate(store, { dataset: 'candles' });
    const path = 'archive/data/5m/2025-09-02.r2.parquet';
    const codec = await askDuckDb(
      'select distinct compression from parquet_metadata($1)',
      join(store.folder, path),
    );
    expect(codec).toEqual([['GZIP']]);
    expect((await lstat(join(store.folder, 'archive'))).isDirectory()).toBe(true);
  });

  it('leaves held files where they are, also when the hold comes after the dry run', async () => {
    const store = await setup();
    const { client } = store;
    const plan = await client.tiers.plan({});
    await client.holds.add({ dataset: 'candles', reason: 'audit', owner: 'ann' });
    expect(await client.tiers.plan({})).toMatchObject({
      moves: [{ dataset: 'objects' }],
      kept: [{ path: day, because: expect.stringContaining('held') as unknown }],
    });
    await expect(client.tiers.start({ atMs: plan.atMs, digest: plan.digest })).rejects.toMatchObject({
      code: 'plan-outdated',
    });
    await migrate(store);
    expect((await client.files.list({ dataset: 'candles' })).map(({ path }) => path)).toEqual([day]);
  });
});

describe('a tier whose disk is not there', () => {
  it('is named, the rest works, nothing is forgotten or removed, and all is back with the disk', async () => {
    const store = await setup();
    const { client, disk, folder } = store;
    await client.tiers.save({ tiers: { cold: { path: disk } } });
    await migrate(store, { dataset: 'candles' });
    await store.append(...bars(300, 2));
    await store.close();
    await rename(disk, `${disk} away`);
    // As an empty mount point is.
    await mkdir(disk);
    const without = await openTestStore({ folder });
    const gone = without.client;
    const { warnings } = await gone.store.describe({});
    expect(warnings.filter((text) => text.includes('cold tier'))).toEqual([
      expect.stringMatching(/cold tier cannot be used: .* is not there.*1 file of it waits/),
    ]);
    const view = await without.view();
    expect(view.candles).toEqual([]);
    expect(view.unreadable).toMatchObject([{ path: inCold }]);
    expect((await without.view({ from: fiveMinutes(300), until: fiveMinutes(310) })).candles).toHaveLength(2);
    const sql = await gone.sql.run({ tab: 'a', text: 'select count(*) from candles' });
    expect(sql).toMatchObject({ page: { text: '2' }, leftOut: [{ path: inCold }] });
    expect((await gone.files.list({})).find(({ path }) => path === inCold)).toMatchObject({
      isAvailable: false,
    });
    const report = await gone.verify.run({ repair: true });
    expect(report.problems.map(({ kind, path }) => [kind, path])).toEqual([['tier-missing', 'cold']]);
    const policies = [
      {
        ...{ dataset: 'candles', timeframe: null, isOn: true, maxAgeDays: 1 },
        ...{ maxSizeBytes: null, maxSizeBytesPerSymbol: null, exclude: [] },
      },
    ];
    const retention = await gone.retention.plan({
      policies,
      guardrails: { minAgeDays: 0, maxSharePercent: 100, keepRollupSources: false, keepOpenObjects: false },
    });
    expect(retention.kept.filter(({ path }) => path === inCold)).toMatchObject([{ kind: 'not-there' }]);
    expect(retention.files.map(({ path }) => path)).not.toContain(inCold);
    await expect(gone.tiers.start({ isBack: true })).resolves.toMatchObject({
      title: 'Tiers: nothing to move',
    });
    await without.close();
    await rm(disk, { recursive: true });
    await rename(`${disk} away`, disk);
    const again = await openTestStore({ folder });
    expect((await again.client.store.describe({})).warnings).toEqual([]);
    expect(await closes(again)).toHaveLength(20);
    expect((await again.client.verify.run({ deep: true })).problems).toEqual([]);
  });

  it('is noticed, and its return, while the store is open', async () => {
    const store = await setup();
    const { client, disk } = store;
    await client.tiers.save({ tiers: { cold: { path: disk } } });
    await migrate(store, { dataset: 'candles' });
    await rename(disk, `${disk} away`);
    expect((await client.tiers.list({})).find(({ tier }) => tier === 'cold')?.problem).toMatch(
      /is not there/,
    );
    expect((await store.view()).unreadable).toMatchObject([{ path: inCold }]);
    await rename(`${disk} away`, disk);
    await client.tiers.list({});
    expect(await closes(store)).toHaveLength(20);
  });
});

describe('the folder of a tier', () => {
  it('is refused by name where it cannot be one, and the settings stay', async () => {
    const { client, folder, disk } = await setup();
    const outside = await tempFolder();
    const other = join(outside, 'other');
    await mkdir(join(other, 'inner'), { recursive: true });
    await writeFile(join(outside, 'file.txt'), '');
    const foreign = join(outside, 'foreign');
    await mkdir(foreign);
    await writeFile(join(foreign, 'tapedeck-tier.json'), JSON.stringify({ store: 'another', tier: 'cold' }));
    await mkdir(join(folder, 'inside'));
    await symlink(join(folder, 'inside'), join(outside, 'link'));
    const refusals: readonly (readonly [unknown, RegExp])[] = [
      [{ cold: { path: 'relative/folder' } }, /^tiers\.cold\.path: relative\/folder is not an absolute path/],
      [{ cold: { path: join(outside, 'none') } }, /none is not there/],
      [{ cold: { path: join(outside, 'file.txt') } }, /file\.txt is no folder/],
      [{ cold: { path: join(folder, 'data') } }, /data lies inside the store/],
      [{ cold: { path: join(outside, 'link') } }, /link lies inside the store/],
      [{ cold: { path: join(folder, '..') } }, /has the store inside it|is not empty/],
      [{ cold: { path: disk }, warm: { path: disk } }, /lie in one another/],
      [{ cold: { path: other }, warm: { path: join(other, 'inner') } }, /lie in one another/],
      [{ cold: { path: foreign } }, /foreign belongs to another store/],
      [{ cold: { path: outside } }, /is not empty/],
      [{ cold: { afterDays: 0 } }, /^tiers\.cold\.afterDays: is less than a day/],
      [{ warm: { afterDays: 60 } }, /^tiers\.cold\.afterDays: is not later than that of the warm tier/],
      [{ cold: { profile: 'best' } }, /^tiers\.cold\.profile: is none of/],
      [{ frozen: {} }, /^tiers: has no field frozen$/],
    ];
    const before = await readFile(join(folder, 'store.json'), 'utf8');
    for (const [tiers, message] of refusals) {
      await expect(client.tiers.save({ tiers }), JSON.stringify(tiers)).rejects.toMatchObject({
        code: 'argument-invalid',
        message: expect.stringMatching(message) as unknown,
      });
    }
    expect(await readFile(join(folder, 'store.json'), 'utf8')).toBe(before);
    expect(await readdir(other)).toEqual(['inner']);
  });

  it('is not left while files are in it, unless they went along', async () => {
    const store = await setup();
    const { client, disk } = store;
    await client.tiers.save({ tiers: { cold: { path: disk } } });
    await migrate(store, { dataset: 'candles' });
    const next = `${disk} 2`;
    await mkdir(next);
    await expect(client.tiers.save({ tiers: { cold: { path: next } } })).rejects.toMatchObject({
      message: expect.stringMatching(/1 file lies in .*cold disk; bring them back first/) as unknown,
    });
    await cp(disk, next, { recursive: true });
    await client.tiers.save({ tiers: { cold: { path: next } } });
    await rm(disk, { recursive: true });
    expect(await closes(store)).toHaveLength(20);
  });
});

describe('tapedeck tier', () => {
  it('plans, wants a yes, moves, and lists', async () => {
    const { folder, close, disk } = await setup();
    await close();
    const run = (...args: readonly string[]) => runCli(['tier', ...args, '--store', folder]);
    expect(await run('migrate')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--dry-run') as unknown,
    });
    expect((await run('set', 'cold', '--path', disk, '--after', '40d')).code).toBe(0);
    const plan = (await run('migrate', '--dry-run', '--json')).json() as TierPlan;
    const done = (await run('migrate', '--yes', '--json')).json() as TierReport;
    expect(done.moved.map(({ path }) => path)).toEqual(plan.moves.map(({ path }) => path));
    const listed = (await run('list')).stdout;
    expect(listed).toMatch(/^cold +\S.*cold disk {2}2 files, 21 rows/m);
    const sql = (await runCli(['files', '--store', folder, '--dataset', 'candles', '--sql'])).stdout.trim();
    expect(await askDuckDb(`select count(*) from ${sql} where timeframe = '5m'`)).toEqual([[20]]);
  });
});
