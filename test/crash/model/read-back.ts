import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import type { StoredRow } from '#schemas/define-dataset';
import { findDataset } from '#schemas/index';
import { isDeepStrictEqual } from 'node:util';
import { bySequence } from '../../../electron/storage/catalog.ts';
import { spansOfRows, type FileEntry } from '../../../electron/storage/file-entry.ts';
import type { Store } from '../../../electron/storage/store.ts';
import { numberOf } from './ledger.ts';
import { decodeModelFile } from './model-codec.ts';
import { keyOf, keyText } from './model-compactor.ts';

/** What a store says it holds. */
export interface Holdings {
  /** What a reader gets: by key, the number of the row. */
  readonly visible: ReadonlyMap<string, number>;
  /** Where each row lies: paths of living files, and `log` for rows that have no file yet. */
  readonly places: ReadonlyMap<number, readonly string[]>;
  /** Files of the catalog that are not what it says. */
  readonly faults: readonly string[];
}

/** Reads a store the way its readers do: the files that the catalog says are to be read, then the tail over them. */
export async function readBack(store: Store): Promise<Holdings> {
  const faults: string[] = [];
  const places = new Map<number, string[]>();
  const visible = new Map<string, number>();
  const found = (number: number, place: string) => {
    const known = places.get(number);
    if (known === undefined) places.set(number, [place]);
    else known.push(place);
  };

  for (const file of [...store.catalog.files()].sort(bySequence)) {
    const rows = await readFile(store, file, faults);
    for (const row of rows) {
      found(numberOf(file.dataset, row), file.path);
      if (store.catalog.isOnDisk(file.path))
        visible.set(keyOf(datasetOf(file), row), numberOf(file.dataset, row));
    }
    if (store.catalog.isOnDisk(file.path) === store.tail.holdsFile(file.path)) {
      faults.push(`${file.path} must be read from disk or from memory, not both or neither`);
    }
  }
  for (const { dataset, rows } of store.tail.pending()) {
    for (const { values } of rows) found(numberOf(dataset.name, values), 'log');
  }
  for (const [key, number] of tailRows(store)) visible.set(key, number);
  return { visible, places, faults };
}

async function readFile(store: Store, file: FileEntry, faults: string[]): Promise<readonly StoredRow[]> {
  const bytes = await store.fs.read(file.path);
  if (bytes === null) {
    faults.push(`${file.path} is missing`);
    return [];
  }
  if (bytes.length !== file.sizeBytes)
    faults.push(`${file.path} has ${bytes.length} bytes, not ${file.sizeBytes}`);
  try {
    const { rows } = decodeModelFile(bytes);
    if (rows.length !== file.rows) faults.push(`${file.path} has ${rows.length} rows, not ${file.rows}`);
    if (!isDeepStrictEqual(spansOfRows(datasetOf(file), rows), file.spans)) {
      faults.push(`${file.path} has other spans than its entry`);
    }
    return rows;
  } catch {
    faults.push(`${file.path} cannot be read`);
    return [];
  }
}

/** Rows in memory, each key once, as a query is given them. */
function* tailRows(store: Store): Iterable<readonly [string, number]> {
  for (const series of store.tail.barSeries()) {
    const { ts, volume } = series.slice(-Infinity, Infinity).bars;
    for (const [index, open] of ts.entries()) {
      yield [keyText(candles, [series.symbol, series.timeframe, open]), volume[index] ?? 0];
    }
  }
  for (const symbol of store.tail.symbols(objects)) {
    for (const { values } of store.tail.rows(objects, symbol)) {
      yield [keyOf(objects, values), numberOf(objects.name, values)];
    }
  }
}

function datasetOf({ dataset: name }: FileEntry) {
  const dataset = findDataset(name);
  if (dataset === undefined) throw new Error(`There is no dataset ${name}`);
  return dataset;
}
