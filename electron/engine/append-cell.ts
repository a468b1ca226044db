import type { DuckDBAppender } from '@duckdb/node-api';

export type ColumnType = 'BIGINT' | 'DOUBLE' | 'VARCHAR';
export type Cell = string | number | null;

/** Adds one value to the row that is being appended. */
export function appendCell(appender: DuckDBAppender, type: ColumnType, value: Cell): void {
  if (value === null) appender.appendNull();
  else if (type === 'BIGINT') appender.appendBigInt(BigInt(value));
  else if (type === 'DOUBLE') appender.appendDouble(Number(value));
  else appender.appendVarchar(String(value));
}
