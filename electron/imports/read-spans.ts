import type { Dataset } from '#schemas/define-dataset';
import type { UnreadableFile } from '#shared/domain/viewport';
import type { Engine } from '../engine/engine.ts';
import { readFiles } from '../engine/read-files.ts';
import { absoluteShapes, shapedSource, type Shapes } from '../engine/shaped-source.ts';
import { priceBoundsSql } from '../engine/price-bounds.ts';
import { quoteName } from '../engine/sql.ts';
import type { SymbolSpan } from '../storage/file-entry.ts';

/** What each of a dataset's files holds, by symbol; sorted by symbol. */
export async function readSpans(
  engine: Engine,
  root: string,
  dataset: Dataset,
  paths: readonly string[],
  shapes: Shapes,
): Promise<{
  readonly found: ReadonlyMap<string, readonly SymbolSpan[]>;
  readonly unreadable: readonly UnreadableFile[];
}> {
  const absolute = absoluteShapes(root, shapes);
  const query = async (files: readonly string[]) => {
    const lists: (readonly string[])[] = [];
    const [low, high] = priceBoundsSql(dataset);
    const instant = quoteName(dataset.instant);
    const source = shapedSource({
      dataset,
      paths: files,
      shapes: absolute,
      columns: ['symbol', dataset.instant, ...new Set([...dataset.priceLow, ...dataset.priceHigh])],
      listSql: (list) => `$${lists.push(list)}`,
    });
    const rows = await engine.rows(
      `SELECT file_index, symbol, count(*), min(${instant}), max(${instant}), ${low}, ${high} FROM (${source})
       WHERE symbol IS NOT NULL AND ${instant} IS NOT NULL GROUP BY file_index, symbol ORDER BY file_index, symbol`,
      lists,
    );
    const spans = files.map((): SymbolSpan[] => []);
    for (const [file, symbol, count, first, last, lowest, highest] of rows) {
      spans[Number(file)]?.push({
        symbol: String(symbol),
        rows: Number(count),
        first: Number(first),
        last: Number(last),
        low: typeof lowest === 'number' ? lowest : null,
        high: typeof highest === 'number' ? highest : null,
      });
    }
    return files.map((file, index) => [file.slice(root.length + 1), spans[index] ?? []] as const);
  };
  const { value, unreadable } = await readFiles(root, paths, query, []);
  return { found: new Map(value), unreadable };
}
