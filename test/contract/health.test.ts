import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore } from '../helpers/open-test-store.ts';
import { candleRow, fiveMinutes } from '../helpers/rows.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const bar = (index: number) => candleRow({ ts: fiveMinutes(index), volume: index });

async function compacted() {
  const store = await openTestStore();
  await store.append(bar(0), bar(1));
  await store.compact({ dataset: 'candles' });
  return store;
}

/** The values of metrics without labels. */
function valuesOf(text: string): ReadonlyMap<string, number> {
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describe('the health of a store', () => {
  it('names a file that someone removed, and ends the command accordingly', async () => {
    const { folder, close, client } = await compacted();
    const before = await client.health.check({});
    expect(before.checks.find(({ id }) => id === 'files')).toMatchObject({ level: 'ok' });
    await close();
    await rm(join(folder, 'data/5m/2025-09-02.parquet'));
    const { code, json } = await runCli(['health', '--store', folder, '--json']);
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      level: 'bad',
      checks: expect.arrayContaining([
        { id: 'files', level: 'bad', detail: 'missing: data/5m/2025-09-02.parquet', action: 'verify' },
      ]) as unknown,
    });
  });

  it('tells what the last check of the files found, until one finds nothing', async () => {
    const { folder, client } = await compacted();
    const jobs = async () => (await client.health.check({})).checks.find(({ id }) => id === 'jobs');
    const path = join(folder, 'data/5m/2025-09-02.parquet');
    const bytes = await readFile(path);
    await truncate(path, 100);
    await client.verify.run({});
    expect(await jobs()).toMatchObject({
      level: 'warn',
      detail: expect.stringMatching(/^within a day: Check [\d,]+ files found 1 problem$/) as unknown,
      action: 'show-jobs',
    });
    await writeFile(path, bytes);
    await client.verify.run({});
    expect(await jobs()).toMatchObject({ level: 'ok' });
  });

  it('tells of backups once a folder or a schedule asks for them, until one comes to its end', async () => {
    const backupFolder = join(await tempFolder(), 'copy');
    const { client } = await openTestStore({ settings: { backupFolder } });
    const backup = async () => (await client.health.check({})).checks.find(({ id }) => id === 'backup');
    expect(await backup()).toMatchObject({ level: 'warn', action: 'show-backups' });
    const { id } = await client.backups.start({});
    await client.jobs.wait({ id });
    expect(await backup()).toMatchObject({
      level: 'ok',
      detail: expect.stringContaining(`the last backup in ${backupFolder} is of 20`) as unknown,
    });
    await writeFile(join(backupFolder, 'store.json'), 'no JSON');
    await rm(join(backupFolder, 'tapedeck-backup.json'));
    await expect(client.backups.plan({})).rejects.toThrow('is not empty, and holds no backup');
    expect(await backup()).toMatchObject({
      level: 'warn',
      detail: expect.stringMatching(/^there is no/) as unknown,
    });
  });

  it('is told line by line, each with its level', async () => {
    const { folder } = await compacted();
    const { stdout, code } = await runCli(['health', '--store', folder]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^ok {4}disk: .* free on the disk of the store$/m);
    expect(stdout).toMatch(/^warn {2}stale: the market was open and no bars came: SPY 5m/m);
  });

  it('bears a history of sizes that is no JSON', async () => {
    const { folder, client } = await compacted();
    await mkdir(join(folder, '_catalog'), { recursive: true });
    await writeFile(join(folder, '_catalog', 'size_history.json'), '{"samples": [');
    expect((await client.health.check({})).checks.find(({ id }) => id === 'growth')).toMatchObject({
      level: 'ok',
    });
  });
});

describe('metrics', () => {
  it('count what is there and what was done since the store was opened', async () => {
    const { client, view, append } = await compacted();
    await append(bar(2));
    await view();
    await view();
    const values = valuesOf(await client.health.metrics({}));
    expect(values.get('tapedeck_viewport_seconds_count')).toBe(2);
    expect(values.get('tapedeck_viewport_seconds_bucket{le="+Inf"}')).toBe(2);
    expect(values.get('tapedeck_storage_files')).toBeGreaterThan(0);
    expect(values.get('tapedeck_storage_bytes')).toBeGreaterThan(0);
    expect(values.get('tapedeck_storage_bytes_written_total')).toBeGreaterThan(
      values.get('tapedeck_storage_bytes') ?? Infinity,
    );
    expect(values.get('tapedeck_compression_ratio')).toBeGreaterThan(0);
    expect(values.get('tapedeck_storage_oldest_file_age_seconds')).toBeGreaterThanOrEqual(0);
    expect(values.get('tapedeck_slow_queries_total')).toBe(0);
  });

  it('are printed by a command, each with its type', async () => {
    const { folder } = await compacted();
    const { code, stdout } = await runCli(['metrics', '--store', folder]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# TYPE tapedeck_storage_files gauge\ntapedeck_storage_files \d+$/m);
    expect(stdout).toMatch(/^# TYPE tapedeck_viewport_seconds histogram$/m);
    expect(stdout.endsWith('\n')).toBe(true);
  });
});
