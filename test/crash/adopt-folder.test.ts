import { describe, expect, it } from 'vitest';
import { createEngine } from '../../electron/engine/engine.ts';
import { createAdoptFolder } from '../../electron/jobs/adopt/adopt-folder.ts';
import { undoAdoption } from '../../electron/jobs/adopt/undo-adoption.ts';
import { createPartitionLocks } from '../../electron/jobs/partition-locks.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { diskFs, type Fs } from '../../electron/platform/fs.ts';
import { encodePart } from '../../electron/storage/part-writer.ts';
import { defaultStoreSettings, Store } from '../../electron/storage/store.ts';
import { foreignFolder, stateOf } from '../helpers/foreign-folder.ts';

const storeId = 'store';

const createTestEngine = () => createEngine({ threads: 1, memoryLimit: '256MB', trustsFileNames: false });

/** A disk that takes so many changes and then no more, as if the power had gone. */
function dyingFs(root: string, changes: number): { readonly fs: Fs; readonly asked: () => number } {
  const disk = diskFs(root);
  let left = changes;
  const mortal =
    <Args extends readonly unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      left -= 1;
      if (left < 0) throw Object.assign(new Error('the power is gone'), { code: 'EIO' });
      return act(...args);
    };
  return {
    asked: () => changes - left,
    fs: {
      ...disk,
      create: async (path) => {
        const file = await mortal(disk.create)(path);
        return { write: mortal(file.write), sync: mortal(file.sync), close: file.close };
      },
      makeFolder: mortal(disk.makeFolder),
      link: mortal(disk.link),
      rename: mortal(disk.rename),
      remove: mortal(disk.remove),
      removeEmptyFolder: mortal(disk.removeEmptyFolder),
      truncate: mortal(disk.truncate),
      syncFile: mortal(disk.syncFile),
      syncFolder: mortal(disk.syncFolder),
    },
  };
}

async function adopt(root: string, fs: Fs) {
  const store = await Store.open({
    fs,
    clock: systemClock,
    encodePart,
    settings: defaultStoreSettings,
    storeId,
    access: 'owner',
  });
  try {
    if (store.sequence === 0) await store.checkpoint();
    const run = createAdoptFolder({
      store,
      root,
      storeId,
      zone: 'America/New_York',
      clock: systemClock,
      trashDays: 7,
      locks: createPartitionLocks(),
      createEngine: createTestEngine,
    });
    await run({});
    return store;
  } finally {
    await store.close().catch(() => undefined);
  }
}

/** Rows of the living files by what they are in: nothing may be missing, nothing may be there twice. */
function contentOf({ catalog, tail }: Store): string[] {
  const files = [...catalog.files()].flatMap(({ dataset, timeframe, spans }) =>
    spans.map(
      ({ symbol, rows, first, last }) => `${dataset} ${timeframe} ${symbol} ${rows} ${first} ${last}`,
    ),
  );
  return [...files, ...(tail.pendingCount > 0 ? ['pending rows'] : [])].sort();
}

describe('an adoption that is cut short', () => {
  it('can be run again to the same end, wherever it was cut', async () => {
    const whole = await foreignFolder();
    const counting = dyingFs(whole, 1_000_000);
    const expected = contentOf(await adopt(whole, counting.fs));
    const changes = counting.asked();
    expect(changes).toBeGreaterThan(100);
    for (let cut = 0; cut < changes; cut += Math.ceil(changes / 16)) {
      const root = await foreignFolder();
      await adopt(root, dyingFs(root, cut).fs).catch(() => undefined);
      const found = contentOf(await adopt(root, diskFs(root)));
      expect([cut, found]).toEqual([cut, expected]);
    }
  });

  it('can be undone to the folder as it was, even when all but its end has come', async () => {
    const root = await foreignFolder();
    const before = await stateOf(root);
    const sinceMs = Date.now();
    await adopt(root, diskFs(root));
    await undoAdoption({ fs: diskFs(root), root, storeId, sinceMs, createEngine: createTestEngine });
    expect(await stateOf(root)).toEqual(before);
  });
});
