import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { findDataset } from '#schemas/index';
import { createHash } from 'node:crypto';
import type { MergeRequest } from '../../../electron/engine/merge-files.ts';
import type { Compactor } from '../../../electron/jobs/compactor.ts';
import type { Fs } from '../../../electron/platform/fs.ts';
import { spansOfRows } from '../../../electron/storage/file-entry.ts';
import { decodeModelFile, encodeModelPart } from './model-codec.ts';

/** The folder that the store is told it lies in; the model file system knows only what is below. */
export const modelRoot = '/model';

/** Merges as DuckDB would in a process of its own, through the model file system: nothing is flushed. */
export function createModelCompactor(fs: Fs): Compactor {
  return {
    merge: async (name, { inputs, output, metadata, replaced }) => {
      const dataset = findDataset(name);
      if (dataset === undefined) throw new Error(`There is no dataset ${name}`);
      const stored = (await Promise.all(inputs.map((path) => readRows(fs, path)))).flat();
      const left = stored.filter((row) => replaced === undefined || !isReplaced(dataset, row, replaced));
      const rows = replaced === undefined ? left : [...left, ...(await readRows(fs, replaced.by))];
      const merged = latestByKey(dataset, rows);
      const content = await encodeModelPart(dataset, merged, metadata);
      await writeUnflushed(fs, output, content);
      return {
        rowsIn: rows.length,
        replacedRows: stored.length - left.length,
        rowsOut: merged.length,
        duplicates: rows.length - merged.length,
        conflicts: 0,
        conflictKeys: [],
        spans: spansOfRows(dataset, merged),
        sizeBytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
        rowDigest: '',
      };
    },
    close: () => undefined,
  };
}

/** Writes a file as DuckDB's COPY does: over what lies there, flushing nothing. */
export async function writeUnflushed(fs: Fs, path: string, content: Uint8Array): Promise<void> {
  const inStore = path.slice(modelRoot.length + 1);
  await fs.remove(inStore);
  const file = await fs.create(inStore);
  await file.write(content);
  await file.close();
}

/** What names a row, as text. */
export function keyOf(dataset: Dataset, row: StoredRow): string {
  const names = Object.keys(dataset.columns);
  return keyText(
    dataset,
    dataset.key.map((name) => row[names.indexOf(name)] ?? null),
  );
}

/** The same, of values in the order of the dataset's key. */
export function keyText(dataset: Dataset, values: StoredRow): string {
  return [dataset.name, ...values].join(' ').toLowerCase();
}

async function readRows(fs: Fs, path: string): Promise<readonly StoredRow[]> {
  const bytes = await fs.read(path.slice(modelRoot.length + 1));
  if (bytes === null) throw new Error(`${path} is missing`);
  return decodeModelFile(bytes).rows;
}

function isReplaced(
  dataset: Dataset,
  row: StoredRow,
  { symbols, from, until }: NonNullable<MergeRequest['replaced']>,
): boolean {
  const names = Object.keys(dataset.columns);
  const ts = Number(row[names.indexOf(dataset.instant)]);
  return symbols.includes(String(row[names.indexOf('symbol')])) && ts >= from && ts < until;
}

function latestByKey(dataset: Dataset, rows: readonly StoredRow[]): StoredRow[] {
  const names = Object.keys(dataset.columns);
  const latest = new Map(rows.map((row) => [keyOf(dataset, row), row]));
  const places = dataset.sortedBy.map((name) => names.indexOf(name));
  return [...latest.values()].sort((a, b) => {
    const place = places.find((candidate) => a[candidate] !== b[candidate]);
    if (place === undefined) return 0;
    return (a[place] ?? 0) < (b[place] ?? 0) ? -1 : 1;
  });
}
