import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { candleRow, fiveMinutes } from '../helpers/rows.ts';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { askDuckDb } from '../helpers/parquet.ts';
import { ensureBuilt } from '../../build/launcher/built.mjs';

beforeAll(ensureBuilt, 120_000);

const day = 'data/5m/2025-09-02';
const bar = (index: number) => candleRow({ ts: fiveMinutes(index), volume: index });

async function volumes(store: TestStore): Promise<number[]> {
  return (await store.view()).candles.map(({ volume }) => volume);
}

/** What a plain glob finds, as people use it from outside. */
async function globbed(folder: string): Promise<number[]> {
  const rows = await askDuckDb(
    `SELECT volume FROM read_parquet('${folder}/data/**/*.parquet') ORDER BY volume`,
  );
  return rows.map(([volume]) => Number(volume));
}

async function filesOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.parquet'));
}

describe('a file that a crash left between its name and its record', () => {
  it('is put aside when it is a part: its rows are in the log', async () => {
    const folder = await tempFolder();
    const before = await openTestStore({ folder });
    await before.append(bar(0), bar(1));
    await before.close();
    const [part] = await filesOf(join(folder, day));
    // As the same rows would lie there had the process written them once more and died.
    await copyFile(join(folder, day, part!), join(folder, day, part!.replace(/-[0-9a-f]{8}-/, '-0badc0de-')));

    const after = await openTestStore({ folder });
    await expect.poll(() => globbed(folder), { timeout: 10_000 }).toEqual([0, 1]);
    expect(await volumes(after)).toEqual([0, 1]);
    const [left] = await after.client.trash.list({});
    await expect(after.client.trash.restore({ job: left!.job })).rejects.toThrow('its rows are in the store');
    expect((await after.client.verify.run({})).problems).toEqual([]);
  });

  it('is put aside when it is a day file: what it was made from is still there', async () => {
    const folder = await tempFolder();
    const before = await openTestStore({ folder });
    await before.append(bar(0), bar(1));
    await before.compact({ dataset: 'candles' });
    await before.append(bar(2));
    await before.close();
    await copyFile(join(folder, `${day}.parquet`), join(folder, `${day}.r2.parquet`));

    const after = await openTestStore({ folder });
    await expect.poll(() => globbed(folder), { timeout: 10_000 }).toEqual([0, 1, 2]);
    expect(await volumes(after)).toEqual([0, 1, 2]);
    // Refused for as long as the file is being put aside.
    await vi.waitFor(() => after.compact({ dataset: 'candles' }), { timeout: 10_000 });
    expect(await globbed(folder)).toEqual([0, 1, 2]);
  });

  it('is put aside when it is a rollup: it can be made again', async () => {
    const folder = await tempFolder();
    const before = await openTestStore({ folder });
    await before.append(bar(0), bar(1));
    await before.compact({ dataset: 'candles' });
    await before.close();
    await copyFile(
      join(folder, 'rollups/15m/2025-09.parquet'),
      join(folder, 'rollups/15m/2025-09.r7.parquet'),
    );

    const after = await openTestStore({ folder });
    expect(await after.client.verify.run({ deep: true })).toMatchObject({ problems: [] });
    expect(await filesOf(join(folder, 'rollups/15m'))).toEqual(['2025-09.parquet']);
  });
});

it('counts what a copy of a segment of the log says only once, and says so', async () => {
  const folder = await tempFolder();
  const correction = candleRow({ ts: fiveMinutes(0), volume: 9 });
  for (const change of [
    (store: TestStore) => store.append(bar(0), bar(1)),
    (store: TestStore) => store.append(correction),
    (store: TestStore) => store.compact({ dataset: 'candles' }),
  ]) {
    const store = await openTestStore({ folder });
    await change(store);
    await store.close();
  }
  await copyFile(join(folder, '_wal/segment_00001.wal'), join(folder, '_wal/segment_00099.wal'));
  const after = await openTestStore({ folder });
  expect(await volumes(after)).toEqual([9, 1]);
  const { warnings } = await after.client.store.describe({});
  expect(warnings[0]).toMatch(/^_wal\/segment_00099\.wal: it repeats \d+ records/);
});

it('does not bring a file back over what somebody has put in its place', async () => {
  const store = await openTestStore();
  await store.append(bar(0));
  const [parts] = await store.compact({ dataset: 'candles' });
  const place = join(store.folder, parts!.inputs[0]!);
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, 'of somebody');
  const [dead] = await store.client.trash.list({});
  await expect(store.client.trash.restore({ job: dead!.job })).rejects.toThrow(
    `${dead!.path} was written anew since`,
  );
  expect(await readFile(place, 'utf8')).toBe('of somebody');
  await rm(place);
  await store.client.trash.restore({ job: dead!.job });
  expect(await volumes(store)).toEqual([0]);
});

it('has its log again when that is removed while it is open', async () => {
  const before = await openTestStore();
  await before.append(bar(0));
  await rm(join(before.folder, '_wal'), { recursive: true });
  await before.append(bar(1));
  await before.close();
  const after = await openTestStore({ folder: before.folder });
  expect(await volumes(after)).toEqual([0, 1]);
  expect((await after.client.verify.run({ deep: true })).problems).toEqual([]);
});
