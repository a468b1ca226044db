import type { ObjectEvent } from '#shared/domain/chart-object';
import type { ObjectHistory, UnreadableFile } from '#shared/domain/viewport';
import { objects } from '#schemas/datasets/objects';
import type { Engine } from '../engine/engine.ts';
import { readRows, type RowFiles } from '../engine/read-rows.ts';
import { shapesOf, spanOf, type FileEntry } from '../storage/file-entry.ts';
import type { Store } from '../storage/store.ts';
import type { TailRow } from '../storage/tail-row.ts';
import type { ReadLevels } from './bar-reader.ts';
import { LostFiles, mostLooks } from './lost-files.ts';
import { byEvent, eventOfPlainRow, eventOfStoredRow } from './object-event.ts';

/** The events of one symbol that were read from files, in their order. */
export interface EventsOnDisk {
  readonly version: string;
  readonly events: readonly ObjectEvent[];
  readonly files: readonly FileEntry[];
  readonly unreadable: readonly UnreadableFile[];
}

/** All events of a symbol at one moment: those in files, and those in memory behind them. */
export interface EventsFound {
  readonly disk: EventsOnDisk;
  readonly tail: readonly TailRow[];
  readonly tailVersion: number;
}

/** Reads the events of objects, from files and from memory. */
export interface ObjectEvents {
  readonly ofSymbol: (symbol: string, levels: ReadLevels, signal?: AbortSignal) => Promise<EventsFound>;
  /** Every event of an object, oldest first, each once. */
  readonly ofObject: (objectId: string, signal?: AbortSignal) => Promise<ObjectHistory>;
  readonly symbols: () => readonly string[];
  /** Files of objects that were put aside because they cannot be read. */
  readonly setAside: () => readonly UnreadableFile[];
}

export interface ObjectEventsParts {
  readonly store: Store;
  readonly engine: Engine;
  readonly root: string;
  /** How many events of files stay in memory, whole symbols at a time. */
  readonly cachedEvents: number;
  /** Told when those of a symbol no longer do. */
  readonly onForgotten: (symbol: string) => void;
}

/** A file that has vanished is looked for again: it may have been merged meanwhile. */
export function createObjectEvents({
  store,
  engine,
  root,
  cachedEvents,
  onForgotten,
}: ObjectEventsParts): ObjectEvents {
  const onDisk = new Map<string, EventsOnDisk>();

  /** Rows move from memory to files while a query runs: both are taken as they are in one turn, before it begins. */
  async function eventsOf(symbol: string, levels: ReadLevels, signal?: AbortSignal): Promise<EventsFound> {
    const lost = new LostFiles(store);
    for (let look = 0; ; look += 1) {
      const version = diskVersion();
      const tailVersion = store.tail.version(objects, symbol);
      const tail = levels === 'compacted' ? [] : [...store.tail.rows(objects, symbol)];
      const known = onDisk.get(symbol);
      if (levels === 'all' && known?.version === version) return { disk: known, tail, tailVersion };
      const files = filesOnDisk().filter(
        (file) =>
          spanOf(file, symbol) !== undefined &&
          (levels === 'all' || (file.level === 'part') === (levels === 'parts')),
      );
      const found = await readEvents(files, { column: 'symbol', equals: symbol }, lost, signal);
      if (found === null) {
        refuseForEver(look);
        continue;
      }
      const disk = { version, events: found.events.sort(byEvent), files, unreadable: found.unreadable };
      if (levels === 'all' && disk.unreadable.length === 0) keep(symbol, disk);
      return { disk, tail, tailVersion };
    }
  }

  /** Null when a file has vanished that may have been replaced: the owner keeps what is pinned, others read the log again. */
  async function readEvents(
    files: readonly FileEntry[],
    where: { readonly column: string; readonly equals: string },
    lost: LostFiles,
    signal?: AbortSignal,
  ): Promise<{ readonly events: ObjectEvent[]; readonly unreadable: readonly UnreadableFile[] } | null> {
    const release = store.pin();
    try {
      const { value, unreadable } = await readRows(engine, rowFiles(root, files), objects, where, signal);
      if (!(await lost.areLost(unreadable))) return null;
      return { events: value.map(eventOfPlainRow), unreadable };
    } finally {
      release();
    }
  }

  function keep(symbol: string, found: EventsOnDisk): void {
    onDisk.delete(symbol);
    onDisk.set(symbol, found);
    let kept = [...onDisk.values()].reduce((sum, { events }) => sum + events.length, 0);
    for (const [oldest, { events }] of onDisk) {
      if (kept <= cachedEvents || oldest === symbol) break;
      onDisk.delete(oldest);
      onForgotten(oldest);
      kept -= events.length;
    }
  }

  function filesOnDisk(): FileEntry[] {
    return store.catalog
      .timeframesOnDisk(objects.name)
      .flatMap((timeframe) => [...store.catalog.filesOnDisk(objects.name, timeframe)])
      .sort((a, b) => a.sequence - b.sequence);
  }

  function allSymbols(): string[] {
    const onFiles = filesOnDisk().flatMap(({ spans }) => spans.map(({ symbol }) => symbol));
    return [...new Set([...onFiles, ...store.tail.symbols(objects)])].sort();
  }

  function diskVersion(): string {
    const timeframes = store.catalog.timeframesOnDisk(objects.name);
    const versions = timeframes.map(
      (timeframe) => `${timeframe}${store.catalog.seriesVersion(objects.name, timeframe)}`,
    );
    return `${store.generation}:${versions.join()}`;
  }

  function setAside(): readonly UnreadableFile[] {
    return store.catalog.unreadable(objects.name, { from: -Infinity, until: Infinity });
  }

  async function ofObject(objectId: string, signal?: AbortSignal): Promise<ObjectHistory> {
    const lost = new LostFiles(store);
    for (let look = 0; ; look += 1) {
      const inTail = store.tail
        .symbols(objects)
        .flatMap((symbol) => store.tail.rows(objects, symbol))
        .filter(({ values }) => values[objectIdAt] === objectId);
      const where = { column: 'object_id', equals: objectId };
      const found = await readEvents(filesOnDisk(), where, lost, signal);
      if (found === null) {
        refuseForEver(look);
        continue;
      }
      const events = [...found.events, ...eventsOfTail(inTail)];
      // One event may be written twice; the later writing of a key replaces the earlier in the Map.
      const byKey = new Map(events.map((event) => [`${event.event_ts}:${event.sequence}`, event]));
      return {
        events: [...byKey.values()].sort(byEvent),
        unreadable: [...setAside(), ...found.unreadable],
      };
    }
  }

  return { ofSymbol: eventsOf, ofObject, symbols: allSymbols, setAside };
}

function refuseForEver(look: number): void {
  if (look >= mostLooks) throw new Error('Files of objects keep vanishing');
}

const objectIdAt = Object.keys(objects.columns).indexOf('object_id');

/** Events that are in memory, in the order in which they were written. */
export function eventsOfTail(rows: readonly TailRow[]): ObjectEvent[] {
  return rows.map(({ values }) => eventOfStoredRow(values));
}

function rowFiles(root: string, files: readonly FileEntry[]): RowFiles {
  return { root, paths: files.map(({ path }) => path), shapes: shapesOf(files) };
}
