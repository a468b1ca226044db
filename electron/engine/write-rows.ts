import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { columnType } from './column-type.ts';
import type { Engine } from './engine.ts';
import { parquetOptions } from './parquet-options.ts';
import { quoteName, quoteText, scratchName } from './sql.ts';

/** Writes rows to one Parquet file in the dataset's order. The file is not flushed; the caller publishes it. */
export async function writeRows(
  engine: Engine,
  dataset: Dataset,
  rows: readonly StoredRow[],
  path: string,
  metadata: Readonly<Record<string, string>>,
): Promise<void> {
  const table = scratchName();
  const columns = Object.entries(dataset.columns);
  const types = columns.map(([, column]) => columnType(column));
  const definitions = columns.map(([name], index) => `${quoteName(name)} ${types[index]}`);
  await engine.run(`CREATE TEMP TABLE ${table} (${definitions.join(', ')})`);
  await engine.fill(table, types, rows);
  await engine.run(
    `COPY (SELECT * FROM ${table} ORDER BY ${dataset.sortedBy.map(quoteName).join(', ')})
     TO ${quoteText(path)} (${parquetOptions(metadata)})`,
  );
  await engine.run(`DROP TABLE ${table}`);
}
