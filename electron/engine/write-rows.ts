import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { WorkbenchError } from '#shared/errors';
import { columnType } from './column-type.ts';
import type { Engine } from './engine.ts';
import { errorCodeOf } from './error-code.ts';
import { fileFault } from './file-fault.ts';
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
  try {
    await engine.fill(table, types, rows);
    await engine.run(
      `COPY (SELECT * FROM ${table} ORDER BY ${dataset.sortedBy.map(quoteName).join(', ')})
       TO ${quoteText(path)} (${parquetOptions(metadata)})`,
    );
  } catch (error) {
    throw wordedWriting(error);
  } finally {
    await engine.run(`DROP TABLE ${table}`);
  }
}

/** What the disk has to do with it is said as of any other file; all else is a fault of the program. */
function wordedWriting(error: unknown): unknown {
  const code = errorCodeOf(error instanceof Error ? error.message : String(error));
  return code === 'file-unreadable' ? error : new WorkbenchError(code, fileFault(error), { cause: error });
}
