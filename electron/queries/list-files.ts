import type { StoredFile } from '#shared/domain/stored-file';
import { parseTimeframe } from '#shared/domain/timeframe';
import type { Catalog } from '../storage/catalog.ts';
import type { FileEntry } from '../storage/file-entry.ts';
import { tierOf } from '../storage/layout.ts';
import type { Store } from '../storage/store.ts';

export interface FileFilter {
  readonly dataset?: string | undefined;
  readonly timeframe?: string | undefined;
}

export type ListFiles = (filter: FileFilter) => Promise<readonly StoredFile[]>;

/** Lists the living files by path. The owner writes pending rows to parts first, so that the files are everything. */
export function createListFiles(store: Store): ListFiles {
  return async ({ dataset, timeframe }) => {
    if (store.access === 'owner') await store.flushParts();
    const wanted = timeframe === undefined ? undefined : (parseTimeframe(timeframe) ?? timeframe);
    return [...store.catalog.files()]
      .filter((file) => dataset === undefined || file.dataset === dataset)
      .filter((file) => wanted === undefined || file.timeframe === wanted)
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map((file) => storedFile(file, store.catalog));
  };
}

/** A file of the catalog as users see it. */
export function storedFile(
  { spans, ...file }: FileEntry,
  catalog: Pick<Catalog, 'absence'> = { absence: () => null },
): StoredFile {
  return {
    path: file.path,
    dataset: file.dataset,
    timeframe: file.timeframe,
    level: file.level,
    partition: file.partition,
    tier: tierOf(file.path),
    isAvailable: catalog.absence(file) === null,
    rows: file.rows,
    sizeBytes: file.sizeBytes,
    sequence: file.sequence,
    symbols: spans.map(({ symbol }) => symbol),
    firstMs: Math.min(...spans.map(({ first }) => first)),
    lastMs: Math.max(...spans.map(({ last }) => last)),
  };
}
