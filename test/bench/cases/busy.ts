import { candles } from '#schemas/datasets/candles';
import type { Bench, Measured } from '../bench.ts';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { readStoreFile, writeStoreFile } from '../../../electron/documents/store-file.ts';
import { defaultStoreSettings } from '../../../electron/storage/store.ts';
import { copyOf, historyStore, historyUntil } from '../stores/history-store.ts';
import { openHost } from '../stores/make-store.ts';
import { barRow, minuteOpens } from '../stores/minute-bars.ts';
import { pause, sampled, timed, type Sampled } from '../timing.ts';
import { paced } from './append.ts';
import { monthOfDays } from './compaction.ts';
import { ask, windows } from './viewport.ts';
import type { StoreHost } from '../../../electron/store-host.ts';

const never = new AbortController().signal;

/** Viewports as a panning hand asks for them, with room between for everything else. */
async function pan(host: StoreHost, isOver: () => boolean): Promise<Sampled> {
  const questions = windows(400, 90);
  const samples: number[] = [];
  for (let index = 0; !isOver(); index += 1) {
    const question = questions[index % questions.length]!;
    samples.push(await timed(() => ask(host, question)));
    await pause(4);
  }
  return sampled(samples);
}

function after(seconds: number): () => boolean {
  const until = performance.now() + seconds * 1_000;
  return () => performance.now() > until;
}

function measured(name: string, ours: Sampled, plain: Sampled, note: string): Measured {
  return { name, ours: ours.p99, plain: plain.p99, p50: ours.p50, p99: ours.p99, unit: 'ms', note };
}

/** As many rows a part as a store has unless it is told otherwise: that of the bench was made with one. */
async function withUsualParts(folder: string): Promise<void> {
  const document = await readStoreFile(folder);
  if (document === null) throw new Error(`${folder} is no store`);
  const { rowsPerPart } = defaultStoreSettings;
  await writeStoreFile(folder, { ...document, settings: { ...document.settings, rowsPerPart } });
}

const whileAppending: Bench = {
  name: 'viewport-while-appending',
  async run(folders) {
    const folder = await copyOf(folders, await historyStore(folders, 10_000));
    await withUsualParts(folder);
    const host = await openHost(folders, folder);
    try {
      for (const question of windows(400, 90)) await ask(host, question);
      const idle = await pan(host, after(6));
      const opens = minuteOpens(historyUntil, 400_000).slice(10_000);
      let next = 0;
      const append = () => {
        const row = barRow('SPY', '1m', opens[next++]!);
        return host.store.append([{ dataset: candles.name, version: candles.version, rows: [row] }]);
      };
      const appending = paced(append, { callers: 64, rowsPerSecond: 2_000, seconds: 12 });
      const busy = await pan(host, after(12));
      const acknowledged = await appending;
      return [
        measured(
          'viewport-while-appending',
          busy,
          idle,
          'p99 with 2,000 rows/s coming in, 10,000 loose parts, up to 256 rows a new one; plain: p99 when idle',
        ),
        {
          name: 'append-while-panning',
          ours: acknowledged.p99,
          plain: acknowledged.p50,
          p50: acknowledged.p50,
          p99: acknowledged.p99,
          unit: 'ms',
          note: 'acknowledgements of the same run; plain: their median',
        },
      ];
    } finally {
      await host.close();
    }
  },
};

const whileCompacting: Bench = {
  name: 'viewport-while-compacting',
  async run(folders) {
    const history = await openHost(folders, await copyOf(folders, await historyStore(folders, 1_000)));
    const busyFolder = join(folders.scratch, 'busy');
    await cp(await monthOfDays(folders), busyFolder, { recursive: true });
    const compacting = await openHost(folders, busyFolder);
    try {
      for (const question of windows(400, 90)) await ask(history, question);
      const idle = await pan(history, after(6));
      let isDone = false;
      const running = compacting.handlers.compaction
        .run({ dataset: 'candles', month: '2025-09' }, never, 'cli')
        .finally(() => (isDone = true));
      const busy = await pan(history, () => isDone);
      await running;
      return [
        measured(
          'viewport-while-compacting',
          busy,
          idle,
          'p99 while four million rows are merged in the same program; plain: p99 when idle',
        ),
      ];
    } finally {
      await history.close();
      await compacting.close();
    }
  },
};

export const busyBenches = [whileAppending, whileCompacting];
