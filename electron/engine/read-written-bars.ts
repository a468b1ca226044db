import { barColumns } from '#shared/domain/candle';
import { candles } from '#schemas/datasets/candles';
import type { Engine } from './engine.ts';
import type { BarsQuestion } from './read-bars.ts';
import { readFiles, type FilesRead } from './read-files.ts';
import { absoluteShapes, noShapes, shapedSource } from './shaped-source.ts';

/** Every row of files as it was written: of a bar that was written twice, both. */
export interface WrittenBars {
  /** Time, four prices, volume, and the place of the row's file in `files`. */
  readonly columns: readonly Float64Array[];
  /** As the question names them, without those that could not be read. */
  readonly files: readonly string[];
}

/** Rows of one symbol in the order in which later ones win; within a file in the order of the file. */
export async function readWrittenBars(
  engine: Engine,
  { root, paths, shapes = noShapes, symbol, from, until }: BarsQuestion,
  signal?: AbortSignal,
): Promise<FilesRead<WrittenBars>> {
  const absolute = shapes.size === 0 ? shapes : absoluteShapes(root, shapes);
  const query = async (files: readonly string[]): Promise<WrittenBars> => {
    const lists: (readonly string[])[] = [];
    const listSql = (list: readonly string[]) => `$${lists.push(list) + 3}`;
    const columns = ['symbol', ...barColumns];
    const source = shapedSource({ dataset: candles, paths: files, shapes: absolute, columns, listSql });
    const sql = `SELECT ${barColumns.map((name) => `${name}::DOUBLE`).join(', ')}, file_index::DOUBLE FROM (${source})
      WHERE symbol = $1 AND ts >= $2 AND ts < $3
      ${lists.length > 1 ? 'ORDER BY file_index, file_row_number' : ''}`;
    const rows = await engine.numbers(sql, [symbol, from, until, ...lists], signal);
    return { columns: rows, files: files.map((file) => file.slice(root.length + 1)) };
  };
  return readFiles(root, paths, query, { columns: [], files: [] });
}
