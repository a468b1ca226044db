import { candles } from '#schemas/datasets/candles';
import type { UnreadableFile } from '#shared/domain/viewport';
import type { Engine } from '../engine/engine.ts';
import { readFiles } from '../engine/read-files.ts';
import { absoluteShapes, shapedSource, type Shapes } from '../engine/shaped-source.ts';
import type { SymbolSpan } from '../storage/file-entry.ts';

/** What each file of bars holds, by symbol; sorted by symbol. */
export async function readSpans(
  engine: Engine,
  root: string,
  paths: readonly string[],
  shapes: Shapes,
): Promise<{
  readonly found: ReadonlyMap<string, readonly SymbolSpan[]>;
  readonly unreadable: readonly UnreadableFile[];
}> {
  const absolute = absoluteShapes(root, shapes);
  const query = async (files: readonly string[]) => {
    const lists: (readonly string[])[] = [];
    const source = shapedSource({
      dataset: candles,
      paths: files,
      shapes: absolute,
      columns: ['symbol', 'ts', 'low', 'high'],
      listSql: (list) => `$${lists.push(list)}`,
    });
    const rows = await engine.rows(
      `SELECT file_index, symbol, count(*), min(ts), max(ts), min(low), max(high) FROM (${source})
       WHERE symbol IS NOT NULL AND ts IS NOT NULL GROUP BY file_index, symbol ORDER BY file_index, symbol`,
      lists,
    );
    const spans = files.map((): SymbolSpan[] => []);
    for (const [file, symbol, count, first, last, low, high] of rows) {
      spans[Number(file)]?.push({
        symbol: String(symbol),
        rows: Number(count),
        first: Number(first),
        last: Number(last),
        low: typeof low === 'number' ? low : null,
        high: typeof high === 'number' ? high : null,
      });
    }
    return files.map((file, index) => [file.slice(root.length + 1), spans[index] ?? []] as const);
  };
  const { value, unreadable } = await readFiles(root, paths, query, []);
  return { found: new Map(value), unreadable };
}
