import type { Dataset, StoredRow } from '#schemas/define-dataset';
import type { Engine } from '../../engine/engine.ts';
import { absoluteShapes, shapedSource } from '../../engine/shaped-source.ts';
import { quoteName, quoteText } from '../../engine/sql.ts';
import { shapesOf } from '../../storage/file-entry.ts';
import { keyText, rowKey } from '../../storage/row-key.ts';
import type { Store } from '../../storage/store.ts';

/** Those of the rows whose key the store does not have, in the log or in any file. They are of one timeframe. */
export async function unstoredRows(
  store: Store,
  engine: Engine,
  root: string,
  dataset: Dataset,
  rows: readonly StoredRow[],
): Promise<readonly StoredRow[]> {
  const wanted = new Map(rows.map((row) => [rowKey(dataset, row), row]));
  const inMemory = [
    ...store.tail.pending().flatMap((partition) => partition.rows),
    ...[...store.tail.files()].flatMap((file) => store.tail.rowsOfFile(file)),
  ];
  for (const row of inMemory)
    if (row.dataset.name === dataset.name) wanted.delete(rowKey(dataset, row.values));
  if (wanted.size === 0) return [];

  const instantAt = Object.keys(dataset.columns).indexOf(dataset.instant);
  const instants = [...wanted.values()].map((row) => Number(row[instantAt]));
  const [first, last] = [Math.min(...instants), Math.max(...instants)];
  const files = [...store.catalog.files()].filter(
    ({ dataset: name, path, spans }) =>
      name === dataset.name &&
      store.catalog.isOnDisk(path) &&
      spans.some((span) => span.first <= last && span.last >= first),
  );
  if (files.length > 0) {
    const columns = [...new Set([...dataset.key, dataset.instant])];
    const source = shapedSource({
      dataset,
      paths: files.map(({ path }) => `${root}/${path}`),
      shapes: absoluteShapes(root, shapesOf(files)),
      columns,
      listSql: (paths) => `[${paths.map(quoteText).join(', ')}]`,
    });
    const instant = quoteName(dataset.instant);
    const stored = await engine.rows(
      `SELECT DISTINCT ${dataset.key.map(quoteName).join(', ')} FROM (${source})
       WHERE ${instant} >= ${first} AND ${instant} <= ${last}`,
      [],
    );
    for (const values of stored) wanted.delete(keyText(dataset, values));
  }
  return [...wanted.values()];
}
