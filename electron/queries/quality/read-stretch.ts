import { candles } from '#schemas/datasets/candles';
import type { Timeframe } from '#shared/domain/timeframe';
import type { UnreadableFile } from '#shared/domain/viewport';
import type { Engine } from '../../engine/engine.ts';
import { readWrittenBars } from '../../engine/read-written-bars.ts';
import { shapesOf, type FileEntry } from '../../storage/file-entry.ts';
import type { Store } from '../../storage/store.ts';
import type { TailRow } from '../../storage/tail-row.ts';
import { emptyRows, joinRows, rowColumns, type WrittenRows } from './written-rows.ts';

/** What a stretch of a series is read from at one moment. */
export interface StretchSources {
  readonly files: readonly FileEntry[];
  readonly tail: readonly TailRow[];
}

export interface SeriesStretch {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Half-open, ms UTC. */
  readonly from: number;
  readonly until: number;
}

export interface StretchRead {
  readonly rows: WrittenRows;
  readonly unreadable: readonly UnreadableFile[];
}

/** Where the rows of a stretch are: files on disk, and rows in memory. Each row of the store is in one of both. */
export function sourcesOf(store: Store, { symbol, timeframe, from, until }: SeriesStretch): StretchSources {
  return {
    files: store.catalog.filesToRead(candles.name, timeframe, symbol, from, until),
    tail: store.tail.bars(symbol, timeframe)?.written(from, until) ?? [],
  };
}

/** Reads every version of every bar. Null where files vanished meanwhile, so that the store is to be asked again. */
export async function readStretch(
  { store, engine, root }: { readonly store: Store; readonly engine: Engine; readonly root: string },
  { symbol, from, until }: SeriesStretch,
  { files, tail }: StretchSources,
  signal?: AbortSignal,
): Promise<StretchRead | null> {
  const question = {
    ...{ root, symbol, from, until },
    paths: files.map(({ path }) => path),
    shapes: shapesOf(files),
  };
  const { value, unreadable } = await readWrittenBars(engine, question, signal);
  if (unreadable.some(({ path }) => !store.catalog.isOnDisk(path))) return null;
  return { rows: joinRows(rowsOf(value.columns, value.files), rowsInMemory(tail)), unreadable };
}

function rowsOf(columns: readonly Float64Array[], files: readonly string[]): WrittenRows {
  const rows = { ...emptyRows(), files };
  rowColumns.forEach((name, index) => {
    rows[name] = columns[index] ?? rows[name];
  });
  return rows;
}

const valuesAt = rowColumns.map((name) => Object.keys(candles.columns).indexOf(name));

function rowsInMemory(tail: readonly TailRow[]): WrittenRows {
  const places = new Map<string, number>();
  const rows = emptyRows(tail.length);
  tail.forEach((row, index) => {
    rowColumns.forEach((name, column) => {
      const value = row.values[valuesAt[column] ?? -1];
      rows[name][index] = typeof value === 'number' ? value : Number.NaN;
    });
    rows.file[index] = row.file === null ? -1 : placeOf(places, row.file);
  });
  return { ...rows, files: [...places.keys()] };
}

function placeOf(places: Map<string, number>, file: string): number {
  const known = places.get(file) ?? places.size;
  places.set(file, known);
  return known;
}
