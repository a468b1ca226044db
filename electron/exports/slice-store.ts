import type { Dataset } from '#schemas/define-dataset';
import type { ExportDataset, ExportProfile } from '#shared/domain/export-profile';
import { sourceTimeframe } from '#shared/domain/rollup';
import { bucketAt, type CalendarId } from '#shared/domain/session-calendar';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { groupBy } from '#shared/group-by';
import { datasetOf, type ExportSlice, type SliceFile, type SliceSource } from '../engine/export-slice.ts';
import { spanOf, type FileEntry } from '../storage/file-entry.ts';
import { bySequence } from '../storage/catalog.ts';
import { byWriting, type TailRow } from '../storage/tail-row.ts';
import type { Store } from '../storage/store.ts';

/** What the slices of an export are cut from. */
export interface SliceStore {
  readonly store: Store;
  /** Absolute folder of the store. */
  readonly root: string;
  readonly timeframesOf: (symbol: string) => readonly Timeframe[];
  readonly calendarOf: (symbol: string) => CalendarId;
}

export interface SliceWanted {
  readonly dataset: ExportDataset;
  readonly symbols: readonly string[];
  /** As stored; null for all of objects, and for bars where the profile makes longer ones of the finest. */
  readonly timeframe: Timeframe | null;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly profile: ExportProfile;
}

/** A slice, and what the user should know of where it comes from. */
export interface SliceFound {
  readonly slice: ExportSlice;
  /** Symbols that have nothing to be made into what was asked for. */
  readonly lacking: readonly string[];
  /** Longer bars that are made for this export: `5m of 1m`. */
  readonly made: readonly string[];
}

/** The rows that are asked for as they stand at this moment, said in files and rows in memory. Reads nothing. */
export function sliceStore(from: SliceStore, wanted: SliceWanted): SliceFound {
  const { dataset, profile, symbols } = wanted;
  const isReduced = dataset === 'objects' && profile.objects === 'states';
  const slice: Omit<ExportSlice, 'sources'> = {
    dataset,
    ...rangeOf(from, wanted),
    symbols: symbols.map((symbol) => ({ symbol, calendar: from.calendarOf(symbol) })),
    // Objects are found at any hour: the session is that of bars.
    session: dataset === 'candles' ? profile.session : 'all',
    isReduced,
  };
  const routes = dataset === 'candles' ? barRoutes(from, wanted) : objectRoutes(from.store, wanted);
  const groups = groupBy(
    routes.filter(({ source }) => source !== null),
    ({ source, resample }) => `${source ?? ''}>${resample ?? ''}`,
  );
  return {
    slice: {
      ...slice,
      sources: [...groups.values()].map((members) => {
        const [first] = members;
        return sourceOf(
          from,
          slice,
          members.map(({ symbol }) => symbol),
          (timeframe) =>
            members.some(({ source }) => source === null || source === timeframe || source === '*'),
          first?.resample ?? null,
        );
      }),
    },
    lacking: routes.filter(({ source }) => source === null).map(({ symbol }) => symbol),
    made: [
      ...new Set(
        routes.flatMap(({ source, resample }) => (resample === null ? [] : [`${resample} of ${source}`])),
      ),
    ],
  };
}

/** What the rows of a symbol are made of: a stored timeframe, `*` for all of them, or null where there is none. */
interface Route {
  readonly symbol: string;
  readonly source: string | null;
  readonly resample: Timeframe | null;
}

function barRoutes(
  { timeframesOf }: SliceStore,
  { symbols, timeframe, profile }: SliceWanted,
): readonly Route[] {
  const target = profile.resample === null ? timeframe : parseTimeframe(profile.resample);
  return symbols.map((symbol) => {
    const stored = timeframesOf(symbol);
    const source =
      target === null
        ? null
        : timeframe !== null && stored.includes(timeframe)
          ? sourceTimeframe(target, [timeframe])
          : sourceTimeframe(target, stored);
    return { symbol, source, resample: source === null || source === target ? null : target };
  });
}

function objectRoutes({ catalog, tail }: Store, { symbols, timeframe }: SliceWanted): readonly Route[] {
  const present = new Set<string>();
  for (const file of catalog.presentFiles()) {
    if (file.dataset !== 'objects' || (timeframe !== null && file.timeframe !== timeframe)) continue;
    for (const { symbol } of file.spans) present.add(symbol);
  }
  for (const { dataset, timeframe: pendingTimeframe, rows } of tail.pending()) {
    if (dataset.name !== 'objects' || (timeframe !== null && pendingTimeframe !== timeframe)) continue;
    for (const { symbol } of rows) present.add(symbol);
  }
  return symbols.map((symbol) => ({
    symbol,
    source: present.has(symbol) ? (timeframe ?? '*') : null,
    resample: null,
  }));
}

function sourceOf(
  { store, root }: SliceStore,
  slice: Omit<ExportSlice, 'sources'>,
  symbols: readonly string[],
  isWanted: (timeframe: string) => boolean,
  resample: Timeframe | null,
): SliceSource {
  const dataset = datasetOf(slice);
  // Which window an object reaches into is not known before it is reduced.
  const range = slice.isReduced
    ? { from: -Infinity, until: Infinity }
    : { from: slice.from, until: slice.readUntil };
  const found: SpannedFile[] = [];
  for (const entry of store.catalog.presentFiles()) {
    if (entry.dataset !== dataset.name || !isWanted(entry.timeframe)) continue;
    const spans = symbols.flatMap((symbol) => spanOf(entry, symbol) ?? []);
    const inRange = spans.filter(({ first, last }) => first < range.until && last >= range.from);
    if (inRange.length > 0) found.push({ entry, spans: inRange });
  }
  found.sort((a, b) => bySequence(a.entry, b.entry));
  const mixed = competing(found);
  return {
    symbols,
    resample,
    plain: found.filter((file) => !mixed.has(file.entry.path)).map((file) => sliceFile(root, file)),
    mixed: found.filter((file) => mixed.has(file.entry.path)).map((file) => sliceFile(root, file)),
    shapes: found.flatMap(({ entry: { path, shape } }) =>
      shape === undefined ? [] : [[`${root}/${path}`, shape] as const],
    ),
    pending: pendingRows(store, dataset, symbols, isWanted).map(({ values }) => values),
  };
}

interface SpannedFile {
  readonly entry: FileEntry;
  readonly spans: FileEntry['spans'];
}

function sliceFile(root: string, { entry, spans }: SpannedFile): SliceFile {
  return {
    path: `${root}/${entry.path}`,
    first: Math.min(...spans.map(({ first }) => first)),
    last: Math.max(...spans.map(({ last }) => last)),
  };
}

/** Files that may hold a key more than once, or one that another file holds too. */
function competing(files: readonly SpannedFile[]): ReadonlySet<string> {
  const found = new Set<string>();
  const bySymbol = new Map<string, { first: number; last: number; path: string }[]>();
  for (const { entry, spans } of files) {
    // Only what the store has merged itself is known to hold each key once.
    if (entry.level === 'part' || entry.sha256 === null || entry.shape !== undefined) found.add(entry.path);
    for (const { symbol, first, last } of spans) {
      const list = bySymbol.get(`${entry.timeframe}|${symbol}`) ?? [];
      bySymbol.set(`${entry.timeframe}|${symbol}`, list);
      list.push({ first, last, path: entry.path });
    }
  }
  for (const spans of bySymbol.values()) {
    spans.sort((a, b) => a.first - b.first);
    let reaching: { last: number; path: string } | undefined;
    for (const span of spans) {
      if (reaching !== undefined && span.first <= reaching.last) found.add(span.path).add(reaching.path);
      if (reaching === undefined || span.last > reaching.last) reaching = span;
    }
  }
  return found;
}

function pendingRows(
  { tail }: Store,
  dataset: Dataset,
  symbols: readonly string[],
  isWanted: (timeframe: string) => boolean,
): readonly TailRow[] {
  const wanted = new Set(symbols);
  return tail
    .pending()
    .filter((partition) => partition.dataset.name === dataset.name && isWanted(partition.timeframe))
    .flatMap(({ rows }) => rows.filter(({ symbol }) => wanted.has(symbol)))
    .sort(byWriting);
}

/** What was asked for, within what is stored. */
function rangeOf(from: SliceStore, wanted: SliceWanted): Pick<ExportSlice, 'from' | 'until' | 'readUntil'> {
  const { first, last } = extentOf(from.store, wanted);
  const range = { from: wanted.from ?? first, until: wanted.until ?? last + 1 };
  const target =
    wanted.profile.resample === null ? wanted.timeframe : parseTimeframe(wanted.profile.resample);
  if (wanted.dataset !== 'candles' || target === null || range.until <= range.from)
    return { ...range, readUntil: range.until };
  const ends = new Set(wanted.symbols.map((symbol) => from.calendarOf(symbol)));
  const readUntil = Math.max(
    range.until,
    ...[...ends].map((calendar) => bucketAt(calendar, target, range.until - 1).until),
  );
  return { ...range, readUntil };
}

function extentOf({ catalog, tail }: Store, { dataset, symbols }: SliceWanted) {
  let [first, last] = [Infinity, -Infinity];
  const include = (ts: number) => {
    first = Math.min(first, ts);
    last = Math.max(last, ts);
  };
  for (const entry of catalog.files()) {
    if (entry.dataset !== dataset) continue;
    for (const symbol of symbols) {
      const span = spanOf(entry, symbol);
      if (span === undefined) continue;
      include(span.first);
      include(span.last);
    }
  }
  for (const partition of tail.pending()) {
    if (partition.dataset.name !== dataset) continue;
    const instantAt = Object.keys(partition.dataset.columns).indexOf(partition.dataset.instant);
    for (const { symbol, values } of partition.rows) {
      if (symbols.includes(symbol)) include(Number(values[instantAt]));
    }
  }
  return first > last ? { first: 0, last: -1 } : { first, last };
}
