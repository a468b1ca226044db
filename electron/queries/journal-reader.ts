import type { JournalPage, JournalRow } from '#shared/domain/journal';
import type { UnreadableFile } from '#shared/domain/viewport';
import { tick } from '#shared/domain/timeframe';
import { DAY, MINUTE } from '#shared/units';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import type { Engine } from '../engine/engine.ts';
import { readRowsBetween } from '../engine/read-rows-between.ts';
import { bySequence } from '../storage/catalog.ts';
import { shapesOf, spanOf, type FileEntry } from '../storage/file-entry.ts';
import { rowKey } from '../storage/row-key.ts';
import type { Store } from '../storage/store.ts';
import { LostFiles, mostLooks } from './lost-files.ts';

export interface JournalWanted {
  readonly symbol: string;
  /** ms UTC; rows from then on are left out. */
  readonly until?: number | undefined;
  readonly limit: number;
}

export interface JournalReader {
  readonly list: (dataset: Dataset, wanted: JournalWanted, signal?: AbortSignal) => Promise<JournalPage>;
}

interface Stretch {
  readonly from: number;
  readonly until: number;
}

interface RowsFound {
  readonly rows: readonly StoredRow[];
  readonly unreadable: readonly UnreadableFile[];
}

/** Each further stretch is so many times as long, until there are rows enough. */
const growth = 8;

/** The first stretch that is read: trades and quotes come by the thousand within minutes. */
function firstStretchOf({ columns }: Dataset): number {
  return columns['timeframe']?.only === tick ? MINUTE : 7 * DAY;
}

/**
 * Reads the newest rows about a symbol. It goes back from the newest in ever longer stretches, so that the answer costs
 * what it holds, whatever the store has of earlier years.
 */
export function createJournalReader(store: Store, engine: Engine, root: string): JournalReader {
  function filesOf(dataset: Dataset, symbol: string): FileEntry[] {
    return store.catalog
      .timeframesOnDisk(dataset.name)
      .flatMap((timeframe) => [...store.catalog.filesOnDisk(dataset.name, timeframe)])
      .filter((file) => spanOf(file, symbol) !== undefined)
      .sort(bySequence);
  }

  /** Null when a file has vanished that may have been replaced. */
  async function readStretch(
    dataset: Dataset,
    symbol: string,
    stretch: Stretch,
    lost: LostFiles,
    signal?: AbortSignal,
  ): Promise<RowsFound | null> {
    const instantAt = Object.keys(dataset.columns).indexOf(dataset.instant);
    const isInside = (ts: number) => ts >= stretch.from && ts < stretch.until;
    // Rows move from memory to files while a query runs: both are taken as they are in one turn.
    const inMemory = store.tail.rows(dataset, symbol).flatMap(({ values }) => {
      return isInside(Number(values[instantAt])) ? [values] : [];
    });
    const files = filesOf(dataset, symbol).filter((file) => {
      const span = spanOf(file, symbol);
      return span !== undefined && span.first < stretch.until && span.last >= stretch.from;
    });
    const paths = files.map(({ path }) => path);
    const release = store.pin();
    try {
      const { value, unreadable } = await readRowsBetween(
        engine,
        { root, paths, shapes: shapesOf(files) },
        dataset,
        { symbol, ...stretch },
        signal,
      );
      return (await lost.areLost(unreadable)) ? { rows: [...value, ...inMemory], unreadable } : null;
    } finally {
      release();
    }
  }

  /** From the oldest to the newest row about a symbol, before `until`; null where there is none. */
  function reachOf(dataset: Dataset, symbol: string, until: number): Stretch | null {
    const instantAt = Object.keys(dataset.columns).indexOf(dataset.instant);
    let [first, last] = [Infinity, -Infinity];
    const take = (from: number, through: number) => {
      first = Math.min(first, from);
      last = Math.max(last, through);
    };
    for (const file of filesOf(dataset, symbol)) {
      const span = spanOf(file, symbol);
      if (span !== undefined) take(span.first, span.last);
    }
    for (const { values } of store.tail.rows(dataset, symbol)) {
      take(Number(values[instantAt]), Number(values[instantAt]));
    }
    return first < until ? { from: first, until: Math.min(last + 1, until) } : null;
  }

  return {
    async list(dataset, { symbol, until = Number.MAX_SAFE_INTEGER, limit }, signal) {
      const setAside = store.catalog.unreadable(dataset.name, { from: -Infinity, until });
      const lost = new LostFiles(store);
      let length = firstStretchOf(dataset);
      for (let look = 0; ;) {
        const reach = reachOf(dataset, symbol, until);
        if (reach === null) return { rows: [], hasMore: false, unreadable: setAside };
        const from = Math.max(reach.from, reach.until - length);
        const found = await readStretch(dataset, symbol, { from, until: reach.until }, lost, signal);
        if (found === null) {
          look += 1;
          if (look >= mostLooks) throw new Error(`Files of ${dataset.name} keep vanishing`);
          continue;
        }
        const rows = newestFirst(dataset, found.rows);
        if (rows.length <= limit && from > reach.from) {
          length *= growth;
          continue;
        }
        return {
          rows: rows.slice(0, limit).map((row) => plainRow(dataset, row)),
          hasMore: rows.length > limit,
          unreadable: [...setAside, ...found.unreadable],
        };
      }
    },
  };
}

/** Each key once, as it was written last. */
function newestFirst(dataset: Dataset, rows: readonly StoredRow[]): StoredRow[] {
  const instantAt = Object.keys(dataset.columns).indexOf(dataset.instant);
  const byKey = new Map(rows.map((row) => [rowKey(dataset, row), row]));
  return [...byKey.values()].sort((a, b) => Number(b[instantAt]) - Number(a[instantAt]));
}

function plainRow(dataset: Dataset, row: StoredRow): JournalRow {
  return Object.fromEntries(Object.keys(dataset.columns).map((name, index) => [name, row[index] ?? null]));
}
