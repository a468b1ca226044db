import type { Dataset } from '#schemas/define-dataset';
import type { FileShape } from '#shared/domain/file-shape';
import { selectList } from './canonical-columns.ts';
import { canonicalSelect } from './canonical-select.ts';
import { quoteName } from './sql.ts';

/** Shapes of those files that are not of our own, by path. */
export type Shapes = ReadonlyMap<string, FileShape>;

export const noShapes: Shapes = new Map();

/** The same for files as the file system knows them. */
export function absoluteShapes(root: string, shapes: Shapes): Shapes {
  return new Map([...shapes].map(([path, shape]) => [`${root}/${path}`, shape]));
}

export interface ShapedSource {
  readonly dataset: Dataset;
  /** In the order in which later rows win. */
  readonly paths: readonly string[];
  readonly shapes: Shapes;
  /** Columns of the dataset that are wanted. */
  readonly columns: readonly string[];
  /** SQL for a list of paths: the name of a parameter, or the list itself. */
  readonly listSql: (paths: readonly string[]) => string;
}

/**
 * SQL for the rows of files, whatever their shapes: the wanted columns under our names, and `file_index` and
 * `file_row_number`, by which later writes are told from earlier ones. Files of our own shape are one plain read.
 */
export function shapedSource({ dataset, paths, shapes, columns, listSql }: ShapedSource): string {
  const own = columns.map(quoteName).join(', ');
  const groups = groupByShape(paths, shapes);
  const selects = groups.map(({ shape, members }) => {
    const list = listSql(members.map((index) => paths[index] ?? ''));
    const isWhole = members.length === paths.length;
    const index = isWhole ? 'file_index' : `([${members.join(', ')}])[file_index::BIGINT + 1]::UBIGINT`;
    const wanted = shape === undefined ? own : shapedList(dataset, shape, columns);
    return `SELECT ${wanted}, ${index} AS file_index, file_row_number FROM read_parquet(${list})`;
  });
  return selects.join(' UNION ALL ');
}

function shapedList(dataset: Dataset, shape: FileShape, columns: readonly string[]): string {
  const select = canonicalSelect(dataset, shape);
  if (!select.ok) throw new Error(select.reason);
  return selectList(select.columns, columns);
}

function groupByShape(paths: readonly string[], shapes: Shapes) {
  const groups = new Map<string, { readonly shape: FileShape | undefined; readonly members: number[] }>();
  paths.forEach((path, index) => {
    const shape = shapes.get(path);
    const key = shape === undefined ? '' : keyOf(shape);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { shape, members: [index] });
    else group.members.push(index);
  });
  return [...groups.values()];
}

const keys = new WeakMap<FileShape, string>();

/** Equal for shapes that are read alike. */
export function keyOf(shape: FileShape): string {
  let key = keys.get(shape);
  if (key === undefined) keys.set(shape, (key = JSON.stringify(shape)));
  return key;
}
