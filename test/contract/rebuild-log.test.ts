import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rebuildLog } from '../../electron/jobs/rebuild/rebuild-log.ts';
import { readStoreFile } from '../../electron/documents/store-file.ts';
import { scanSegment, segmentHeaderLength } from '../../electron/storage/wal-format.ts';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle, objectRow } from '../helpers/rows.ts';

const day = 86_400_000;

describe('rebuildLog', () => {
  it.each<[string, (store: TestStore) => Promise<unknown>]>([
    ['loose parts', () => Promise.resolve()],
    ['day files', (store) => store.compact()],
    ['day files whose parts were kept', (store) => store.compact({ keepParts: true })],
    [
      'a month whose days and parts were kept',
      async (store) => {
        await store.compact({ keepParts: true });
        await store.compact({ dataset: 'candles', month: '2025-09', keepParts: true });
      },
    ],
    [
      'a month made of days whose parts were kept',
      async (store) => {
        await store.compact({ keepParts: true });
        await store.compact({ dataset: 'candles', month: '2025-09' });
      },
    ],
    [
      'a day compacted again for a late bar and a correction',
      async (store) => {
        await store.compact();
        await store.append(flatCandle(50, { ts: fiveMinutes(9) }), flatCandle(51, { ts: fiveMinutes(0) }));
        await store.compact({ day: '2025-09-02' });
      },
    ],
    [
      'a correction that lies loose beside its day file',
      async (store) => {
        await store.compact();
        await store.append(flatCandle(51, { ts: fiveMinutes(0) }));
        await store.append(flatCandle(52, { ts: fiveMinutes(0) }));
      },
    ],
    [
      'a day that was replaced',
      async (store) => {
        await store.compact({ day: '2025-09-02' });
        const rows = [flatCandle(60, { ts: fiveMinutes(1) })];
        await store.client.candles.replaceDay({ timeframe: '5m', day: '2025-09-02', rows });
      },
    ],
    [
      'a compaction that was undone',
      async (store) => {
        await store.compact({ day: '2025-09-02' });
        const [dead] = await store.client.trash.list({});
        await store.client.trash.restore({ job: dead!.job });
      },
    ],
    [
      'a trash that was purged',
      async (store) => {
        await store.compact();
        for (const job of new Set((await store.client.trash.list({})).map((dead) => dead.job))) {
          await store.client.trash.purge({ job });
        }
      },
    ],
  ])('finds the same rows again in a store of %s', async (_, arrange) => {
    const { folder, before } = await setup(arrange);
    await rm(join(folder, '_wal'), { recursive: true });
    const report = await rebuildLog(folder);
    expect(report.leftOut).toEqual([]);
    expect(await seen(folder)).toEqual(before);
    expect(await check(folder)).toMatchObject({ isClean: true });
  });

  it('goes on where it stopped: later rows win over all that was there', async () => {
    const { folder } = await setup((store) => store.compact({ day: '2025-09-02' }));
    await rm(join(folder, '_wal'), { recursive: true });
    await rebuildLog(folder);
    const store = await openTestStore({ folder });
    await store.append(flatCandle(70, { ts: fiveMinutes(0) }));
    expect((await store.view()).candles[0]!.close).toBe(70);
    await store.compact({ day: '2025-09-02' });
    expect((await store.view()).candles.map(({ close }) => close)).toEqual([70, 2, 3]);
    await store.close();
    expect(await check(folder)).toMatchObject({ isClean: true });
  });

  it('carries over the rows that only the old log had, and none that a file has', async () => {
    const { folder, before } = await setup(() => Promise.resolve(), { rowsPerPart: 4_096 });
    const store = await openTestStore({ folder });
    // The folder of the next part is a file: the rows stay in the log.
    await writeFile(join(folder, 'data/5m/2025-09-08'), 'in the way');
    await store.append(flatCandle(80, { ts: fiveMinutes(0) + 6 * day }));
    await store.close();
    await rm(join(folder, 'data/5m/2025-09-08'));
    const report = await rebuildLog(folder);
    expect(report.salvagedRows).toBe(1);
    const after = await seen(folder);
    expect(after).toEqual({ ...before, closes: [...before.closes, 80] });
  });

  it('leaves the log as it is when it is stopped', async () => {
    const { folder, before } = await setup(() => Promise.resolve());
    const old = await readdir(join(folder, '_wal'));
    const stop = new AbortController();
    const stopped = rebuildLog(folder, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopped).rejects.toThrow();
    expect(await readdir(join(folder, '_wal'))).toEqual(old);
    expect(await seen(folder)).toEqual(before);
  });

  it('sets the old log aside and deletes none of it', async () => {
    const { folder } = await setup(() => Promise.resolve());
    const old = await readdir(join(folder, '_wal'));
    const { setAside } = await rebuildLog(folder);
    expect(setAside).toEqual(old.map((name) => `_rejects/_wal/${name}`));
    expect(await readdir(join(folder, '_wal'))).not.toEqual(expect.arrayContaining(old));
  });

  it('keeps the id of a store whose store.json is lost or broken', async () => {
    const { folder, before } = await setup((store) => store.compact({ day: '2025-09-02' }));
    const id = (await readStoreFile(folder))!.id;
    await rm(join(folder, 'store.json'));
    expect((await rebuildLog(folder)).storeId).toBe(id);
    await writeFile(join(folder, 'store.json'), '{"id": "half');
    expect((await rebuildLog(folder)).storeId).toBe(id);
    expect((await readStoreFile(folder))!.id).toBe(id);
    expect(await seen(folder)).toEqual(before);
  });

  it('names a file that it cannot read and takes in the others', async () => {
    const { folder } = await setup((store) => store.compact({ day: '2025-09-02' }));
    await writeFile(join(folder, 'data/5m/2025-09-02.parquet'), 'no parquet');
    await rm(join(folder, '_wal'), { recursive: true });
    const report = await rebuildLog(folder);
    expect(report.leftOut.map(({ path }) => path)).toEqual(['data/5m/2025-09-02.parquet']);
    expect((await seen(folder)).closes).toEqual([4, 5, 6, 7, 8, 9]);
  });

  it('never uses the name of an earlier writing again', async () => {
    const { folder } = await setup(async (store) => {
      await store.compact({ day: '2025-09-02' });
      await store.append(flatCandle(50, { ts: fiveMinutes(9) }));
      await store.compact({ day: '2025-09-02' });
      const [, last] = await store.client.trash
        .list({})
        .then((dead) => [...new Set(dead.map(({ job }) => job))]);
      await store.client.trash.restore({ job: last! });
    });
    await rm(join(folder, '_wal'), { recursive: true });
    await rebuildLog(folder);
    const store = await openTestStore({ folder });
    const [report] = await store.compact({ day: '2025-09-02' });
    expect(report!.output).toBe('data/5m/2025-09-02.r3.parquet');
  });

  it('finds the same rows wherever the log was cut', { timeout: 30_000 }, async () => {
    const { folder, before } = await setup(async (store) => {
      await store.append(flatCandle(51, { ts: fiveMinutes(0) }));
      await store.compact({ day: '2025-09-02' });
      await store.append(flatCandle(52, { ts: fiveMinutes(1) }));
    });
    const segment = await readFile(join(folder, '_wal/segment_00001.wal'));
    let end = segmentHeaderLength;
    for (const { payload } of scanSegment(segment).records) {
      await rm(join(folder, '_wal'), { recursive: true });
      await mkdir(join(folder, '_wal'));
      await writeFile(join(folder, '_wal/segment_00001.wal'), segment.subarray(0, end));
      await rebuildLog(folder);
      expect(await seen(folder), `${end} bytes`).toEqual(before);
      end += 4 + 8 + 32 + payload.length + 4;
    }
    expect(end).toBe(segment.length);
  });

  it('leaves a store alone that another process has open', async () => {
    const { folder } = await setup(() => Promise.resolve());
    await openTestStore({ folder });
    await expect(rebuildLog(folder)).rejects.toMatchObject({ code: 'store-owned' });
  });

  it('refuses a folder that never was a store', async () => {
    const { folder } = await setup(() => Promise.resolve());
    await expect(rebuildLog(join(folder, '_wal'))).rejects.toMatchObject({ code: 'store-missing' });
    await expect(rebuildLog(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'store-missing' });
  });
});

/** Three bars on each of three days, an object with three events; then `arrange`. */
async function setup(arrange: (store: TestStore) => Promise<unknown>, settings = {}) {
  const store = await openTestStore({ settings });
  for (const index of [0, 1, 2]) {
    await store.append(flatCandle(1 + index, { ts: fiveMinutes(index) }));
    await store.append(flatCandle(4 + index, { ts: fiveMinutes(index) + day }));
    await store.append(flatCandle(7 + index, { ts: fiveMinutes(index) + 2 * day }));
  }
  await store.appendObjects(...[1, 2, 3].map((sequence) => objectRow({ sequence, y_max: 12 + sequence })));
  await arrange(store);
  await store.close();
  return { folder: store.folder, before: await seen(store.folder) };
}

async function seen(folder: string) {
  const store = await openTestStore({ folder, access: 'read' });
  const { candles, objects } = await store.view({
    until: fiveMinutes(0) + 9 * day,
    priceMin: 0,
    priceMax: 99,
  });
  const history = await store.client.objects.history({ objectId: 'zone-1' });
  await store.close();
  return { closes: candles.map(({ close }) => close), objects, history };
}

async function check(folder: string) {
  const store = await openTestStore({ folder, access: 'read' });
  const report = await store.client.verify.run({ deep: true });
  await store.close();
  return report;
}
