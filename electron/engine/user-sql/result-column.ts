import type { SqlColumn, SqlColumnKind } from '#shared/domain/sql';
import { quoteName } from '../sql.ts';

const numberType = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BIGNUM|FLOAT|DOUBLE|DECIMAL\(.*\))$/;
const timeType = /^(DATE|TIME|TIMESTAMP)/;
const nestedType = /(\]|^(STRUCT|MAP|UNION)\(.*\))$/;

/** A column of a result by its name and DuckDB's spelling of its type. */
export function describeColumn(name: string, type: string): SqlColumn {
  return { name, type, kind: kindOf(type) };
}

function kindOf(type: string): SqlColumnKind {
  if (nestedType.test(type)) return 'json';
  if (numberType.test(type)) return 'number';
  if (timeType.test(type)) return 'time';
  return type === 'BOOLEAN' ? 'boolean' : 'text';
}

/** The name of a result's column in the table that keeps it: those of the query may be there twice. */
export function keptName(index: number): string {
  return quoteName(`c${index}`);
}

/** SQL for a kept value as exact text: whole doubles without the `.0`, lists and structs as JSON. */
export function textSql(name: string, { kind, type }: SqlColumn): string {
  if (kind === 'json') return `to_json(${name})::VARCHAR`;
  if (type === 'DOUBLE' || type === 'FLOAT') return `regexp_replace(${name}::VARCHAR, '\\.0$', '')`;
  return `${name}::VARCHAR`;
}
