import { candles } from '#schemas/datasets/candles';
import type { CompactionRequest } from '#shared/ipc';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine } from '../../../electron/engine/engine.ts';
import { parquetOptions } from '../../../electron/engine/parquet-options.ts';
import type { Bench, BenchFolders, Measured } from '../bench.ts';
import { copyOf } from '../stores/history-store.ts';
import { appendParts, keptStore, openHost, writeCompacted } from '../stores/make-store.ts';
import { barRow, barsSql, minuteOpens } from '../stores/minute-bars.ts';
import { sampled, timed } from '../timing.ts';

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
  keptStore(folders, 'days-2-500', async (maker) => {
    await appendParts(maker, warmUp);
    const symbols = Array.from({ length: 500 }, (_, symbol) => `S${String(symbol).padStart(3, '0')}`);
    const files = [];
    for (let day = monday; files.length < 21; day += dayMs) {
      if ([0, 6].includes(new Date(day).getUTCDay())) continue;
      const period = new Date(day).toISOString().slice(0, 10);
      files.push(await writeCompacted(maker, candles, '1m', period, barsSql(symbols, day, day + dayMs)));
    }
    await maker.store.swap(files, []);
  });

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
      const [ours, plain]: [number[], number[]] = [[], []];
      let [bytes, rows] = [0, 0];
      for (let count = 0; count < runs; count += 1) {
        const folder = await copyOf(folders, store);
        const host = await openHost(folders, folder);
        await host.handlers.compaction.run({ dataset: 'candles', timeframe: '2m' }, never, 'cli');
        const inputs = [...host.store.catalog.files()]
          .filter(({ timeframe }) => timeframe === request.timeframe)
          .map(({ path }) => join(folder, path));
        plain.push(await rawCopy(inputs, join(folders.scratch, 'raw.parquet')));
        ours.push(
          await timed(async () => {
            const [report] = await host.handlers.compaction.run(request, never, 'cli');
            bytes = report?.sizeBytesAfter ?? 0;
            rows = report?.rowsOut ?? 0;
          }),
        );
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

async function rawCopy(inputs: readonly string[], output: string): Promise<number> {
  const engine = await createEngine({ threads: 2, memoryLimit: '2GB', trustsFileNames: false });
  try {
    const list = `[${inputs.map((path) => `'${path}'`).join(', ')}]`;
    return await timed(() =>
      engine.run(
        `COPY (SELECT * FROM read_parquet(${list}) ORDER BY symbol, ts) TO '${output}' (${parquetOptions({ by: 'bench' })})`,
      ),
    );
  } finally {
    engine.close();
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
];
