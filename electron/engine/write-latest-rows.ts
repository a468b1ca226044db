import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { columnType } from './column-type.ts';
import type { Engine } from './engine.ts';
import { parquetOptions } from './parquet-options.ts';
import { noShapes, shapedSource, type Shapes } from './shaped-source.ts';
import { quoteName, quoteText, scratchName } from './sql.ts';

export interface LatestRows {
  /** Absolute paths, in the order in which later rows win. */
  readonly paths: readonly string[];
  /** Of the files that another program wrote. */
  readonly shapes?: Shapes;
  /** Rows that are in no file, newer than those that are. */
  readonly rows: readonly StoredRow[];
  /** Of rows that agree in these columns one is written: */
  readonly by: readonly string[];
  /** the one that is last by these, and of equals the one written last. */
  readonly order: readonly string[];
  readonly output: string;
  /** Goes into the footer. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Writes the last row of each group to one Parquet file; answers how many there are. The caller publishes it. */
export async function writeLatestRows(
  engine: Engine,
  dataset: Dataset,
  { paths, shapes = noShapes, rows, by, order, output, metadata = {} }: LatestRows,
): Promise<number> {
  const [tail, latestRows] = [scratchName(), scratchName()];
  const columns = Object.entries(dataset.columns);
  const names = columns.map(([name]) => quoteName(name)).join(', ');
  const types = columns.map(([, column]) => columnType(column));
  const definitions = columns.map(([name], index) => `${quoteName(name)} ${types[index]}`);
  await engine.run(
    `CREATE TEMP TABLE ${tail} (${definitions.join(', ')}, file_index BIGINT, file_row_number BIGINT)`,
  );
  await engine.fill(
    tail,
    [...types, 'BIGINT', 'BIGINT'],
    rows.map((row, index) => [...row, paths.length, index]),
  );
  const files = shapedSource({
    dataset,
    paths,
    shapes,
    columns: columns.map(([name]) => name),
    listSql: (list) => `[${list.map(quoteText).join(', ')}]`,
  });
  const source = paths.length === 0 ? `FROM ${tail}` : `FROM (${files} UNION ALL FROM ${tail})`;
  const latest = [...order.map(quoteName), 'file_index', 'file_row_number'].map((column) => `${column} DESC`);
  await engine.run(
    `CREATE TEMP TABLE ${latestRows} AS SELECT ${names} ${source}
     QUALIFY row_number() OVER (PARTITION BY ${by.map(quoteName).join(', ')} ORDER BY ${latest.join(', ')}) = 1`,
  );
  const sorted = dataset.sortedBy.map(quoteName).join(', ');
  await engine.run(
    `COPY (FROM ${latestRows} ORDER BY ${sorted}) TO ${quoteText(output)} (${parquetOptions(metadata)})`,
  );
  const [count = []] = await engine.rows(`SELECT count(*) FROM ${latestRows}`, []);
  await engine.run(`DROP TABLE ${latestRows}; DROP TABLE ${tail}`);
  return Number(count[0]);
}
