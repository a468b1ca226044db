import { objects } from '#schemas/datasets/objects';
import { compareTimeframes, parseTimeframe } from '#shared/domain/timeframe';
import type { UnreadableFile } from '#shared/domain/viewport';
import { groupBy } from '#shared/group-by';
import type { Engine } from '../engine/engine.ts';
import { stoppedBy } from '../engine/stopped-by.ts';
import type { CandidateRow } from '../engine/read-candidates.ts';
import type { Fs } from '../platform/fs.ts';
import { spansOfRows, type FileEntry, type SymbolSpan } from '../storage/file-entry.ts';
import type { Recovery } from '../storage/recover-log.ts';
import { holdsPlainRows, type ForeignPath } from '../storage/foreign-layout.ts';
import { StoreState } from '../storage/store-state.ts';
import { tailRow } from '../storage/tail-row.ts';
import { badRowsText } from './check-rows.ts';
import type { EventDefaults } from './complete-events.ts';
import { listFolder, type ListedFile } from './list-folder.ts';
import {
  finishEvents,
  findBarTimes,
  readEventCandidates,
  type EventsOfFile,
} from './read-foreign-objects.ts';
import { datasetOf } from './read-dropped-files.ts';
import { readSpans } from './read-spans.ts';
import { hasOneOf, shapeFiles, type ShapeContext, type ShapedFile } from './shape-files.ts';

export interface ScanParts {
  readonly engine: Engine;
  readonly root: string;
  readonly zone: string;
  /** Symbol of files without a column for it; found out from the other files when it is not given. */
  readonly symbol?: string | undefined;
  /** Whether a file is what an unfinished job of ours left: its rows are in other files. */
  readonly isLeftover?: (file: ShapedFile) => boolean;
}

/** One data file of a folder that another program wrote, and all that is known of it. */
export type ScannedFile =
  | { readonly file: ListedFile; readonly reason: string }
  | { readonly file: ListedFile; readonly shaped: ShapedFile; readonly spans: readonly SymbolSpan[] }
  | { readonly file: ListedFile; readonly shaped: ShapedFile; readonly candidates: readonly CandidateRow[] };

export interface FolderScan {
  readonly files: readonly ScannedFile[];
  readonly leftOut: readonly UnreadableFile[];
  /** The events of each file of objects, completed. */
  readonly events: ReadonlyMap<string, EventsOfFile>;
  /** What was left out, one sentence each. */
  readonly warnings: readonly string[];
  /** What had to be taken for granted, because no file says it. */
  readonly assumptions: readonly string[];
}

/** How a caller follows a scan. Aborted, it throws: nothing was changed. */
export interface ScanControl {
  readonly signal?: AbortSignal | undefined;
  /** Told of every folder and every batch of files; the total is null until all folders were looked through. */
  readonly onLook?: ((seen: { readonly files: number; readonly ofFiles: number | null }) => void) | undefined;
}

const filesAtOnce = 1_000;

/** Looks through a folder again and again; what has not changed is not read a second time. */
export function createScan({ engine, root, zone, symbol: givenSymbol, isLeftover = () => false }: ScanParts) {
  let known = new Map<string, ScannedFile>();

  async function scan(fs: Fs, { signal, onLook }: ScanControl = {}): Promise<FolderScan> {
    const { files: listed, leftOut } = await listFolder(fs, root, {
      signal,
      onFound: (count) => onLook?.({ files: count, ofFiles: null }),
    });
    const reader = signal === undefined ? engine : stoppedBy(engine, signal);
    const fresh = listed.filter((file) => !isKnown(file));
    const found = new Map(
      listed.flatMap((file) => (isKnown(file) ? [[file.path, known.get(file.path)]] : [])) as [
        string,
        ScannedFile,
      ][],
    );

    const read = async (files: readonly ListedFile[], context: ShapeContext) => {
      const byPath = new Map(files.map((file) => [file.path, file]));
      const refuse = ({ path, reason }: UnreadableFile) => {
        const file = byPath.get(path);
        if (file !== undefined)
          found.set(path, { file, reason: file.sizeBytes === 0 ? 'it is empty (0 bytes)' : reason });
      };
      const { shaped, unreadable, withoutSymbol } = await shapeFiles(reader, root, files, context);
      unreadable.forEach(refuse);
      const spansByPath = new Map<string, readonly SymbolSpan[]>();
      const plain = shaped.filter(({ file }) => holdsPlainRows(file));
      for (const [dataset, group] of groupBy(plain, ({ file }) => datasetOf(file))) {
        const shapes = new Map(
          group.flatMap(({ file, shape, isOwn }) => (isOwn ? [] : [[file.path, shape] as const])),
        );
        const paths = group.map(({ file }) => file.path);
        const spans = await readSpans(reader, root, dataset, paths, shapes);
        spans.unreadable.forEach(refuse);
        for (const [path, found] of spans.found) spansByPath.set(path, found);
      }
      const events = await readEventCandidates(
        reader,
        root,
        shaped.filter(({ file }) => !holdsPlainRows(file) && !isCache(file, shaped)),
      );
      events.unreadable.forEach(refuse);
      for (const one of shaped) {
        const file = byPath.get(one.file.path);
        const spansOfFile = spansByPath.get(one.file.path);
        const candidates = events.found.get(one.file.path);
        if (file === undefined) continue;
        if (spansOfFile !== undefined) found.set(file.path, { file, shaped: one, spans: spansOfFile });
        else if (candidates !== undefined) found.set(file.path, { file, shaped: one, candidates });
      }
      return withoutSymbol;
    };

    const withoutSymbol: ForeignPath[] = [];
    for (let start = 0; start < fresh.length; start += filesAtOnce) {
      signal?.throwIfAborted();
      onLook?.({ files: start, ofFiles: fresh.length });
      const batch = fresh.slice(start, start + filesAtOnce);
      withoutSymbol.push(...(await read(batch, { zone, symbol: givenSymbol })));
    }
    const symbols = symbolsOf([...found.values()]);
    const [only] = symbols;
    const rest = fresh.filter((file) => withoutSymbol.some(({ path }) => path === file.path));
    if (symbols.length === 1) await read(rest, { zone, symbol: only });
    else for (const file of rest) found.set(file.path, { file, reason: withoutSymbolReason(symbols) });

    // A query that was stopped looks like a file that cannot be read.
    signal?.throwIfAborted();
    known = found;
    const files = listed.flatMap(({ path }) => found.get(path) ?? []);
    const events = await finishAll(files, {
      symbol: givenSymbol ?? (symbols.length === 1 ? only : undefined),
      timeframe: objectTimeframeOf(listed),
    });
    return {
      files,
      leftOut,
      events,
      warnings: warningsOf(files, leftOut, events),
      assumptions: assumptionsOf(files, zone),
    };
  }

  function isKnown(file: ListedFile): boolean {
    const before = known.get(file.path)?.file;
    return before?.sizeBytes === file.sizeBytes && before.mtimeMs === file.mtimeMs;
  }

  async function finishAll(
    files: readonly ScannedFile[],
    defaults: EventDefaults,
  ): Promise<ReadonlyMap<string, EventsOfFile>> {
    const withEvents = files.flatMap((one) => ('candidates' in one && !isLeftover(one.shaped) ? [one] : []));
    const indexes = withEvents.flatMap(({ candidates }) =>
      candidates.flatMap(({ barIndex }) => barIndex ?? []),
    );
    const timeframe = '15m';
    const indexed = files.flatMap((one) =>
      'spans' in one &&
      one.file.kind === 'bars' &&
      one.file.timeframe === timeframe &&
      hasOneOf(one.shaped.shape.columns, ['global_x'])
        ? [one.shaped]
        : [],
    );
    const shapes = new Map(
      indexed.flatMap(({ file, shape, isOwn }) => (isOwn ? [] : [[file.path, shape] as const])),
    );
    const paths = indexed.map(({ file }) => file.path);
    return finishEvents(
      withEvents,
      await findBarTimes(engine, root, { paths, shapes, timeframe }, indexes),
      defaults,
    );
  }

  return { scan, recover: async (fs: Fs) => recoveryOf(await scan(fs)) };
}

/** The cache of current objects that we write ourselves says nothing that the events do not. */
function isCache({ path, kind }: ShapedFile['file'], shaped: readonly ShapedFile[]): boolean {
  return kind === 'current' && shaped.some(({ file, isOwn }) => file.path === path && isOwn);
}

function symbolsOf(files: readonly ScannedFile[]): string[] {
  const symbols = new Set<string>();
  for (const one of files) {
    if ('spans' in one) for (const { symbol } of one.spans) symbols.add(symbol);
    else if ('candidates' in one) {
      for (const { values } of one.candidates)
        if (values['symbol'] !== null) symbols.add(String(values['symbol']));
    }
  }
  return [...symbols].sort();
}

function withoutSymbolReason(symbols: readonly string[]): string {
  if (symbols.length === 0)
    return 'it has no column symbol, and no other file says which symbol this folder is of';
  return `it has no column symbol, and the folder has several: ${symbols.slice(0, 5).join(', ')}`;
}

/** Objects that do not say their timeframe are taken for those of 15m bars, as the original bot draws them, or of the longest. */
function objectTimeframeOf(files: readonly ListedFile[]): string {
  const timeframes = files.flatMap(({ kind, timeframe }) =>
    kind === 'bars' ? (parseTimeframe(timeframe ?? '') ?? []) : [],
  );
  if (timeframes.length === 0 || timeframes.some((timeframe) => timeframe === '15m')) return '15m';
  return timeframes.sort(compareTimeframes).at(-1) ?? '15m';
}

function warningsOf(
  files: readonly ScannedFile[],
  leftOut: readonly UnreadableFile[],
  events: ReadonlyMap<string, EventsOfFile>,
): string[] {
  const warnings = leftOut.map(({ path, reason }) => `${path} was left out: ${reason}`);
  for (const one of files) if ('reason' in one) warnings.push(`${one.file.path} was left out: ${one.reason}`);
  for (const [path, { bad }] of events) if (bad.length > 0) warnings.push(`${path}: ${badRowsText(bad)}`);
  return warnings;
}

function assumptionsOf(files: readonly ScannedFile[], zone: string): string[] {
  const shaped = files.flatMap((one) => ('shaped' in one && !one.shaped.isOwn ? [one] : []));
  const withoutVolume = shaped.filter(({ shaped: { shape } }) => shape.fills['volume'] !== undefined);
  const volume = withoutVolume
    .slice(0, 1)
    .map(
      ({ file }) =>
        `Volume is taken for 0 where a file has none: ${withoutVolume.length}, such as ${file.path}`,
    );
  return shaped.length === 0 ? [] : [...volume, `Times without an offset are read as those of ${zone}`];
}

/** The state of a folder as its scan shows it: bars are read from their files, events are kept in memory. */
export function recoveryOf({ files, events, warnings: leftOut, assumptions }: FolderScan): Recovery {
  const warnings = [...leftOut, ...assumptions];
  const state = new StoreState();
  for (const one of files) {
    const { file } = one;
    if ('reason' in one) {
      const { path, dataset, partition } = file;
      state.catalog.setAside({
        path,
        dataset,
        timeframe: file.timeframe ?? '',
        partition,
        reason: one.reason,
      });
    } else if ('spans' in one) {
      if (one.spans.length === 0) continue;
      state.catalog.add(entryOf(one.file, one.shaped, one.spans));
      state.catalog.setOnDisk(file.path, true);
    } else {
      const { rows = [], bad = [] } = events.get(file.path) ?? {};
      state.catalog.add(entryOf(one.file, one.shaped, spansOfRows(objects, rows)));
      rows.forEach((values, index) => {
        state.tail.add(tailRow(objects, values, file.mtimeMs, index, file.path));
      });
      if (bad.length > 0) {
        const { path, dataset, partition } = file;
        state.catalog.setAside({ path, dataset, timeframe: '', partition, reason: badRowsText(bad) });
      }
    }
  }
  state.sequence = Math.max(0, ...files.map(({ file }) => file.mtimeMs));
  return { state, segments: [], bytesSinceCheckpoint: 0, warnings, damage: [], isWhole: true };
}

/** The time of writing stands for the sequence: of two files with one row the later one counts. */
function entryOf(file: ListedFile, { shape, isOwn }: ShapedFile, spans: readonly SymbolSpan[]): FileEntry {
  return {
    path: file.path,
    dataset: file.dataset,
    timeframe: file.timeframe ?? 'all',
    level: file.level,
    partition: file.partition,
    rows: spans.reduce((sum, { rows }) => sum + rows, 0),
    sizeBytes: file.sizeBytes,
    sequence: file.mtimeMs,
    sha256: null,
    spans,
    ...(isOwn ? {} : { shape }),
  };
}
