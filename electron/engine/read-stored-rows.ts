import type { Dataset, StoredRow } from '#schemas/define-dataset';
import type { Engine } from './engine.ts';
import { quoteName } from './sql.ts';

/** The rows of files that have exactly the dataset's columns, file by file in the order of each. */
export async function readStoredRows(
  engine: Engine,
  root: string,
  paths: readonly string[],
  dataset: Dataset,
): Promise<readonly (readonly StoredRow[])[]> {
  const columns = Object.keys(dataset.columns).map(quoteName).join(', ');
  const rows = await engine.rows(
    `SELECT file_index, ${columns} FROM read_parquet($1) ORDER BY file_index, file_row_number`,
    [paths.map((path) => `${root}/${path}`)],
  );
  const files = paths.map((): StoredRow[] => []);
  for (const [index, ...values] of rows) {
    files[Number(index)]?.push(values.map((value) => (typeof value === 'boolean' ? Number(value) : value)));
  }
  return files;
}
