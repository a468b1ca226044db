import type { Column, Dataset } from '#schemas/define-dataset';
import type { ColumnType } from './append-cell.ts';

/** How DuckDB holds a column of a dataset. */
export function columnType({ kind }: Column): ColumnType {
  switch (kind) {
    case 'double':
      return 'DOUBLE';
    case 'instant':
    case 'integer':
    case 'version':
      return 'BIGINT';
    case 'symbol':
    case 'timeframe':
    case 'text':
    case 'choice':
    case 'iso':
    case 'json':
      return 'VARCHAR';
  }
}

/** Name and type of every column, in the dataset's order. */
export function columnTypes(dataset: Dataset): readonly (readonly [string, ColumnType])[] {
  return Object.entries(dataset.columns).map(([name, column]) => [name, columnType(column)]);
}
