import { compressionProfile } from '#shared/domain/compression';
import { objects } from '#schemas/datasets/objects';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEngine, type Engine } from '../../../../electron/engine/engine.ts';
import { mergeFiles } from '../../../../electron/engine/merge-files.ts';
import { createCompaction } from '../../../../electron/jobs/compaction.ts';
import { createPartitionLocks } from '../../../../electron/jobs/partition-locks.ts';
import { systemClock } from '../../../../electron/platform/clock.ts';
import { diskFs } from '../../../../electron/platform/fs.ts';
import { createObjectReader } from '../../../../electron/queries/object-reader.ts';
import { encodePart } from '../../../../electron/storage/part-writer.ts';
import { defaultStoreSettings, Store } from '../../../../electron/storage/store.ts';
import { runnerOf } from '../../../helpers/run-job.ts';
import { fiveMinutes, storedObject } from '../../../helpers/rows.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

/** A store of objects, and a reader of it whose next look at files waits until `meanwhile` is done. */
async function setup() {
  const root = await tempFolder();
  const store = await Store.open({
    fs: diskFs(root),
    clock: systemClock,
    encodePart,
    settings: defaultStoreSettings,
    storeId: 'test',
    access: 'owner',
  });
  const engine = await createEngine({ threads: 1, memoryLimit: '256MB', trustsFileNames: true });
  let running: Promise<unknown> = Promise.resolve();
  onTestFinished(async () => {
    await running;
    await store.close();
    engine.close();
  });
  let meanwhile: () => Promise<unknown> = () => Promise.resolve();
  const interrupted: Engine = {
    ...engine,
    rows: async (...query) => {
      const act = meanwhile;
      meanwhile = () => Promise.resolve();
      await act();
      return engine.rows(...query);
    },
  };
  const { kind } = createCompaction({
    store,
    root,
    storeId: 'test',
    compactor: { merge: (_, merge) => mergeFiles(engine, objects, merge), close: () => undefined },
    locks: createPartitionLocks(),
    clock: systemClock,
    trashDays: 7,
    calendarOf: () => 'crypto',
    compressionFor: () => compressionProfile('high-volume'),
    calendar: 'crypto',
  });
  const compact = runnerOf(kind);
  const reader = createObjectReader(store, interrupted, root, 1_000);
  return {
    append: (...sequences: readonly number[]) =>
      store.append([
        {
          dataset: 'objects',
          version: 1,
          rows: sequences.map((sequence) => storedObject({ sequence, event_ts: fiveMinutes(sequence) })),
        },
      ]),
    compact: () => compact({ dataset: 'objects' }),
    /** Goes on as soon as readers are to use the new file: what it replaces waits for those who read it. */
    switchFiles: async () => {
      running = compact({ dataset: 'objects' });
      await expect
        .poll(() => [...store.catalog.files()].map(({ path }) => path))
        .toEqual(['objects/5m/2025-09.r2.parquet']);
    },
    during: (act: () => Promise<unknown>) => {
      meanwhile = act;
    },
    history: async () => (await reader.history('zone-1')).events.map(({ sequence }) => sequence),
    latest: async () => {
      const window = { symbol: 'SPY', from: 0, until: 8e15, band: null, levels: 'all' as const };
      return (await reader.read(window)).objects.map(({ sequence }) => sequence);
    },
  };
}

describe('createObjectReader', () => {
  it('tells the whole history while its events move from memory to another file', async () => {
    const { append, compact, switchFiles, during, history } = await setup();
    await append(1);
    await compact();
    await append(2);
    during(switchFiles);
    expect(await history()).toEqual([1, 2]);
    expect(await history()).toEqual([1, 2]);
  });

  it('has the last state while its event moves from memory to another file', async () => {
    const { append, compact, switchFiles, during, latest } = await setup();
    await append(1);
    await compact();
    await append(2);
    during(switchFiles);
    expect(await latest()).toEqual([2]);
    expect(await latest()).toEqual([2]);
  });

  it('takes in what was written while it read the files the next time', async () => {
    const { append, compact, during, latest, history } = await setup();
    await append(1);
    await compact();
    during(() => append(2));
    await latest();
    expect(await latest()).toEqual([2]);
    during(() => append(3));
    await history();
    expect(await history()).toEqual([1, 2, 3]);
  });
});
