import type { LoosePartition } from '#shared/domain/compaction';
import type { FileEntry } from '../storage/file-entry.ts';
import type { Merge } from '../storage/plan-compaction.ts';

/** Merges that could be done, with what each would bring by the sizes that merged files have in this store. */
export function loosePartitions(
  merges: readonly Merge[],
  files: readonly FileEntry[],
): readonly LoosePartition[] {
  const bytesPerRow = measureBytesPerRow(files);
  return merges.map(({ dataset, timeframe, level, period, inputs }) => {
    const rows = sum(inputs, (file) => file.rows);
    const perRow = bytesPerRow.get(`${dataset.name}/${timeframe}`) ?? bytesPerRow.get(dataset.name) ?? null;
    const spans = inputs.flatMap((file) => file.spans);
    return {
      dataset: dataset.name,
      timeframe,
      level,
      partition: period,
      files: inputs.length,
      parts: inputs.filter((file) => file.level === 'part').length,
      rows,
      sizeBytes: sum(inputs, (file) => file.sizeBytes),
      firstMs: spans.reduce((least, { first }) => Math.min(least, first), Infinity),
      lastMs: spans.reduce((most, { last }) => Math.max(most, last), -Infinity),
      symbols: rowsBySymbol(inputs),
      expectedBytes: perRow === null ? null : Math.round(rows * perRow),
    };
  });
}

/** Of merged files, by series and by dataset as a whole. */
function measureBytesPerRow(files: readonly FileEntry[]): ReadonlyMap<string, number> {
  const totals = new Map<string, { rows: number; sizeBytes: number }>();
  for (const { dataset, timeframe, level, rows, sizeBytes } of files) {
    if (level === 'part' || rows === 0) continue;
    for (const key of [dataset, `${dataset}/${timeframe}`]) {
      const known = totals.get(key) ?? { rows: 0, sizeBytes: 0 };
      totals.set(key, { rows: known.rows + rows, sizeBytes: known.sizeBytes + sizeBytes });
    }
  }
  return new Map([...totals].map(([key, { rows, sizeBytes }]) => [key, sizeBytes / rows]));
}

function rowsBySymbol(files: readonly FileEntry[]): LoosePartition['symbols'] {
  const rows = new Map<string, number>();
  for (const { spans } of files) {
    for (const span of spans) rows.set(span.symbol, (rows.get(span.symbol) ?? 0) + span.rows);
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([symbol, count]) => ({ symbol, rows: count }));
}

function sum(files: readonly FileEntry[], read: (file: FileEntry) => number): number {
  return files.reduce((total, file) => total + read(file), 0);
}
