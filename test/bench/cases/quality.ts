import type { JobSummary } from '#shared/domain/job';
import { candles } from '#schemas/datasets/candles';
import { createEngine } from '../../../electron/engine/engine.ts';
import { dispatch } from '../../../electron/ipc/dispatch.ts';
import type { StoreHost } from '../../../electron/store-host.ts';
import type { Bench } from '../bench.ts';
import { keptStore, openHost, writeCompacted } from '../stores/make-store.ts';
import { walkSql } from '../stores/minute-bars.ts';
import { sample, sampled, timed } from '../timing.ts';

const symbols = Array.from({ length: 50 }, (_, index) => `S${String(index + 1).padStart(2, '0')}`);
const year = 2024;

/** How good a year of 1m bars of fifty symbols is, in month files. */
const yearOfFifty: Bench = {
  name: 'quality-year-50-symbols',
  async run(folders) {
    const folder = await keptStore(folders, 'quality-1-50', async (maker) => {
      const files = [];
      for (let month = 0; month < 12; month += 1) {
        const [from, until] = [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
        const period = new Date(from).toISOString().slice(0, 7);
        files.push(await writeCompacted(maker, candles, '1m', period, walkSql(symbols, from, until)));
      }
      await maker.store.swap(files, []);
    });
    const engine = await createEngine({ threads: 2, memoryLimit: '1GB', trustsFileNames: false });
    const sql = `SELECT symbol, ts // 86400000 AS day, count(*), min(low), max(high), sum(volume)
      FROM read_parquet('${folder}/data/1m/*.parquet') GROUP BY ALL`;
    const [first, plain]: [number[], number[]] = [[], []];
    let again = sampled([]);
    try {
      for (let round = 0; round < 5; round += 1) {
        const host = await openHost(folders, folder, 'reader');
        try {
          first.push(await timed(() => assessAll(host)));
          plain.push(await timed(() => engine.rows(sql, [])));
          if (round === 4) again = await sample(10, () => assessAll(host));
        } finally {
          await host.close();
        }
      }
    } finally {
      engine.close();
    }
    const [ours, scan] = [sampled(first), sampled(plain)];
    const unit = 'ms';
    return [
      {
        ...{
          name: 'quality-year-50-symbols',
          unit,
          ours: ours.p50,
          plain: scan.p50,
          p50: ours.p50,
          p99: ours.p99,
        },
        note: 'all rules over 5 million rows; plain: one GROUP BY over the same files, by symbol and day',
      },
      {
        ...{
          name: 'quality-year-50-again',
          unit,
          ours: again.p50,
          plain: scan.p50,
          p50: again.p50,
          p99: again.p99,
        },
        note: 'the same once more, nothing having changed',
      },
    ];
  },
};

async function assessAll({ handlers }: StoreHost): Promise<void> {
  const begun = await dispatch(handlers, 'quality.startCheck', {});
  if (!begun.ok) throw new Error(begun.message);
  const ended = await dispatch(handlers, 'jobs.wait', { id: (begun.value as JobSummary).id });
  if (!ended.ok || (ended.value as JobSummary).state !== 'done') throw new Error('The check failed');
}

export const qualityBenches = [yearOfFifty];
