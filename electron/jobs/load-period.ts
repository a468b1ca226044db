import type { CalendarId } from '#shared/domain/session-calendar';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { stat } from 'node:fs/promises';
import type { Engine } from '../engine/engine.ts';
import { sha256Of } from '../engine/sha256-of.ts';
import { writeRows } from '../engine/write-rows.ts';
import { spansOfRows, type FileEntry } from '../storage/file-entry.ts';
import { metadataOf } from '../storage/file-metadata.ts';
import { dotPath, firstCompactedLevel, levelOfPeriod } from '../storage/layout.ts';
import { folderOf, makeFolderDurably, publishWritten } from '../storage/publish-file.ts';
import type { Store } from '../storage/store.ts';
import { unusedCompactedPath } from '../storage/unused-path.ts';
import { globalXSlots } from './global-x.ts';

export interface LoadParts {
  readonly store: Store;
  readonly engine: Engine;
  readonly root: string;
  readonly storeId: string;
  /** With it, bars that have a running index get the one that compaction would give them. */
  readonly calendarOf?: (symbol: string) => CalendarId;
}

/**
 * Writes the rows of one whole day, month or year straight to a compacted file, for bulk loads that would
 * otherwise go through thousands of parts. The file is not part of the store before the caller swaps it in.
 * The rows must have unique keys.
 */
export async function writePeriod(
  { store, engine, root, storeId, calendarOf }: LoadParts,
  dataset: Dataset,
  timeframe: string,
  period: string,
  given: readonly StoredRow[],
): Promise<FileEntry> {
  const rows = calendarOf === undefined ? given : withGlobalX(dataset, timeframe, period, given, calendarOf);
  const path = await unusedCompactedPath(store, dataset, timeframe, period);
  const sequence = store.sequence;
  await makeFolderDurably(store.fs, folderOf(path));
  await writeRows(engine, dataset, rows, `${root}/${dotPath(path)}`, metadataOf(storeId, dataset, sequence));
  await publishWritten(store.fs, path);
  return {
    path,
    dataset: dataset.name,
    timeframe,
    level: levelOfPeriod(period) ?? firstCompactedLevel(dataset),
    partition: period,
    rows: rows.length,
    sizeBytes: (await stat(`${root}/${path}`)).size,
    sequence,
    sha256: await sha256Of(`${root}/${path}`),
    spans: spansOfRows(dataset, rows),
  };
}

function withGlobalX(
  dataset: Dataset,
  timeframe: string,
  period: string,
  rows: readonly StoredRow[],
  calendarOf: (symbol: string) => CalendarId,
): readonly StoredRow[] {
  const names = Object.keys(dataset.columns);
  const [symbolAt, instantAt, indexAt] = ['symbol', dataset.instant, 'global_x'].map((name) =>
    names.indexOf(name),
  );
  const symbols = rows.map((row) => String(row[symbolAt ?? 0]));
  const slots = globalXSlots(dataset, timeframe, period, symbols, calendarOf);
  if (slots.length === 0) return rows;
  const indexes = new Map(
    slots.map(({ symbol, firstIndex, opens }) => [
      symbol,
      new Map(opens.map((open, place) => [open, firstIndex + place])),
    ]),
  );
  return rows.map((row, place) => {
    const index = indexes.get(symbols[place] ?? '')?.get(Number(row[instantAt ?? 0])) ?? null;
    return row.with(indexAt ?? 0, index);
  });
}
