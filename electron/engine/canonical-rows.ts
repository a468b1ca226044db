import type { Column, Dataset } from '#schemas/define-dataset';
import type { FileShape } from '#shared/domain/file-shape';
import { barTimeNames, symbolNames, timeframeNames } from './canonical-candles.ts';
import type { CanonicalSelect } from './canonical-columns.ts';
import { columnType } from './column-type.ts';
import { ForeignColumns, InconvertibleColumn } from './foreign-columns.ts';
import type { CastMode } from './instant-sql.ts';
import { isoSql, literal } from './sql.ts';

/**
 * Rows of a dataset that other programs write with its own columns: every column that must hold a value has to be there,
 * or be filled in for the whole file. Only symbol, timeframe and time may go by other names.
 */
export function rowColumns(dataset: Dataset, shape: FileShape, mode: CastMode): CanonicalSelect {
  try {
    const file = new ForeignColumns(shape, mode);
    const columns = new Map<string, string>();
    for (const [name, column] of Object.entries<Column>(dataset.columns)) {
      if (column.kind === 'iso') continue;
      const fill = shape.fills[name];
      const sql =
        column.kind === 'version'
          ? `${dataset.version}::BIGINT`
          : (columnOf(file, dataset, name, column) ?? (fill === undefined ? null : literal(fill)));
      if (sql === null && !column.nullable) return { ok: false, reason: `it has no column ${name}` };
      columns.set(name, sql ?? `NULL::${columnType(column)}`);
    }
    for (const [name, { kind, of = '' }] of Object.entries<Column>(dataset.columns))
      if (kind === 'iso') columns.set(name, isoSql(columns.get(of) ?? 'NULL'));
    return { ok: true, columns, fault: file.faultSql(), barIndex: 'NULL::BIGINT' };
  } catch (error) {
    if (error instanceof InconvertibleColumn) return { ok: false, reason: error.message };
    throw error;
  }
}

/** Null where the file has no such column. */
function columnOf(
  file: ForeignColumns,
  dataset: Dataset,
  name: string,
  { kind }: Pick<Column, 'kind'>,
): string | null {
  switch (kind) {
    case 'symbol':
      return file.text(symbolNames);
    case 'timeframe':
      return file.text(timeframeNames);
    case 'instant':
      return file.instant(name === dataset.instant ? barTimeNames : [name]);
    case 'double':
      return file.number([name]);
    case 'integer':
      return file.hint([name]);
    case 'text':
    case 'choice':
    case 'json':
      return file.text([name]);
    case 'iso':
    case 'version':
      return null;
  }
}
