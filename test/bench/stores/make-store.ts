import { candles } from '#schemas/datasets/candles';
import type { Dataset } from '#schemas/define-dataset';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createStoreFile, readStoreFile } from '../../../electron/documents/store-file.ts';
import { createEngine, type Engine } from '../../../electron/engine/engine.ts';
import { parquetOptions } from '../../../electron/engine/parquet-options.ts';
import { readBack } from '../../../electron/engine/row-summary.ts';
import { quoteName, quoteText } from '../../../electron/engine/sql.ts';
import { forkFrom } from '../../../electron/platform/fork-child.ts';
import type { FileEntry } from '../../../electron/storage/file-entry.ts';
import { metadataOf } from '../../../electron/storage/file-metadata.ts';
import { compactedPath, parseDataPath } from '../../../electron/storage/layout.ts';
import { encodePart } from '../../../electron/storage/part-writer.ts';
import { defaultStoreSettings, Store } from '../../../electron/storage/store.ts';
import { createStoreHost, type StoreHost } from '../../../electron/store-host.ts';
import type { BenchFolders } from '../bench.ts';
import { fastFs } from './fast-fs.ts';

export interface StoreMaker {
  readonly folder: string;
  readonly store: Store;
  readonly engine: Engine;
  readonly storeId: string;
}

/** Answers the folder of a store that is made the first time and kept. Raise the number in its name to have it made anew. */
export async function keptStore(
  { cache }: BenchFolders,
  name: string,
  make: (maker: StoreMaker) => Promise<void>,
): Promise<string> {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  process.stderr.write(`making ${name}\n`);
  await makeStore(partial, make);
  await rename(partial, folder);
  return folder;
}

/** Makes a store without waiting for the disk. */
export async function makeStore(folder: string, make: (maker: StoreMaker) => Promise<void>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const document = await createStoreFile(folder, 0, {
    settings: { defaultCalendar: 'us-equity', rowsPerPart: 1 },
  });
  const store = await Store.open({
    fs: fastFs(folder),
    clock: Date.now,
    encodePart,
    settings: { ...defaultStoreSettings, durability: 'NoSync', rowsPerPart: 1, partDelayMs: 3_600_000 },
    storeId: document.id,
    access: 'owner',
  });
  const engine = await createEngine({ threads: 2, memoryLimit: '1GB', trustsFileNames: false });
  try {
    await make({ folder, store, engine, storeId: document.id });
    await store.flushParts();
    await store.checkpoint();
  } finally {
    engine.close();
    await store.close();
  }
}

/** Writes a compacted file by SQL; the caller swaps it in. */
export async function writeCompacted(
  { folder, engine, store, storeId }: StoreMaker,
  dataset: Dataset,
  timeframe: string,
  period: string,
  rowsSql: string,
): Promise<FileEntry> {
  const path = compactedPath(
    dataset,
    timeframe,
    period,
    store.catalog.nextRevision(dataset, timeframe, period),
  );
  const absolute = join(folder, path);
  await mkdir(dirname(absolute), { recursive: true });
  const order = dataset.sortedBy.map(quoteName).join(', ');
  const options = parquetOptions(metadataOf(storeId, dataset, 0));
  await engine.run(
    `COPY (SELECT * FROM (${rowsSql}) ORDER BY ${order}) TO ${quoteText(absolute)} (${options})`,
  );
  const { digest: rowDigest, rows, spans, sizeBytes, sha256 } = await readBack(engine, dataset, absolute);
  const level = parseDataPath(path)?.level;
  if (level === undefined) throw new Error(`${path} is no path of a compacted file`);
  return {
    ...{ path, dataset: dataset.name, timeframe, level, partition: period },
    ...{ rows, sizeBytes, sequence: 0, sha256, spans, rowDigest },
  };
}

/** Appends rows so that each gets a part of its own. */
export async function appendParts(
  { store }: StoreMaker,
  rows: readonly (readonly (string | number | null)[])[],
) {
  for (let start = 0; start < rows.length; start += 1_000) {
    const batch = rows.slice(start, start + 1_000);
    await store.append([{ dataset: candles.name, version: candles.version, rows: batch }]);
    await store.flushParts();
  }
}

/** Opens a store as the program does. */
export async function openHost(
  { programs }: BenchFolders,
  folder: string,
  access: 'owner' | 'reader' = 'owner',
): Promise<StoreHost> {
  const document = await readStoreFile(folder);
  if (document === null) throw new Error(`${folder} is no store`);
  return createStoreHost({ folder, document, access, startChild: forkFrom(programs), appVersion: 'bench' });
}
