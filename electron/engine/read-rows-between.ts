import type { Dataset, StoredRow } from '#schemas/define-dataset';
import type { Engine } from './engine.ts';
import { readFiles, type FilesRead } from './read-files.ts';
import type { RowFiles } from './read-rows.ts';
import { absoluteShapes, noShapes, shapedSource } from './shaped-source.ts';
import { quoteName } from './sql.ts';

/** Rows of one symbol in a stretch of time, in the dataset's columns; those of later files last. */
export async function readRowsBetween(
  engine: Engine,
  { root, paths, shapes = noShapes }: RowFiles,
  dataset: Dataset,
  { symbol, from, until }: { readonly symbol: string; readonly from: number; readonly until: number },
  signal?: AbortSignal,
): Promise<FilesRead<readonly StoredRow[]>> {
  const names = Object.keys(dataset.columns);
  const absolute = shapes.size === 0 ? shapes : absoluteShapes(root, shapes);
  const instant = quoteName(dataset.instant);
  const query = async (files: readonly string[]) => {
    const lists: (readonly string[])[] = [];
    const listSql = (list: readonly string[]) => `$${lists.push(list) + 3}`;
    const source = shapedSource({ dataset, paths: files, shapes: absolute, columns: names, listSql });
    const sql = `SELECT ${names.map(quoteName).join(', ')} FROM (${source})
      WHERE symbol = $1 AND ${instant} >= $2 AND ${instant} < $3 ORDER BY file_index, file_row_number`;
    const rows = await engine.rows(sql, [symbol, from, until, ...lists], signal);
    return rows.map((row): StoredRow =>
      row.map((value) => (typeof value === 'boolean' ? Number(value) : value)),
    );
  };
  return readFiles(root, paths, query, []);
}
