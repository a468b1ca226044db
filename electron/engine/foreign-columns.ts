import type { FileShape } from '#shared/domain/file-shape';
import { instantSql, isNumberType, type CastMode } from './instant-sql.ts';
import { faultText } from './fault-text.ts';
import { quoteName, quoteText } from './sql.ts';

/** The index of a data frame, as pandas names it: the time of a bar, or row labels that say nothing of the data. */
const rowLabels = /^__index_level_\d+__$/;

/** A column of a file as the file spells it. */
export interface ForeignColumn {
  readonly name: string;
  readonly type: string;
}

/** A column of a type that stands for nothing of ours. */
export class InconvertibleColumn extends Error {}

/** The columns of a file, looked up by what they may be called, and remembered as used. */
export class ForeignColumns {
  readonly shape: FileShape;
  readonly mode: CastMode;
  readonly #byName = new Map<string, ForeignColumn>();
  readonly #used = new Set<string>();
  readonly #faults: string[] = [];

  constructor(shape: FileShape, mode: CastMode) {
    this.shape = shape;
    this.mode = mode;
    for (const [name, type] of shape.columns) {
      const key = name.toLowerCase();
      if (!this.#byName.has(key)) this.#byName.set(key, { name, type });
    }
  }

  /** The first of these names that the file has. */
  find(names: readonly string[]): ForeignColumn | undefined {
    const found = names.map((name) => this.#byName.get(name)).find((column) => column !== undefined);
    if (found !== undefined) this.#used.add(found.name);
    return found;
  }

  unused(): readonly ForeignColumn[] {
    return [...this.#byName.values()].filter(({ name }) => !this.#used.has(name) && !rowLabels.test(name));
  }

  /** Names the column and its value where a value is given that does not convert; null elsewhere. */
  faultSql(): string {
    return this.#faults.length === 0 ? 'NULL::VARCHAR' : `coalesce(${this.#faults.join(', ')})`;
  }

  text(names: readonly string[]): string | null {
    const column = this.find(names);
    if (column === undefined) return null;
    if (column.type === 'VARCHAR') return quoteName(column.name);
    if (isNumberType(column.type) || column.type.startsWith('ENUM'))
      return `CAST(${quoteName(column.name)} AS VARCHAR)`;
    throw inconvertible(column, 'text');
  }

  number(names: readonly string[]): string | null {
    const column = this.find(names);
    if (column === undefined) return null;
    if (column.type === 'DOUBLE') return quoteName(column.name);
    if (isNumberType(column.type)) return this.#converted(column, 'DOUBLE');
    if (column.type === 'VARCHAR') return this.#converted(column, 'DOUBLE');
    throw inconvertible(column, 'number');
  }

  /** Whole numbers; a fraction or text that is none is null, because these columns are hints. */
  hint(names: readonly string[]): string | null {
    const column = this.find(names);
    if (column === undefined) return null;
    if (column.type === 'BIGINT') return quoteName(column.name);
    if (!isNumberType(column.type) && column.type !== 'VARCHAR') throw inconvertible(column, 'number');
    return `TRY_CAST(${quoteName(column.name)} AS BIGINT)`;
  }

  instant(names: readonly string[], unit = this.shape.unit): string | null {
    const column = this.find(names);
    if (column === undefined) return null;
    const { zone, years } = this.shape;
    const sql = instantSql({ ...column, unit, zone, ...(years === undefined ? {} : { years }) }, this.mode);
    if (sql === null) throw inconvertible(column, 'time');
    if (sql !== quoteName(column.name)) this.#watch(column, sql);
    return sql;
  }

  #converted(column: ForeignColumn, type: string): string {
    const sql = `${this.mode === 'strict' ? 'CAST' : 'TRY_CAST'}(${quoteName(column.name)} AS ${type})`;
    this.#watch(column, sql);
    return sql;
  }

  #watch({ name }: ForeignColumn, sql: string): void {
    const given = `CAST(${quoteName(name)} AS VARCHAR)`;
    this.#faults.push(
      `CASE WHEN nullif(trim(${given}), '') IS NOT NULL AND (${sql}) IS NULL THEN ${faultText(quoteText(name), given)} END`,
    );
  }
}

function inconvertible({ name, type }: ForeignColumn, wanted: string): InconvertibleColumn {
  return new InconvertibleColumn(`${name} is of type ${type}, which is no ${wanted}`);
}
