import type { Dataset } from '#schemas/define-dataset';
import type { Engine } from './engine.ts';
import { readFiles, type FilesRead } from './read-files.ts';
import { absoluteShapes, noShapes, shapedSource, type Shapes } from './shaped-source.ts';
import { quoteName } from './sql.ts';

/** A stored row as an object, by the dataset's columns. */
export type PlainRow = Readonly<Record<string, string | number | boolean | null>>;

export interface RowFiles {
  readonly root: string;
  /** In the order in which later rows win. */
  readonly paths: readonly string[];
  /** Of the files that another program wrote. */
  readonly shapes?: Shapes;
}

/** Rows of one symbol (or of one object) from files of a dataset, later writes last. */
export async function readRows(
  engine: Engine,
  { root, paths, shapes = noShapes }: RowFiles,
  dataset: Dataset,
  where: { readonly column: string; readonly equals: string },
  signal?: AbortSignal,
): Promise<FilesRead<readonly PlainRow[]>> {
  const names = Object.keys(dataset.columns);
  const absolute = shapes.size === 0 ? shapes : absoluteShapes(root, shapes);
  const query = async (files: readonly string[]) => {
    const lists: (readonly string[])[] = [];
    const listSql = (list: readonly string[]) => `$${lists.push(list) + 1}`;
    const source = shapedSource({ dataset, paths: files, shapes: absolute, columns: names, listSql });
    const sql = `SELECT ${names.map(quoteName).join(', ')} FROM (${source})
      WHERE ${quoteName(where.column)} = $1 ORDER BY file_index, file_row_number`;
    const rows = await engine.rows(sql, [where.equals, ...lists], signal);
    return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
  };
  return readFiles(root, paths, query, []);
}
