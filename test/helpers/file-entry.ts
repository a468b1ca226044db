import type { FileEntry, SymbolSpan } from '../../electron/storage/file-entry.ts';
import { parseDataPath } from '../../electron/storage/layout.ts';

/** A living file of one symbol's 1m bars, of which only what matters to a test need be said. */
export function fileEntry(
  change: Partial<FileEntry> & Partial<SymbolSpan> & Pick<FileEntry, 'path'>,
): FileEntry {
  const parsed = parseDataPath(change.path);
  const { symbol = 'SPY', first = 0, last = 0, low = 1, high = 2, rows = 10, ...rest } = change;
  return {
    dataset: parsed?.dataset.name ?? 'candles',
    timeframe: parsed?.timeframe ?? '1m',
    level: parsed?.level ?? 'day',
    partition: parsed?.partition ?? '2025-01-02',
    rows,
    sizeBytes: 100,
    sequence: 1,
    sha256: null,
    spans: [{ symbol, rows, first, last, low, high }],
    ...rest,
  };
}
