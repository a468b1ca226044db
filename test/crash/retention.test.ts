import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRetainKind } from '../../electron/jobs/retention/retain-job.ts';
import { createHolds } from '../../electron/jobs/retention/holds.ts';
import { createPartitionLocks } from '../../electron/jobs/partition-locks.ts';
import { noRollups } from '../../electron/jobs/rollups/rollups.ts';
import { moveToTrash } from '../../electron/jobs/trash/move-to-trash.ts';
import type { Fs } from '../../electron/platform/fs.ts';
import { runnerOf } from '../helpers/run-job.ts';
import type { ModelDisk } from './model/model-disk.ts';
import { createModelFs } from './model/model-fs.ts';
import { openModelStore, type ModelStore } from './model/model-store.ts';
import { afterPowerCut, powerCuts } from './model/power-cut.ts';
import { readBack } from './model/read-back.ts';
import { openStage } from './model/stage.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

/** Everything older than a day goes. */
function retain({ store }: ModelStore, fs: Fs, nowMs: number) {
  const policy = { dataset: 'candles', timeframe: null, isOn: true, maxAgeDays: 1 };
  return runnerOf(
    createRetainKind({
      store,
      clock: () => nowMs,
      locks: createPartitionLocks(),
      holds: createHolds(
        fs,
        () => nowMs,
        () => 'a',
      ),
      trashDays: 1,
      zone: 'UTC',
      settings: () => ({
        policies: [{ ...policy, maxSizeBytes: null, maxSizeBytesPerSymbol: null, exclude: [] }],
        guardrails: { minAgeDays: 0, maxSharePercent: 100, keepRollupSources: false, keepOpenObjects: true },
      }),
      refreshAround: noRollups,
      openObjects: () => Promise.resolve([]),
    }),
  )({});
}

const rowsOf = async ({ store }: ModelStore) => [...(await readBack(store)).visible.values()].sort();

it('removes all of its files or none, at whatever call the power goes, and a restore has all of them', async () => {
  interface Moment {
    readonly call: number;
    readonly disk: ModelDisk;
    readonly isDone: boolean;
  }
  const moments: Moment[] = [];
  const phase = { isRunning: false, isDone: false };
  const fs = createModelFs({
    onCall: ({ number: call }, disk) => {
      if (phase.isRunning) moments.push({ call, disk, isDone: phase.isDone });
      return null;
    },
  });
  const stage = await openStage(fs);
  await stage.append(stage.bar('SPY', 0, 0), stage.bar('QQQ', 0, 5), stage.bar('SPY', 9, 0));
  await stage.at().store.flushParts();
  await stage.at().compaction.run({});
  await stage.append(stage.bar('SPY', 0, 10));
  await stage.at().store.flushParts();
  const before = await rowsOf(stage.at());
  stage.passDays(9);
  phase.isRunning = true;
  const report = await retain(stage.at(), fs, stage.now());
  phase.isDone = true;
  await fs.size('store.json');
  const after = await rowsOf(stage.at());
  expect([before.length, after.length, report.files.length]).toEqual([4, 1, 2]);

  const seen = { before: 0, after: 0 };
  for (const { call, disk, isDone } of moments) {
    for (const cut of powerCuts(call)) {
      const name = `call ${call}, ${cut.name}`;
      const woken = createModelFs({ disk: afterPowerCut(disk, cut) });
      const opened = await openModelStore(woken, { clock: stage.now });
      const { faults } = await readBack(opened.store);
      const rows = await rowsOf(opened);
      expect(faults, name).toEqual([]);
      const isAfter = rows.length === after.length;
      expect(rows, name).toEqual(isAfter ? after : before);
      if (isDone) expect(isAfter, name).toBe(true);
      seen[isAfter ? 'after' : 'before'] += 1;
      if (isAfter) {
        await moveToTrash(opened.store);
        await opened.trash.restore(report.job);
        expect(await rowsOf(opened), name).toEqual(before);
      } else {
        expect((await retain(opened, woken, stage.now())).files, name).toEqual(report.files);
        expect(await rowsOf(opened), name).toEqual(after);
      }
      vi.clearAllTimers();
    }
  }
  expect(seen.before).toBeGreaterThan(10);
  expect(seen.after).toBeGreaterThan(10);
});
