import { barColumns } from '#shared/domain/candle';
import { candles } from '#schemas/datasets/candles';
import type { Engine } from './engine.ts';
import type { BarsQuestion } from './read-bars.ts';
import { readFiles, type FilesRead } from './read-files.ts';
import { absoluteShapes, noShapes, shapedSource } from './shaped-source.ts';

/** Every row of files as it was written: of a bar that was written twice, both. */
export interface WrittenBars {
  /** By symbol as asked for: time, four prices, volume, and the place of the row's file in `files`. */
  readonly bySymbol: readonly (readonly Float64Array[])[];
  /** As the question names them, without those that could not be read. */
  readonly files: readonly string[];
}

export interface WrittenBarsQuestion extends Omit<BarsQuestion, 'symbol'> {
  readonly symbols: readonly string[];
}

/**
 * Rows of some symbols in the order in which later ones win; within a file in the order of the file. Symbols that are
 * neighbours in their files are read together in hardly more time than one of them.
 */
export async function readWrittenBars(
  engine: Engine,
  { root, paths, shapes = noShapes, symbols, from, until }: WrittenBarsQuestion,
  signal?: AbortSignal,
): Promise<FilesRead<WrittenBars>> {
  const absolute = shapes.size === 0 ? shapes : absoluteShapes(root, shapes);
  const sorted = symbols.toSorted(inByteOrder);
  const [first = '', last = ''] = [sorted[0], sorted.at(-1)];
  const query = async (files: readonly string[]): Promise<WrittenBars> => {
    const lists: (readonly string[])[] = [];
    const listSql = (list: readonly string[]) => `$${lists.push(list) + 5}`;
    const columns = ['symbol', ...barColumns];
    const source = shapedSource({ dataset: candles, paths: files, shapes: absolute, columns, listSql });
    // The bounds are what row groups are left out by.
    const sql = `SELECT ${barColumns.map((name) => `${name}::DOUBLE`).join(', ')}, file_index::DOUBLE,
        (list_position($5::VARCHAR[], symbol) - 1)::DOUBLE
      FROM (${source})
      WHERE symbol >= $1 AND symbol <= $2 AND ts >= $3 AND ts < $4 AND list_contains($5::VARCHAR[], symbol)
      ${lists.length > 1 ? 'ORDER BY file_index, file_row_number' : ''}`;
    const rows = await engine.numbers(sql, [first, last, from, until, symbols, ...lists], signal);
    return {
      bySymbol: partBySymbol(rows.slice(0, -1), rows.at(-1) ?? empty, symbols.length),
      files: files.map((file) => file.slice(root.length + 1)),
    };
  };
  return readFiles(root, paths, query, { bySymbol: symbols.map(() => []), files: [] });
}

/** As DuckDB compares text, which is not how JavaScript does. */
function inByteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Columns by the symbol of their rows, whose order stays. Rows of one symbol come in runs, which are copied whole. */
function partBySymbol(
  columns: readonly Float64Array[],
  places: Float64Array,
  count: number,
): readonly (readonly Float64Array[])[] {
  if (count === 1) return [columns];
  const totals = new Uint32Array(count);
  for (const place of places) totals[place] = (totals[place] ?? 0) + 1;
  const parted = Array.from(totals, (total) => columns.map(() => new Float64Array(total)));
  const filled = new Uint32Array(count);
  for (let start = 0; start < places.length;) {
    const place = places[start] ?? 0;
    let end = start + 1;
    while (end < places.length && places[end] === place) end += 1;
    const at = filled[place] ?? 0;
    columns.forEach((column, index) => parted[place]?.[index]?.set(column.subarray(start, end), at));
    filled[place] = at + end - start;
    start = end;
  }
  return parted;
}

const empty = new Float64Array(0);
