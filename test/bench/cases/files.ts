import { candles } from '#schemas/datasets/candles';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../../electron/engine/engine.ts';
import { createStoreFile } from '../../../electron/documents/store-file.ts';
import { parquetOptions } from '../../../electron/engine/parquet-options.ts';
import { medians, type Bench, type BenchFolders, type Measured } from '../bench.ts';
import { keptStore, openHost, writeCompacted } from '../stores/make-store.ts';
import { walkSql } from '../stores/minute-bars.ts';
import { sampled, timed, type Sampled } from '../timing.ts';

const never = new AbortController().signal;
const runs = 3;

/** A million minutes of one symbol as CSV, times as most programs write them. */
async function millionLines({ cache }: BenchFolders): Promise<string> {
  const path = join(cache, 'million-1.csv');
  if (existsSync(path)) return path;
  const engine = await createEngine({ threads: 2, memoryLimit: '1GB', trustsFileNames: false });
  await engine.run(`COPY (
    SELECT strftime(epoch_ms(1640995200000 + place * 60000), '%Y-%m-%d %H:%M:%S') AS timestamp,
      price + 1 AS open, price + 3 AS high, price - 2 AS low, price AS close, (place * 7919 % 30011) / 1000 AS volume
    FROM (SELECT place, round(40000 + 900 * sin(place / 9e4) + 80 * sin(place / 700) + hash(place) % 2000 / 100, 2) AS price
      FROM range(1000000) AS places(place)) ORDER BY place) TO '${path}.partial' (FORMAT csv, HEADER true)`);
  engine.close();
  await rename(`${path}.partial`, path);
  return path;
}

const importCsv: Bench = {
  name: 'import-csv-million',
  async run(folders) {
    const csv = await millionLines(folders);
    const [stored, all, plain]: [number[], number[], number[]] = [[], [], []];
    for (let count = 0; count < runs; count += 1) {
      plain.push(await withEngine((engine) => timed(() => engine.run(plainImport(csv, folders)))));
      const folder = join(folders.scratch, `store-${count}`);
      await createStoreFile(folder, 0, { settings: { zone: 'UTC', defaultCalendar: 'crypto' } });
      const host = await openHost(folders, folder);
      const startedMs = performance.now();
      const request = { files: [csv], symbol: 'BTC', timeframe: '1m', zone: 'UTC' };
      const { id } = await host.handlers.imports.start(request, never, 'cli');
      while ((await host.handlers.symbols.list({}, never, 'cli')).length === 0)
        await new Promise((resume) => setTimeout(resume, 10));
      stored.push(performance.now() - startedMs);
      const { state } = await host.handlers.jobs.wait({ id }, never, 'cli');
      if (state !== 'done') throw new Error(`The import is ${state}`);
      all.push(performance.now() - startedMs);
      await host.close();
      await rm(folder, { recursive: true });
    }
    const against = 'plain: read_csv and one ordered COPY, not flushed';
    return [
      measured('import-csv-million', stored, plain, `until the bars are in the store; ${against}`),
      measured('import-csv-million-and-rollups', all, plain, `with rollups and averages; ${against}`),
    ];
  },
};

function plainImport(csv: string, { scratch }: BenchFolders): string {
  return `COPY (
    SELECT 'BTC' AS symbol, '1m' AS timeframe, epoch_ms(timestamp) AS ts,
      strftime(timestamp, '%Y-%m-%dT%H:%M:%S.000Z') AS ts_iso, open, high, low, close, volume,
      NULL::BIGINT AS global_x, 'import' AS source, 1::BIGINT AS schema_version
    FROM read_csv('${csv}') ORDER BY symbol, ts) TO '${join(scratch, 'plain.parquet')}' (${parquetOptions({})})`;
}

/** Five million bars: fifty symbols over a year, a file a month. */
const yearOfMonths = (folders: BenchFolders) =>
  keptStore(folders, 'months-1-50', async (maker) => {
    const symbols = Array.from({ length: 50 }, (_, symbol) => `S${String(symbol).padStart(2, '0')}`);
    const files = [];
    for (let month = 0; month < 12; month += 1) {
      const [from, until] = [Date.UTC(2024, month, 1), Date.UTC(2024, month + 1, 1)];
      const period = new Date(from).toISOString().slice(0, 7);
      files.push(await writeCompacted(maker, candles, '1m', period, walkSql(symbols, from, until)));
    }
    await maker.store.swap(files, []);
  });

function exporting(name: string, profile: 'parquet' | 'csv', columns: string, options: string): Bench {
  return {
    name,
    async run(folders) {
      const folder = await yearOfMonths(folders);
      const host = await openHost(folders, folder, 'reader');
      const [ours, plain]: [number[], number[]] = [[], []];
      const files = `${folder}/data/1m/*.parquet`;
      let rows = 0;
      for (let count = 0; count < runs; count += 1) {
        const out = join(folders.scratch, `ours-${count}.${profile}`);
        ours.push(
          await timed(async () => {
            const request = { profile, datasets: ['candles' as const], timeframe: '1m', out };
            ({ rows } = await host.handlers.exports.run(request, never, 'cli'));
          }),
        );
        await rm(out);
        const copy = `COPY (SELECT ${columns} FROM read_parquet('${files}') AS bars ORDER BY symbol, bars.ts)
          TO '${join(folders.scratch, 'plain')}' (${options})`;
        plain.push(await withEngine((engine) => timed(() => engine.run(copy))));
      }
      await host.close();
      return [measured(name, ours, plain, `${rows} rows, with manifest and hash; plain: one ordered COPY`)];
    },
  };
}

async function withEngine<T>(act: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await createEngine({ threads: 2, memoryLimit: '2GB', trustsFileNames: false });
  try {
    return await act(engine);
  } finally {
    engine.close();
  }
}

function measured(name: string, ours: readonly number[], plain: readonly number[], note: string): Measured {
  const [left, right]: [Sampled, Sampled] = [sampled(ours), sampled(plain)];
  return medians(name, { ours: left, plain: right }, note);
}

export const fileBenches: readonly Bench[] = [
  importCsv,
  exporting(
    'export-parquet-5m',
    'parquet',
    Object.keys(candles.columns).join(', '),
    'FORMAT parquet, COMPRESSION zstd',
  ),
  exporting(
    'export-csv-5m',
    'csv',
    `symbol, timeframe, strftime(epoch_ms(ts), '%Y-%m-%dT%H:%M:%S.%gZ') AS ts, open, high, low, close, volume`,
    'FORMAT csv, HEADER true',
  ),
];
