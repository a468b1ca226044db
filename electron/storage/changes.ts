import type { StoredRow } from '#schemas/define-dataset';
import type { StoreChange } from '#shared/domain/store-summary';
import { rollups } from '#schemas/datasets/rollups';
import { findDataset } from '#schemas/index';
import type { FileEntry, SymbolSpan } from './file-entry.ts';
import { spansOfRows } from './file-entry.ts';
import { periodRange } from './layout.ts';
import type { LogEntry, RowBatch } from './log-entry.ts';
import type { StoreState } from './store-state.ts';
import { tailRow } from './tail-row.ts';

/**
 * What a reader would see differently after this entry. A file that only moved rows changes nothing. `wasThere` says of
 * a path whether a file that has gone had it: names are never used again, so it is that file that comes back.
 */
export function changesOf(entry: LogEntry, wasThere: (path: string) => boolean): readonly StoreChange[] {
  switch (entry.kind) {
    case 'rows':
      return entry.batches.flatMap(changesOfBatch);
    case 'part':
      // One that took all of its rows over from the log brings nothing new.
      return entry.parts.flatMap(({ file, rows }) =>
        rows.length === 2 * file.rows ? [] : changesOfFile(file, true),
      );
    case 'swap': {
      // They say what was known before.
      if (entry.added.every(isRollup) && entry.removed.every(isRollup)) return [];
      const lost = entry.removed
        .filter(({ replacedBy }) => replacedBy === null)
        .map(({ dataset, timeframe, partition }) => ({
          dataset,
          timeframe,
          symbol: '',
          ...periodRange(partition),
          hasNewRows: false,
        }));
      const isMerge = entry.removed.length > 0 && entry.replaced.length === 0;
      const gained = isMerge ? [] : entry.added.flatMap((file) => changesOfFile(file, !wasThere(file.path)));
      return [...lost, ...gained];
    }
    case 'gone':
    case 'checkpoint':
      return [];
  }
}

const isRollup = ({ dataset }: FileEntry) => dataset === rollups.name;

/** What a reader sees differently when one state is taken for another: in files, and in rows that are in none yet. */
export function changesBetween(before: StoreState, after: StoreState): readonly StoreChange[] {
  const gone = [...before.catalog.files()].filter((file) => !isSame(file, after.catalog.get(file.path)));
  const isMerge = gone.some(({ path }) => after.catalog.get(path) === undefined);
  const come = [...after.catalog.files()].filter((file) => !isSame(file, before.catalog.get(file.path)));
  const written = after.tail.pending().flatMap(({ dataset, timeframe, rows }) => {
    const fresh = rows.filter(({ sequence }) => sequence > before.sequence).map(({ values }) => values);
    return spansOfRows(dataset, fresh).map((span) => changeOf(dataset.name, timeframe, span, true));
  });
  const isNew = ({ path }: FileEntry) =>
    before.catalog.get(path) !== undefined || (!isMerge && before.catalog.deadFile(path) === undefined);
  return [
    ...gone.flatMap((file) => changesOfFile(file, false)),
    ...come.flatMap((file) => changesOfFile(file, isNew(file))),
    ...written,
  ];
}

function isSame(file: FileEntry, other: FileEntry | undefined): boolean {
  return file.sequence === other?.sequence && file.sizeBytes === other.sizeBytes;
}

/** Every series and time that a file has rows of. */
export function changesOfFile(file: FileEntry, hasNewRows: boolean): StoreChange[] {
  return file.spans.map((span) => changeOf(file.dataset, file.timeframe, span, hasNewRows));
}

function changesOfBatch({ dataset: name, rows }: RowBatch): StoreChange[] {
  const dataset = findDataset(name);
  if (dataset === undefined) return [];
  const byTimeframe = new Map<string, StoredRow[]>();
  for (const row of rows) {
    const { timeframe } = tailRow(dataset, row, 0, 0);
    const group = byTimeframe.get(timeframe);
    if (group === undefined) byTimeframe.set(timeframe, [row]);
    else group.push(row);
  }
  return [...byTimeframe].flatMap(([timeframe, group]) =>
    spansOfRows(dataset, group).map((span) => changeOf(name, timeframe, span, true)),
  );
}

function changeOf(
  dataset: string,
  timeframe: string,
  { symbol, first, last }: SymbolSpan,
  hasNewRows: boolean,
): StoreChange {
  return { dataset, timeframe, symbol, from: first, until: last + 1, hasNewRows };
}
