import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createModelFs, type FsCall } from './model/model-fs.ts';
import { openModelStore, readerOf } from './model/model-store.ts';
import { afterPowerCut, onlyFlushed } from './model/power-cut.ts';
import { readBack } from './model/read-back.ts';
import { openStage, type Stage } from './model/stage.ts';
import { violations } from './model/violations.ts';
import type { StoreSettings } from '../../electron/storage/store.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A disk whose calls fail with a code while there is one, and a store on it. */
async function setup(settings: Partial<StoreSettings> = {}) {
  const fault: { code: string | null; hits: (call: FsCall) => boolean } = { code: null, hits: () => true };
  const fs = createModelFs({ onCall: (call) => (fault.hits(call) ? fault.code : null) });
  const stage = await openStage(fs, { settings });
  return {
    fs,
    fault,
    stage,
    /** What is missing or wrong when the power fails now. */
    afterPowerCut: async () => {
      const { store } = await openModelStore(createModelFs({ disk: afterPowerCut(fs.disk(), onlyFlushed) }));
      return violations(stage.ledger.account(), await readBack(store));
    },
  };
}

/** Lets time pass and everything happen that it sets off. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const appendOne = ({ append, bar }: Stage, minute: number) => append(bar('SPY', 0, minute));
const isSync = ({ kind, path }: FsCall) => kind === 'sync' && path.startsWith('_wal/');

describe('EveryWrite', () => {
  it('has each row on disk before it is acknowledged', async () => {
    const { stage, afterPowerCut } = await setup();
    await appendOne(stage, 0);
    expect(await afterPowerCut()).toEqual([]);
  });

  it('flushes once for all callers that wait at the same time', async () => {
    const { stage, fault } = await setup();
    await appendOne(stage, 0);
    let syncs = 0;
    fault.hits = (call) => {
      if (isSync(call)) syncs += 1;
      return false;
    };
    await Promise.all(Array.from({ length: 64 }, (_, index) => appendOne(stage, 5 + index * 5)));
    expect(syncs).toBe(1);
  });
});

describe('BatchedSync', () => {
  const settings = { durability: 'BatchedSync', partDelayMs: 60_000 } as const;

  it('may lose what was acknowledged since the last flush', async () => {
    const { stage, afterPowerCut } = await setup(settings);
    await appendOne(stage, 0);
    expect(await afterPowerCut()).toEqual([expect.stringContaining('row 1 ')]);
  });

  it('has rows on disk after a second, also when nothing more comes', async () => {
    const { stage, afterPowerCut } = await setup(settings);
    await appendOne(stage, 0);
    await pass(1_000);
    expect(await afterPowerCut()).toEqual([]);
  });

  it('writes everything anew when the system could not flush it', async () => {
    const { stage, fault, afterPowerCut } = await setup(settings);
    await appendOne(stage, 0);
    Object.assign(fault, { code: 'EIO', hits: isSync });
    await pass(1_000);
    fault.code = null;
    await pass(6_000);
    expect(await afterPowerCut()).toEqual([]);
  });
});

describe('a disk that fails for a while', () => {
  it('makes the store say so, and stops being mentioned when it is well again', async () => {
    const { stage, fault } = await setup();
    await appendOne(stage, 0);
    fault.code = 'ENOSPC';
    await expect(appendOne(stage, 5)).rejects.toMatchObject({ code: 'disk-full' });
    expect(stage.at().store.failure).toMatchObject({ code: 'disk-full' });
    fault.code = null;
    await appendOne(stage, 10);
    expect(stage.at().store.failure).toBeNull();
  });

  it('leaves rows in the log until their parts can be written, which is tried again by itself', async () => {
    const { stage, fault } = await setup();
    Object.assign(fault, { code: 'EACCES', hits: ({ path }: FsCall) => path.startsWith('data/') });
    await appendOne(stage, 0);
    await pass(250);
    expect(stage.at().store.tail.pendingCount).toBe(1);
    fault.code = null;
    await pass(6_000);
    expect(stage.at().store.tail.pendingCount).toBe(0);
  });

  it('does not leave empty segments behind, one for every try', async () => {
    const { stage, fault, fs } = await setup();
    Object.assign(fault, { code: 'ENOSPC', hits: ({ kind }: FsCall) => kind === 'write' });
    for (let minute = 0; minute < 50; minute += 5) await appendOne(stage, minute).catch(() => undefined);
    expect(await fs.list('_wal')).toEqual([]);
  });

  it('can be read from when it takes no more', async () => {
    const { stage, fault, fs } = await setup();
    await appendOne(stage, 0);
    const writing = ['create', 'write', 'makeFolder', 'rename', 'truncate', 'remove'];
    Object.assign(fault, { code: 'EROFS', hits: ({ kind }: FsCall) => writing.includes(kind) });
    const { store } = await openModelStore(fs);
    expect(violations(stage.ledger.account(), await readBack(store))).toEqual([]);
  });
});

describe('compaction', () => {
  it('writes over no file, not even over one that no record speaks of', async () => {
    const { fs, stage } = await setup();
    await appendOne(stage, 0);
    await stage.at().store.flushParts();
    const stray = await fs.create('data/5m/2025-09-03.parquet');
    await stray.write(new Uint8Array([1, 2, 3]));
    const [report] = await stage.at().compaction.run({ dataset: 'candles' });
    expect(report?.output).toBe('data/5m/2025-09-03.r2.parquet');
    expect(await fs.size('data/5m/2025-09-03.parquet')).toBe(3);
  });
});

describe('a reader', () => {
  it('never misses a row that was acknowledged before it looked, while segments come and go', async () => {
    const { fs, stage } = await setup({ segmentBytes: 512 });
    const writing = (async () => {
      for (let round = 0; round < 120; round += 1) {
        await appendOne(stage, round * 5);
        if (round % 12 === 11) await stage.at().store.checkpoint();
        if (round % 5 === 0) await stage.at().store.flushParts();
      }
    })();
    for (let look = 0; look < 120; look += 1) {
      const before = stage.ledger.account();
      const reader = await readerOf(fs);
      const { visible } = await readBack(reader);
      const rows = [...before.acknowledged].flatMap((write) => write.rows);
      expect(rows.filter(({ key }) => !visible.has(key))).toEqual([]);
    }
    await writing;
  });
});
