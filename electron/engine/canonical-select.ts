import type { Column, Dataset } from '#schemas/define-dataset';
import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import type { FileShape } from '#shared/domain/file-shape';
import { candleColumns } from './canonical-candles.ts';
import { objectColumns } from './canonical-objects.ts';
import type { CanonicalSelect } from './canonical-columns.ts';
import { rowColumns } from './canonical-rows.ts';
import { columnType } from './column-type.ts';
import type { CastMode } from './instant-sql.ts';

/**
 * How the rows of a file of another writer are read in our columns. Names are compared without case and may be common
 * aliases; a column whose type cannot be converted makes the file unreadable, and the reason says which.
 */
export function canonicalSelect(
  dataset: Dataset,
  shape: FileShape,
  mode: CastMode = 'strict',
): CanonicalSelect {
  if (dataset.name === candles.name) return candleColumns(candles, shape, mode);
  if (dataset.name === objects.name) return objectColumns(objects, shape, mode);
  return rowColumns(dataset, shape, mode);
}

/** Whether a file has exactly our columns, in any order and perhaps with more beside them. */
export function isOwnShape(dataset: Dataset, columns: FileShape['columns']): boolean {
  const types = new Map(columns);
  return Object.entries<Column>(dataset.columns).every(
    ([name, column]) => types.get(name) === columnType(column),
  );
}
