import { candles } from '#schemas/datasets/candles';
import { medians, type Bench } from '../bench.ts';
import { createEngine } from '../../../electron/engine/engine.ts';
import { historyStore } from '../stores/history-store.ts';
import { keptStore, openHost } from '../stores/make-store.ts';
import { barRow, minuteOpens } from '../stores/minute-bars.ts';
import { sample, sampled, timed } from '../timing.ts';
import { ask, windows } from './viewport.ts';

/** Opening until the first viewport is answered: what a person waits for. */
async function opened(folders: Parameters<Bench['run']>[0], folder: string): Promise<number> {
  let host: Awaited<ReturnType<typeof openHost>> | undefined;
  const took = await timed(async () => {
    host = await openHost(folders, folder);
    await ask(host, windows(1, 1)[0]!);
  });
  await host?.close();
  return took;
}

const tail: Bench = {
  name: 'open-10000-row-tail',
  async run(folders) {
    const rows = minuteOpens(Date.UTC(2025, 8, 1), 10_000).map((ts) => barRow('SPY', '1m', ts));
    const folder = await keptStore(folders, 'tail-1-10000', async ({ store }) => {
      for (let start = 0; start < rows.length; start += 50) {
        const batch = {
          dataset: candles.name,
          version: candles.version,
          rows: rows.slice(start, start + 50),
        };
        await store.append([batch]);
        await store.flushParts();
      }
    });
    const samples: number[] = [];
    for (let count = 0; count < 7; count += 1) samples.push(await opened(folders, folder));
    const engine = await createEngine({ threads: 2, memoryLimit: '1GB', trustsFileNames: false });
    const sql = `SELECT ts::DOUBLE, open, high, low, close, volume FROM read_parquet('${folder}/data/**/*.parquet') ORDER BY ts`;
    const plain = await sample(3, () => engine.numbers(sql, []));
    engine.close();
    const ours = sampled(samples);
    const note = 'to the first viewport; plain: its rows read from their one-row files';
    return [medians('open-10000-row-tail', { ours, plain }, note)];
  },
};

const files: Bench = {
  name: 'open-50000-files',
  async run(folders) {
    const folder = await historyStore(folders, 50_000);
    const samples: number[] = [];
    for (let count = 0; count < 5; count += 1) samples.push(await opened(folders, folder));
    const engine = await createEngine({ threads: 2, memoryLimit: '1GB', trustsFileNames: false });
    const plain = await sample(1, () =>
      engine.rows(`SELECT count(*) FROM read_parquet('${folder}/data/**/*.parquet')`, []),
    );
    engine.close();
    const ours = sampled(samples);
    const note = 'to the first viewport; plain: one count over a glob';
    return [medians('open-50000-files', { ours, plain }, note)];
  },
};

export const openBenches = [tail, files];
