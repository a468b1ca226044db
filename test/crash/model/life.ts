import { moveToTrash } from '../../../electron/jobs/trash/move-to-trash.ts';
import type { Stage } from './stage.ts';
import type { ModelStore } from './model-store.ts';

export interface Step {
  readonly name: string;
  readonly run: (stage: Stage) => Promise<unknown>;
}

const compactDay = (day: string, keepParts = false): Step => ({
  name: `compact ${day}`,
  run: ({ at }) => at().compaction.run({ dataset: 'candles', timeframe: '5m', day, keepParts }),
});
const flush: Step = { name: 'write parts', run: ({ at }) => at().store.flushParts() };
const checkpoint: Step = { name: 'take a checkpoint', run: ({ at }) => at().store.checkpoint() };
const purge: Step = { name: 'purge the trash', run: ({ at }) => at().trash.purge() };
const reopen: Step = { name: 'close and open', run: (stage) => stage.reopen() };
const wait = (days: number): Step => ({
  name: `let ${days} days pass`,
  run: async ({ passDays }) => passDays(days),
});
const undo = (verb: string, partition: string): Step => ({
  name: `undo: ${verb} ${partition}`,
  run: async ({ at }) => {
    await moveToTrash(at().store);
    await at().trash.restore(jobOf(at(), verb, partition));
  },
});
const step = (name: string, run: Step['run']): Step => ({ name, run });

/** All that happens in the life of a store, in an order in which each step has something to trip over. */
export const life: readonly Step[] = [
  step('append from three callers at once', ({ append, bar, event }) =>
    together(
      append(bar('SPY', 0, 0), bar('SPY', 0, 5)),
      append(bar('QQQ', 0, 0)),
      append(event('level-1', 0), bar('SPY', 1, 0)),
    ),
  ),
  flush,
  step('correct a bar that has its part', ({ append, bar }) => append(bar('SPY', 0, 5), bar('SPY', 0, 10))),
  flush,
  compactDay('2025-09-03'),
  step('append late bars of a compacted day', ({ append, bar }) =>
    append(bar('SPY', 0, 10), bar('SPY', 0, 15)),
  ),
  reopen,
  step('append while late parts are compacted', ({ append, bar, event, at }) =>
    together(
      at().compaction.run({ dataset: 'candles', timeframe: '5m', day: '2025-09-03' }),
      append(bar('SPY', 0, 20)),
      append(bar('SPY', 1, 5)).then(() => append(bar('SPY', 1, 10), event('level-2', 0))),
    ),
  ),
  checkpoint,
  undo('compact', '2025-09-03'),
  compactDay('2025-09-03'),
  step('replace a day of one symbol while more arrives', ({ append, bar, replaceDay }) =>
    together(
      replaceDay('2025-09-03', bar('SPY', 0, 5), bar('SPY', 0, 30)),
      append(bar('QQQ', 0, 30), bar('SPY', 1, 20)),
    ),
  ),
  step('append behind a checkpoint', ({ append, bar }) => append(bar('SPY', 1, 15), bar('QQQ', 1, 15))),
  reopen,
  compactDay('2025-09-04', true),
  step('compact all objects', ({ at }) => at().compaction.run({ dataset: 'objects' })),
  wait(2),
  purge,
  step('compact days to a month', ({ at }) =>
    at().compaction.run({ dataset: 'candles', timeframe: '5m', month: '2025-09' }),
  ),
  step('append to a compacted month', ({ append, bar }) => append(bar('SPY', 1, 15), bar('SPY', 2, 0))),
  step('replace a day of a compacted month', ({ bar, replaceDay }) =>
    replaceDay('2025-09-04', bar('SPY', 1, 25)),
  ),
  flush,
  compactDay('2025-09-05'),
  step('take a checkpoint while rows come', ({ append, bar, at }) =>
    together(
      at().store.checkpoint(),
      append(bar('SPY', 2, 15)).then(() => append(bar('SPY', 2, 20))),
      append(bar('QQQ', 2, 15)),
    ),
  ),
  step('append and write parts at once', ({ append, bar, event, at }) =>
    together(
      append(bar('SPY', 2, 5)),
      at().store.flushParts(),
      append(bar('SPY', 2, 10), event('level-1', 1)),
    ),
  ),
  step('compact the month again', ({ at }) =>
    at().compaction.run({ dataset: 'candles', timeframe: '5m', month: '2025-09' }),
  ),
  wait(2),
  purge,
  step('move the month to the warm tier', ({ at }) => at().migrate({ dataset: 'candles' })),
  step('append to a month in another tier', ({ append, bar }) => append(bar('SPY', 1, 30))),
  step('compact the month where it lies', ({ at }) =>
    at().compaction.run({ dataset: 'candles', timeframe: '5m', month: '2025-09' }),
  ),
  step('bring the month back', ({ at }) => at().migrate({ isBack: true })),
  step('append at the end', ({ append, bar }) => append(bar('SPY', 3, 0))),
  step('compact the month and what is loose to a year', ({ at }) =>
    at().compaction.run({ dataset: 'candles', timeframe: '5m', year: '2025' }),
  ),
  reopen,
];

/** The last job of this kind that left something in the trash. */
function jobOf({ trash }: ModelStore, verb: string, partition: string): string {
  const found = trash.list().findLast(({ job }) => job.startsWith(verb) && job.includes(`-${partition}-`));
  if (found === undefined) throw new Error(`Nothing in the trash is from a job to ${verb} ${partition}`);
  return found.job;
}

/** Waits for all of them, also when one fails. */
async function together(...acts: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(acts)) if (result.status === 'rejected') throw result.reason;
}
