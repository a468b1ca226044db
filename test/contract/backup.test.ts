import type { BackupReport } from '#shared/domain/backup';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { barSql, testEngine, writeParquet } from '../helpers/foreign-files.ts';
import {
  builtPrograms,
  openTestStore,
  type TestStore,
  type TestStoreOptions,
} from '../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle, objectRow } from '../helpers/rows.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const bar = (place: number, price: number) => flatCandle(price, { ts: fiveMinutes(place) });

/** Two merged bars, a late one that is loose, an object, and a document of a bot. */
async function setup(options: TestStoreOptions = {}) {
  const store = await openTestStore(options);
  await store.append(bar(0, 10), bar(1, 11));
  await store.compact();
  await store.append(bar(2, 12));
  await store.appendObjects(objectRow());
  await writeFile(join(store.folder, 'portfolio.json'), '{"EUR":1}');
  return { ...store, to: join(await tempFolder(), 'deep', 'backup') };
}

async function backUp({ client }: TestStore, to?: string): Promise<BackupReport> {
  const { id } = await client.backups.start(to === undefined ? {} : { to });
  const job = await client.jobs.wait({ id });
  if (job.error !== null) throw new Error(job.error.message);
  return job.report as BackupReport;
}

const reasonOf = (store: TestStore, to: string) =>
  store.client.backups.plan({ to }).then(
    () => 'none',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

async function closesIn(folder: string, isClean = true): Promise<number[]> {
  const { view, client, close } = await openTestStore({ folder, access: 'read' });
  const { candles, objects } = await view();
  expect(objects).toHaveLength(1);
  expect(await client.verify.run({ deep: true })).toMatchObject({ isClean });
  await close();
  return candles.map(({ close: price }) => price);
}

/** Ends a backup as a power cut does, when all rows are copied and the last document is being. */
async function killedBackup(folder: string, to: string): Promise<void> {
  const endless = join(folder, 'zz.bin');
  await writeFile(endless, '');
  await truncate(endless, 2 ** 36);
  const child = spawn(process.execPath, [
    ...[join(builtPrograms, 'cli.cjs'), 'backup', '--store', folder, '--to', to],
  ]);
  const ended = once(child, 'close');
  const copied = join(to, '.incoming', '.zz.bin.tmp');
  await expect.poll(() => existsSync(copied), { timeout: 20_000, interval: 2 }).toBe(true);
  child.kill('SIGKILL');
  await ended;
  await rm(endless);
}

const filesOf = async (folder: string) =>
  (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.parquet')).sort();

describe('a backup', () => {
  it('is a store of its own with every row and document, and stays as it is while the store goes on', async () => {
    const store = await setup();
    await backUp(store, store.to);
    await store.append(bar(3, 13));
    expect(await closesIn(store.to)).toEqual([10, 11, 12]);
    expect(await readFile(join(store.to, 'portfolio.json'), 'utf8')).toBe('{"EUR":1}');
  });

  it('copies what is new, drops what the store has merged, and goes on with one that was cut short', async () => {
    const store = await setup();
    const first = await backUp(store, store.to);
    expect(first).toMatchObject({ copiedFiles: first.files, keptFiles: 0, removedFiles: 0 });
    expect(await store.client.backups.plan({ to: store.to })).toMatchObject({ files: 0, sizeBytes: 0 });
    await store.compact({ dataset: 'candles' });
    const second = await backUp(store, store.to);
    expect(second.copiedFiles).toBeLessThan(first.copiedFiles);
    expect(second.removedFiles).toBeGreaterThan(0);
    expect(await readdir(join(store.to, 'data', '5m'))).toEqual(
      expect.not.arrayContaining(['2025-09-02.parquet']),
    );

    // What a backup that was killed leaves behind.
    const [merged = ''] = (await store.client.files.list({ dataset: 'candles' })).map(({ path }) => path);
    await truncate(join(store.to, merged), 10);
    await writeFile(join(store.to, 'data', '5m', '.left.parquet.tmp'), 'half');
    expect(await backUp(store, store.to)).toMatchObject({ copiedFiles: 1 });
    expect(await closesIn(store.to)).toEqual([10, 11, 12]);
  });

  it('names a file that is damaged, and the backup before stays', async () => {
    const store = await setup();
    await backUp(store, store.to);
    await store.append(bar(4, 14));
    await store.compact({ dataset: 'candles' });
    const [merged] = await store.client.files.list({ dataset: 'candles' });
    const path = join(store.folder, merged?.path ?? '');
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(backUp(store, store.to)).rejects.toThrow(
      `${merged?.path} is not what was once written to it`,
    );
    expect(await closesIn(store.to)).toEqual([10, 11, 12]);
  });

  it('begins in a folder where an earlier one got no further than its lock', async () => {
    const store = await setup();
    await mkdir(join(store.to, '_locks'), { recursive: true });
    expect(await backUp(store, store.to)).toMatchObject({ keptFiles: 0 });
  });

  it('takes no folder that holds anything else, and says why', async () => {
    const store = await setup();
    const filled = await tempFolder();
    await writeFile(join(filled, 'letter.txt'), 'dear');
    expect(await reasonOf(store, filled)).toBe(`to: ${filled} is not empty, and holds no backup`);
    expect(await reasonOf(store, 'backup')).toBe('to: backup is not a whole path');
    expect(await reasonOf(store, join(store.folder, 'backup'))).toMatch(/lie in one another/);
    const foreign = { version: 1, storeId: 'other', sequence: 1, completedMs: 0 };
    await writeFile(join(filled, 'tapedeck-backup.json'), JSON.stringify(foreign));
    expect(await reasonOf(store, filled)).toBe(`to: ${filled} holds the backup of another store`);
  });

  it('is not written over once somebody has gone on in it', async () => {
    const store = await setup();
    await backUp(store, store.to);
    const copy = await openTestStore({ folder: store.to });
    await copy.append(bar(5, 15));
    expect(await reasonOf(store, store.to)).toMatch(/is open as a store/);
    await copy.close();
    expect(await reasonOf(store, store.to)).toMatch(/has been written to since its last backup/);
  });

  it('goes to the folder of the settings, from the command line, too', async () => {
    const backupFolder = join(await tempFolder(), 'kept here');
    const store = await setup({ settings: { backupFolder } });
    expect(await backUp(store)).toMatchObject({ to: backupFolder });
    await mkdir(join(store.folder, 'sql'));
    await writeFile(join(store.folder, 'sql', 'mine.sql'), 'select 1');
    await store.close();
    const told = await runCli(['backup', '--store', store.folder, '--json']);
    expect(told.json()).toMatchObject({ dryRun: false, to: backupFolder, copiedFiles: 0 });
    expect(await readdir(join(backupFolder, 'sql'))).toEqual(['mine.sql']);
  });

  it('that was killed before the first was whole is taken for no store, and is finished by the next', async () => {
    const store = await setup();
    await store.close();
    await killedBackup(store.folder, store.to);
    expect(await filesOf(join(store.to, 'data'))).not.toEqual([]);
    for (const asked of [['files', '--store'], ['adopt']]) {
      const { code, stderr } = await runCli([...asked, store.to]);
      expect([code, stderr]).toEqual([1, expect.stringContaining('holds a backup that is not whole')]);
    }
    await backUp(await openTestStore({ folder: store.folder }), store.to);
    expect(await closesIn(store.to)).toEqual([10, 11, 12]);
  });

  it('that was killed later is the one before to who reads it, and the owner puts away what it has copied', async () => {
    const store = await setup();
    await backUp(store, store.to);
    const before = await filesOf(store.to);
    // A file of a bot: wherever it lies, it would be taken in.
    const dropped = join(store.folder, 'data/5m/2025-09-02/part-bot.parquet');
    await writeParquet(await testEngine(), dropped, barSql(`${fiveMinutes(3)} AS ts`));
    await writeFile(join(store.folder, 'portfolio.json'), '{"EUR":2}');
    await store.close();
    await killedBackup(store.folder, store.to);
    expect(await filesOf(store.to)).not.toEqual(before);
    expect(await closesIn(store.to, false)).toEqual([10, 11, 12]);
    expect(await readFile(join(store.to, 'portfolio.json'), 'utf8')).toBe('{"EUR":1}');

    const again = await openTestStore({ folder: store.folder });
    await expect.poll(() => filesOf(store.to), { timeout: 20_000 }).toEqual(before);
    await backUp(again, store.to);
    expect(await closesIn(store.to)).toEqual([10, 11, 12, 100]);
    expect(await readFile(join(store.to, 'portfolio.json'), 'utf8')).toBe('{"EUR":2}');
  });

  it('that was killed when its rows counted already is finished by who opens it', async () => {
    const store = await setup();
    await backUp(store, store.to);
    const path = join(store.to, 'tapedeck-backup.json');
    const note = JSON.parse(await readFile(path, 'utf8')) as { sequence: number };
    await writeFile(path, JSON.stringify({ ...note, begunMs: 1, nextSequence: note.sequence }));
    await mkdir(join(store.to, '.incoming', 'sql'), { recursive: true });
    await writeFile(join(store.to, '.incoming', 'sql', 'mine.sql'), 'select 1');
    const stray = 'data/5m/2025-08-01/part-bot.parquet';
    await writeParquet(
      await testEngine(),
      join(store.to, stray),
      barSql(`${fiveMinutes(0) - 32 * 86_400_000} AS ts`),
    );
    const copy = await openTestStore({ folder: store.to });
    expect(await readFile(join(store.to, 'sql', 'mine.sql'), 'utf8')).toBe('select 1');
    expect(await filesOf(store.to)).not.toContain(stray);
    await copy.close();
    expect(await backUp(store, store.to)).toMatchObject({ copiedFiles: 0 });
  });
});
