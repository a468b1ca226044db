import type {
  StorageFile,
  StorageFileList,
  StorageMap,
  StoragePart,
  StorageSummary,
  StorageTotals,
  TierTotals,
} from '#shared/domain/storage';
import { WorkbenchError } from '#shared/errors';
import type { StorageFilter } from '#shared/ipc';
import { join } from 'node:path';
import { describeParquet } from '../../engine/describe-parquet.ts';
import type { Engine } from '../../engine/engine.ts';
import { fileFault } from '../../engine/file-fault.ts';
import type { Clock } from '../../platform/clock.ts';
import { freeBytes } from '../../platform/disk-space.ts';
import { spanOf, type FileEntry } from '../../storage/file-entry.ts';
import { tierOf } from '../../storage/layout.ts';
import type { Store } from '../../storage/store.ts';
import { readSizeHistory } from '../health/size-history.ts';
import { storedFile } from '../list-files.ts';
import type { CompressionRatio } from './compression-ratio.ts';
import { judgeGrowth } from './growth.ts';
import { sizeMap } from './size-map.ts';

export interface StorageParts {
  readonly store: Store;
  readonly folder: string;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly compressionRatio: CompressionRatio;
  readonly tiers: () => Promise<readonly TierTotals[]>;
}

/** What the store's files take, and what is in each. */
export interface Storage {
  readonly summary: () => Promise<StorageSummary>;
  readonly map: (path: readonly string[]) => Promise<StorageMap>;
  readonly files: (filter: StorageFilter) => Promise<StorageFileList>;
  readonly file: (path: string, headRows: number) => Promise<StorageFile>;
}

/** `file` throws `argument-invalid` for what is not in the store, `tier-missing` or `file-unreadable` for what is. */
export function createStorage(parts: StorageParts): Storage {
  const { store, folder, engine, clock } = parts;

  const living = (): readonly FileEntry[] => [...store.catalog.files()];

  return {
    async summary() {
      const files = living();
      const nowMs = clock();
      const total = totalsOf(files);
      const free = await freeBytes(folder);
      const sizes = [
        ...(await readSizeHistory(folder)),
        { atMs: nowMs, sizeBytes: total.sizeBytes + store.logBytes },
      ];
      return {
        ...total,
        atMs: nowMs,
        logBytes: store.logBytes,
        trash: totalsOf([...store.catalog.deadFiles()].filter(({ place }) => place === 'trash')),
        tiers: (await parts.tiers()).filter(({ tier, files: count }) => tier === 'hot' || count > 0),
        datasets: partsBy(files, (file) => [[file.dataset, 1]]),
        timeframes: partsBy(files, (file) => [[`${file.dataset} ${file.timeframe}`, 1]]),
        symbols: partsBy(files, ({ spans, rows }) =>
          spans.map((span) => [span.symbol, rows === 0 ? 0 : span.rows / rows]),
        ),
        freeBytes: free,
        growth: judgeGrowth(sizes, nowMs, free),
        compressionRatio: await parts.compressionRatio(),
      };
    },
    map: (path) => Promise.resolve(sizeMap(living(), path)),
    files({ limit, ...filter }) {
      const found = living().filter((file) => isWanted(file, filter));
      const listed = found
        .toSorted((a, b) => b.sizeBytes - a.sizeBytes || (a.path < b.path ? -1 : 1))
        .slice(0, limit ?? usualLimit);
      return Promise.resolve({
        files: listed.map((file) => storedFile(file, store.catalog)),
        total: totalsOf(found),
      });
    },
    async file(path, headRows) {
      const entry = store.catalog.get(path);
      if (entry === undefined)
        throw new WorkbenchError('argument-invalid', `path: ${path} is no file of the store`);
      const absence = store.catalog.absence(entry);
      if (absence !== null) throw new WorkbenchError('tier-missing', `${path}: ${absence}`);
      const place = join(folder, ...path.split('/'));
      const release = store.pin();
      try {
        return {
          ...(await describeParquet(engine, place, headRows)),
          file: storedFile(entry, store.catalog),
          place,
        };
      } catch (error) {
        throw new WorkbenchError('file-unreadable', `${path} cannot be read: ${fileFault(error)}`, {
          cause: error,
        });
      } finally {
        release();
      }
    },
  };
}

const usualLimit = 2_000;

function isWanted(file: FileEntry, filter: Omit<StorageFilter, 'limit'>): boolean {
  const { dataset, timeframe, symbol, period, tier } = filter;
  return (
    (dataset === undefined || file.dataset === dataset) &&
    (timeframe === undefined || file.timeframe === timeframe) &&
    (symbol === undefined || spanOf(file, symbol) !== undefined) &&
    (period === undefined || file.partition.startsWith(period)) &&
    (tier === undefined || tierOf(file.path) === tier)
  );
}

function totalsOf(files: readonly Pick<FileEntry, 'rows' | 'sizeBytes'>[]): StorageTotals {
  return {
    files: files.length,
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

/** Divides files among names, each with its share of the file. */
function partsBy(
  files: readonly FileEntry[],
  sharesOf: (file: FileEntry) => readonly (readonly [name: string, share: number])[],
): readonly StoragePart[] {
  const found = new Map<string, { files: number; rows: number; sizeBytes: number }>();
  for (const file of files) {
    for (const [name, share] of sharesOf(file)) {
      const known = found.get(name) ?? { files: 0, rows: 0, sizeBytes: 0 };
      found.set(name, known);
      known.files += 1;
      known.rows += file.rows * share;
      known.sizeBytes += file.sizeBytes * share;
    }
  }
  return [...found]
    .map(([name, { files: own, rows, sizeBytes }]) => ({
      ...{ name, files: own },
      ...{ rows: Math.round(rows), sizeBytes: Math.round(sizeBytes) },
    }))
    .sort((a, b) => b.sizeBytes - a.sizeBytes || (a.name < b.name ? -1 : 1));
}
