import { candles } from '#schemas/datasets/candles';
import { createHash } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createOwnership } from '../../../electron/host/ownership.ts';
import { diskFs } from '../../../electron/platform/fs.ts';
import { takeOwnerLock } from '../../../electron/platform/owner-lock.ts';
import { encodePart } from '../../../electron/storage/part-writer.ts';
import { defaultStoreSettings, Store, type StoreSettings } from '../../../electron/storage/store.ts';
import { encodeEntry } from '../../../electron/storage/log-entry.ts';
import { encodeRecord } from '../../../electron/storage/wal-format.ts';
import { medians, type Bench, type BenchFolders } from '../bench.ts';
import { barRow, minuteOpens } from '../stores/minute-bars.ts';
import { pause, sampleByTurns, sampled, timed } from '../timing.ts';

const day = Date.UTC(2025, 8, 1);

/** Every question of a bench is put to the store itself: what a caller waits for is its promise. */
async function openStore(folder: string, settings: Partial<StoreSettings> = {}): Promise<Store> {
  await mkdir(folder, { recursive: true });
  const lock = await takeOwnerLock(join(folder, 'owner.json'));
  if ('heldBy' in lock) throw new Error(`${folder} is in use`);
  return Store.open({
    ensureOwned: createOwnership(lock, folder).ensure,
    fs: diskFs(folder),
    clock: Date.now,
    encodePart,
    settings: { ...defaultStoreSettings, ...settings },
    storeId: 'bench',
    access: 'owner',
  });
}

function appender(store: Store) {
  const opens = minuteOpens(day, 200_000);
  let next = 0;
  return (symbol = 'SPY') => {
    const row = barRow(symbol, '1m', opens[next++ % opens.length]!);
    return store.append([{ dataset: candles.name, version: candles.version, rows: [row] }]);
  };
}

/** What the disk takes for one record, with nothing around it. */
async function bareLog(folder: string) {
  await mkdir(folder, { recursive: true });
  const file = await open(join(folder, 'bare.log'), 'ax');
  const batch = { dataset: candles.name, version: 1, rows: [barRow('SPY', '1m', day)] };
  const record = encodeRecord(1, encodeEntry({ kind: 'rows', batches: [batch] }));
  return {
    write: async () => {
      await file.write(record);
      await file.datasync();
    },
    close: () => file.close(),
  };
}

const part: Bench = {
  name: 'part-append',
  async run({ scratch }) {
    const store = await openStore(join(scratch, 'store'), { rowsPerPart: 1, partDelayMs: 3_600_000 });
    const append = appender(store);
    const folder = join(scratch, 'plain');
    await mkdir(folder);
    const plainPart = async (index: number) => {
      const bytes = await encodePart(candles, [barRow('SPY', '1m', day + index)], {
        'tapedeck.store': 'bench',
      });
      createHash('sha256').update(bytes).digest('hex');
      const file = await open(join(folder, `.${index}`), 'wx');
      await file.write(bytes);
      await file.sync();
      await file.close();
      await rename(join(folder, `.${index}`), join(folder, `part-${index}.parquet`));
    };
    const ourPart = async () => {
      await append();
      await store.flushParts();
    };
    try {
      await ourPart();
      const { ours, plain } = await sampleByTurns(200, ourPart, plainPart);
      const note =
        'a row acknowledged, in a part of its own and in the catalog; plain: encode, fsync, rename';
      return [medians('part-append', { ours, plain }, note)];
    } finally {
      await store.close();
    }
  },
};

const one: Bench = {
  name: 'append-1-caller',
  async run({ scratch }) {
    const store = await openStore(join(scratch, 'store'));
    const append = appender(store);
    const log = await bareLog(join(scratch, 'plain'));
    try {
      await append();
      const { ours, plain } = await sampleByTurns(500, () => append(), log.write);
      const note = 'one caller, each row acknowledged; plain: write and fdatasync of the same record';
      return [medians('append-1-caller', { ours, plain }, note)];
    } finally {
      await log.close();
      await store.close();
    }
  },
};

const many: Bench = {
  name: 'append-64-callers',
  async run({ scratch }: BenchFolders) {
    const store = await openStore(join(scratch, 'store'));
    const append = appender(store);
    const log = await bareLog(join(scratch, 'plain'));
    try {
      const plain: number[] = [];
      for (let count = 0; count < 200; count += 1) plain.push(await timed(log.write));
      const sustained = await paced(append, { callers: 64, rowsPerSecond: 2_000, seconds: 8 });
      const started = performance.now();
      const burst: number[] = [];
      await Promise.all(
        Array.from({ length: 64 }, async () => {
          for (let count = 0; count < 500; count += 1) burst.push(await timed(() => append()));
        }),
      );
      const burstRate = (64 * 500) / ((performance.now() - started) / 1_000);
      const bare = sampled(plain).p50;
      return [
        {
          name: 'append-64-sustained',
          ours: sustained.p50,
          plain: bare,
          p50: sustained.p50,
          p99: sustained.p99,
          unit: 'ms',
          note: '2,000 rows/s from 64 callers while parts are written; plain: one fdatasync',
        },
        {
          name: 'append-64-burst',
          ours: burstRate,
          plain: 1_000 / bare,
          p50: sampled(burst).p50,
          p99: sampled(burst).p99,
          unit: 'rows/s',
          note: '64 callers as fast as they can, acknowledged; p50 and p99 in ms; plain: one fdatasync a row',
        },
      ];
    } finally {
      await log.close();
      await store.close();
    }
  },
};

/** Callers that together hand in so many rows a second, each waiting for its last one. */
export async function paced(
  append: (symbol?: string) => Promise<unknown>,
  { callers, rowsPerSecond, seconds }: { callers: number; rowsPerSecond: number; seconds: number },
) {
  const samples: number[] = [];
  const until = performance.now() + seconds * 1_000;
  const everyMs = (callers * 1_000) / rowsPerSecond;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      let due = performance.now() + (caller * everyMs) / callers;
      while (due < until) {
        const wait = due - performance.now();
        if (wait > 0) await pause(wait);
        samples.push(await timed(() => append(`S${caller % 16}`)));
        due += everyMs;
      }
    }),
  );
  return sampled(samples);
}

export const appendBenches = [part, one, many];
