import type { CalendarId } from '#shared/domain/session-calendar';
import { bucketAt } from '#shared/domain/session-calendar';
import { joinStretches, withoutStretches } from '#shared/domain/stretches';
import { compareTimeframes, parseTimeframe } from '#shared/domain/timeframe';
import { rollups } from '#schemas/datasets/rollups';
import type { Dataset } from '#schemas/define-dataset';
import { datasets } from '#schemas/index';
import type {
  DatasetSnapshot,
  ExactStretch,
  SeriesSnapshot,
  StoreSnapshot,
} from '../../engine/user-sql/store-snapshot.ts';
import { shapesOf, type FileEntry } from '../../storage/file-entry.ts';
import type { Store } from '../../storage/store.ts';
import { barsAround, type BucketAt, type RollupCoverage } from '../rollup-coverage.ts';
import { seriesSnapshot, type PendingRows } from './overlapping-files.ts';

export interface SnapshotParts {
  readonly store: Store;
  readonly root: string;
  readonly coverage: RollupCoverage;
  readonly calendarOf: (symbol: string) => CalendarId;
}

/** The store as it is in this turn. The caller pins it for as long as the files are read. */
export function takeSnapshot(parts: SnapshotParts): StoreSnapshot {
  const { store, root } = parts;
  const files = store.catalog.presentFiles();
  return {
    version: `${root}:${store.generation}:${store.sequence}`,
    root,
    sequence: store.sequence,
    datasets: datasets.map((dataset) => datasetSnapshot(parts, dataset, files)),
    shapes: [...shapesOf(files)],
  };
}

function datasetSnapshot(parts: SnapshotParts, dataset: Dataset, all: readonly FileEntry[]): DatasetSnapshot {
  const files = groupFiles(all, dataset);
  const pending = pendingRows(parts.store, dataset);
  const series = [...new Set([...files.keys(), ...pending.keys()])]
    .sort()
    .map((timeframe): SeriesSnapshot =>
      seriesSnapshot(timeframe, files.get(timeframe) ?? [], pending.get(timeframe) ?? null),
    );
  const snapshot = { name: dataset.name, series };
  return dataset.name === rollups.name
    ? { ...snapshot, exact: exactStretches(parts, [...files.values()].flat()) }
    : snapshot;
}

function groupFiles(files: readonly FileEntry[], dataset: Dataset): Map<string, FileEntry[]> {
  const groups = new Map<string, FileEntry[]>();
  for (const file of files) {
    if (file.dataset !== dataset.name || file.rows === 0) continue;
    const group = groups.get(file.timeframe);
    if (group === undefined) groups.set(file.timeframe, [file]);
    else group.push(file);
  }
  return groups;
}

function pendingRows(store: Store, dataset: Dataset): ReadonlyMap<string, PendingRows> {
  const instantAt = Object.keys(dataset.columns).indexOf(dataset.instant);
  const byTimeframe = new Map<
    string,
    { sequence: number; index: number; values: PendingRows['rows'][number] }[]
  >();
  for (const group of store.tail.pending()) {
    if (group.dataset.name !== dataset.name) continue;
    const rows = byTimeframe.get(group.timeframe) ?? [];
    byTimeframe.set(group.timeframe, rows);
    rows.push(...group.rows);
  }
  return new Map(
    [...byTimeframe].map(([timeframe, rows]) => {
      const instants = rows.map(({ values }) => Number(values[instantAt]));
      rows.sort((a, b) => a.sequence - b.sequence || a.index - b.index);
      return [
        timeframe,
        {
          rows: rows.map(({ values }) => values),
          first: instants.reduce((a, b) => Math.min(a, b), Infinity),
          last: instants.reduce((a, b) => Math.max(a, b), -Infinity),
        },
      ];
    }),
  );
}

/** Where rollups say what the stored bars do. Bars that are due to be made anew are in none of these. */
function exactStretches(
  { store, coverage, calendarOf }: SnapshotParts,
  files: readonly FileEntry[],
): ExactStretch[] {
  const wanted = new Map<string, { symbol: string; timeframe: string; source: string }>();
  for (const { timeframe, madeFrom } of files) {
    for (const source of madeFrom?.sources ?? []) {
      for (const symbol of source.symbols) {
        const key = `${timeframe}|${symbol}`;
        const known = wanted.get(key);
        if (known !== undefined && !isShorter(source.timeframe, known.source)) continue;
        wanted.set(key, { symbol, timeframe, source: source.timeframe });
      }
    }
  }
  return [...wanted.values()].flatMap(({ symbol, ...texts }) => {
    const [timeframe, source] = [parseTimeframe(texts.timeframe), parseTimeframe(texts.source)];
    if (timeframe === null || source === null) return [];
    const calendar = calendarOf(symbol);
    const bucket: BucketAt = (ts) => bucketAt(calendar, timeframe, ts);
    const inMemory = store.tail.bars(symbol, source)?.slice(-Infinity, Infinity).bars.ts ?? [];
    const dirty = joinStretches(barsAround(inMemory, bucket));
    return coverage
      .of({ symbol, calendar, source, timeframe }, bucket)
      .flatMap((stretch) => withoutStretches(stretch, dirty))
      .map(({ from, until }) => ({ timeframe, symbol, from, until }));
  });
}

function isShorter(a: string, b: string): boolean {
  const [first, second] = [parseTimeframe(a), parseTimeframe(b)];
  return first !== null && second !== null && compareTimeframes(first, second) < 0;
}
