import type { Dataset } from '#schemas/define-dataset';
import { columnType } from './column-type.ts';
import type { Engine } from './engine.ts';
import { quoteName, quoteText } from './sql.ts';

/** Columns that hold one value throughout, by name, as SQL. */
export type FixedColumns = ReadonlyMap<string, string>;

export const noFixedColumns: FixedColumns = new Map();

/**
 * Columns of text and whole numbers that have one value in all of some files, by what their footers say. Right for files
 * that DuckDB wrote; whoever goes by it checks the rows.
 */
export async function fixedColumns(
  engine: Engine,
  dataset: Dataset,
  paths: readonly string[],
): Promise<FixedColumns> {
  const types = new Map(
    Object.entries(dataset.columns)
      .map(([name, column]) => [name, columnType(column)] as const)
      // The text of a DOUBLE in the footer may be another number.
      .filter(([, type]) => type !== 'DOUBLE'),
  );
  const found = await engine.rows(
    `SELECT path_in_schema, any_value(stats_min_value), sum(stats_null_count) > 0
     FROM parquet_metadata($1) WHERE list_contains($2, path_in_schema)
     GROUP BY path_in_schema
     HAVING sum(stats_null_count) = sum(num_values)
       OR (bool_and(stats_null_count = 0 AND stats_min_value = stats_max_value)
         AND count(*) = count(stats_min_value) AND count(DISTINCT stats_min_value) = 1)`,
    [paths, [...types.keys()]],
  );
  return new Map(
    found.map(([name, value, isNull]) => {
      const sql = isNull === true ? 'NULL' : quoteText(String(value));
      return [String(name), `CAST(${sql} AS ${types.get(String(name)) ?? 'VARCHAR'})`] as const;
    }),
  );
}

/** A SELECT list that takes the fixed columns from nowhere. */
export function listWithFixed(columns: readonly string[], fixed: FixedColumns): string {
  return columns
    .map((name) => {
      const sql = fixed.get(name);
      return sql === undefined ? quoteName(name) : `${sql} AS ${quoteName(name)}`;
    })
    .join(', ');
}
