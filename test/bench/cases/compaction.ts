import { candles } from '#schemas/datasets/candles';
import { compressionProfile } from '#shared/domain/compression';
import type { CompactionRequest } from '#shared/ipc';
import { cp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createCompactor, type Compactor } from '../../../electron/jobs/compactor.ts';
import { mergeAndSwitch, type MergeParts } from '../../../electron/jobs/merge-job.ts';
import { createPartitionLocks } from '../../../electron/jobs/partition-locks.ts';
import { forkFrom } from '../../../electron/platform/fork-child.ts';
import { moveToTrash } from '../../../electron/jobs/trash/move-to-trash.ts';
import { planCompaction } from '../../../electron/storage/plan-compaction.ts';
import type { Store } from '../../../electron/storage/store.ts';
import type { Bench, BenchFolders, Measured } from '../bench.ts';
import { copyOf } from '../stores/history-store.ts';
import { appendParts, keptStore, openHost, writeCompacted, type StoreMaker } from '../stores/make-store.ts';
import { barRow, barsSql, minuteOpens, walkSql } from '../stores/minute-bars.ts';
import { sampled, timed } from '../timing.ts';
import { rawCopy } from './raw-copy.ts';

const dayMs = 86_400_000;
const monday = Date.UTC(2025, 8, 1);
const never = new AbortController().signal;

/** Two parts to be merged first: the process that merges is there already, as it is for all but the first of a batch. */
const warmUp = [0, 1].map((index) => barRow('SPY', '2m', monday + index * 120_000));

/** A day of one symbol's minutes, one row a part. */
export const dayOfParts = (folders: BenchFolders) =>
  keptStore(folders, 'parts-2-390', (maker) =>
    appendParts(maker, [...warmUp, ...minuteOpens(monday, 390).map((ts) => barRow('SPY', '1m', ts))]),
  );

/** A day with ten thousand one-row parts. */
export const tenThousandParts = (folders: BenchFolders) =>
  keptStore(folders, 'parts-2-10000', (maker) =>
    appendParts(maker, [
      ...warmUp,
      ...minuteOpens(monday, 390).flatMap((ts) =>
        Array.from({ length: 26 }, (_, symbol) => barRow(`S${String(symbol).padStart(2, '0')}`, '1m', ts)),
      ),
    ]),
  );

/** A month of day files of five hundred symbols: four million rows. */
export const monthOfDays = (folders: BenchFolders) =>
  keptStore(folders, 'days-3-500', (maker) => writeDays(maker, 500, barsSql));

/** The same of a hundred symbols whose prices walk at random by the cent, as traded ones do. */
const monthOfWalks = (folders: BenchFolders) =>
  keptStore(folders, 'walks-2-100', (maker) => writeDays(maker, 100, walkSql));

async function writeDays(maker: StoreMaker, count: number, rowsSql: typeof barsSql): Promise<void> {
  await appendParts(maker, warmUp);
  const symbols = Array.from({ length: count }, (_, symbol) => `S${String(symbol).padStart(3, '0')}`);
  const files = [];
  for (let day = monday; files.length < 21; day += dayMs) {
    if ([0, 6].includes(new Date(day).getUTCDay())) continue;
    const period = new Date(day).toISOString().slice(0, 10);
    files.push(await writeCompacted(maker, candles, '1m', period, rowsSql(symbols, day, day + dayMs)));
  }
  await maker.store.swap(files, []);
}

function compaction(
  name: string,
  make: (folders: BenchFolders) => Promise<string>,
  request: CompactionRequest,
  runs: number,
): Bench {
  return {
    name,
    async run(folders) {
      const store = await make(folders);
      const [ours, plain, all]: [number[], number[], number[]] = [[], [], []];
      let [bytes, rows] = [0, 0];
      for (let count = 0; count < runs; count += 1) {
        const folder = await copyOf(folders, store);
        const host = await openHost(folders, folder);
        const compactor = createCompactor(forkFrom(folders.programs));
        const merging = mergingParts(folder, host.store, compactor);
        await mergeAll(merging, { dataset: 'candles', timeframe: '2m' });
        const inputs = [...host.store.catalog.files()]
          .filter(({ timeframe }) => timeframe === request.timeframe)
          .map(({ path }) => join(folder, path));
        plain.push(await rawCopy({ inputs, output: join(folders.scratch, 'raw.parquet') }));
        ours.push(
          await timed(async () => {
            const [report] = await mergeAll(merging, request);
            bytes = report?.sizeBytesAfter ?? 0;
            rows = report?.rowsOut ?? 0;
          }),
        );
        compactor.close();
        all.push(await withAllThatFollows(folders, store, request));
        await host.close();
        await rm(folder, { recursive: true });
      }
      const note = `${rows} rows, verified, flushed and committed; plain: one ordered COPY, not flushed`;
      const measured: Measured[] = [
        {
          name,
          ours: sampled(ours).p50,
          plain: sampled(plain).p50,
          p50: sampled(ours).p50,
          p99: sampled(ours).p99,
          unit: 'ms',
          note,
        },
      ];
      measured.push({
        name: `${name}-and-rollups`,
        ours: sampled(all).p50,
        plain: sampled(plain).p50,
        p50: sampled(all).p50,
        p99: sampled(all).p99,
        unit: 'ms',
        note: 'with the rollups and averages made anew that follow from it; plain: that COPY',
      });
      if (request.month !== undefined) {
        const raw = (await stat(join(folders.scratch, 'raw.parquet'))).size;
        measured.push({
          name: `${name}-size`,
          ours: bytes / rows,
          plain: raw / rows,
          p50: null,
          p99: null,
          unit: 'bytes/row',
          note: 'plain: the output of that COPY',
        });
      }
      return measured;
    },
  };
}

function mergingParts(root: string, store: Store, compactor: Compactor): MergeParts {
  return {
    store,
    root,
    storeId: 'bench',
    compactor,
    locks: createPartitionLocks(),
    clock: Date.now,
    trashDays: 7,
    calendarOf: () => 'us-equity',
    compressionFor: () => compressionProfile('high-volume'),
  };
}

/** The merges alone, without what is made of their output. */
async function mergeAll(parts: MergeParts, { timeframe, day, month }: CompactionRequest) {
  const plan = planCompaction(parts.store.catalog.files(), {
    dataset: candles,
    timeframe,
    level: month === undefined ? 'day' : 'month',
    period: month ?? day,
  });
  const reports = [];
  for (const merge of plan) reports.push(await mergeAndSwitch(parts, merge, { keepParts: false }));
  await moveToTrash(parts.store);
  return reports;
}

/** What a user waits for who compacts. */
async function withAllThatFollows(
  folders: BenchFolders,
  store: string,
  request: CompactionRequest,
): Promise<number> {
  const folder = join(folders.scratch, 'all');
  await cp(store, folder, { recursive: true });
  const host = await openHost(folders, folder);
  try {
    await host.handlers.compaction.run({ dataset: 'candles', timeframe: '2m' }, never, 'cli');
    return await timed(() => host.handlers.compaction.run(request, never, 'cli'));
  } finally {
    await host.close();
    await rm(folder, { recursive: true });
  }
}

export const compactionBenches = [
  compaction('compact-390-parts', dayOfParts, { dataset: 'candles', timeframe: '1m', day: '2025-09-01' }, 5),
  compaction(
    'compact-10000-parts',
    tenThousandParts,
    { dataset: 'candles', timeframe: '1m', day: '2025-09-01' },
    3,
  ),
  compaction('compact-21-days', monthOfDays, { dataset: 'candles', timeframe: '1m', month: '2025-09' }, 3),
  compaction(
    'compact-21-days-walk',
    monthOfWalks,
    { dataset: 'candles', timeframe: '1m', month: '2025-09' },
    3,
  ),
];
