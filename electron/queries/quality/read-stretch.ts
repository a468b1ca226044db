import { candles } from '#schemas/datasets/candles';
import type { Timeframe } from '#shared/domain/timeframe';
import type { UnreadableFile } from '#shared/domain/viewport';
import type { Engine } from '../../engine/engine.ts';
import { readWrittenBars } from '../../engine/read-written-bars.ts';
import { shapesOf, spanOf, type FileEntry } from '../../storage/file-entry.ts';
import type { Store } from '../../storage/store.ts';
import type { TailRow } from '../../storage/tail-row.ts';
import type { LostFiles } from '../lost-files.ts';
import { emptyRows, joinRows, rowColumns, rowsBetween, type WrittenRows } from './written-rows.ts';

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

/** How many rows a stretch has at most. */
export function mostRowsOf({ files, tail }: StretchSources, symbol: string): number {
  return files.reduce((sum, file) => sum + (spanOf(file, symbol)?.rows ?? 0), tail.length);
}

/** A stretch of a series, and where its rows are. */
export interface SourcedStretch {
  readonly wanted: SeriesStretch;
  readonly sources: StretchSources;
}

/**
 * Reads every version of every bar of some series that lie in the same files, each within its own range. Null where
 * files vanished meanwhile, so that the store is to be asked again.
 */
export async function readStretches(
  { engine, root, lost }: { readonly engine: Engine; readonly root: string; readonly lost: LostFiles },
  stretches: readonly SourcedStretch[],
  signal?: AbortSignal,
): Promise<readonly StretchRead[] | null> {
  const files = stretches[0]?.sources.files ?? [];
  const question = {
    root,
    symbols: stretches.map(({ wanted }) => wanted.symbol),
    from: Math.min(...stretches.map(({ wanted }) => wanted.from)),
    until: Math.max(...stretches.map(({ wanted }) => wanted.until)),
    paths: files.map(({ path }) => path),
    shapes: shapesOf(files),
  };
  const { value, unreadable } = await readWrittenBars(engine, question, signal);
  if (!(await lost.areLost(unreadable))) return null;
  return stretches.map(({ wanted, sources }, index) => {
    const onDisk = rowsBetween(rowsOf(value.bySymbol[index] ?? [], value.files), wanted.from, wanted.until);
    return { rows: joinRows(onDisk, rowsInMemory(sources.tail)), unreadable };
  });
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
