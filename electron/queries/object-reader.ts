import type { ObjectEvent, ObjectState } from '#shared/domain/chart-object';
import type { ObjectHistory, ObjectsAsOf, Served, UnreadableFile } from '#shared/domain/viewport';
import { objects } from '#schemas/datasets/objects';
import type { Engine } from '../engine/engine.ts';
import { readRows, type RowFiles } from '../engine/read-rows.ts';
import { shapesOf, spanOf, type FileEntry } from '../storage/file-entry.ts';
import type { Store } from '../storage/store.ts';
import type { TailRow } from '../storage/tail-row.ts';
import { readable, type ReadLevels } from './bar-reader.ts';
import { LostFiles, mostLooks } from './lost-files.ts';
import { byEvent, eventOfPlainRow, eventOfStoredRow } from './object-event.ts';
import { ObjectStates } from './object-states.ts';

export interface ObjectsWanted {
  readonly symbol: string;
  readonly from: number;
  readonly until: number;
  readonly band: { readonly min: number; readonly max: number } | null;
  readonly asOf?: number | undefined;
  readonly levels: ReadLevels;
}

export interface ObjectsFound {
  readonly objects: readonly ObjectState[];
  readonly served: Served;
  readonly unreadable: readonly UnreadableFile[];
}

export interface ObjectReader {
  readonly read: (wanted: ObjectsWanted, signal?: AbortSignal) => Promise<ObjectsFound>;
  /** The last state by `at` of every object, of one symbol or of all. */
  readonly asOf: (at: number, symbol?: string, signal?: AbortSignal) => Promise<ObjectsAsOf>;
  /** When an object of the symbol next changed after `at`, or last changed before it. */
  readonly nextEvent: (
    symbol: string,
    at: number,
    direction: 'next' | 'previous',
    signal?: AbortSignal,
  ) => Promise<number | null>;
  /** Every event of an object, oldest first, each once. */
  readonly history: (objectId: string, signal?: AbortSignal) => Promise<ObjectHistory>;
}

/** The events of one symbol that were read from files, in their order. */
interface EventsOnDisk {
  readonly version: string;
  readonly events: readonly ObjectEvent[];
  readonly files: readonly FileEntry[];
  readonly unreadable: readonly UnreadableFile[];
}

/** All events of a symbol at one moment: those in files, and those in memory behind them. */
interface EventsFound {
  readonly disk: EventsOnDisk;
  readonly tail: readonly TailRow[];
  readonly tailVersion: number;
}

interface CurrentStates {
  readonly version: string;
  readonly states: ObjectStates;
}

/**
 * Reads objects as they stand, or stood at an instant. Events are reduced to the last state of each object before
 * anything is filtered: the other way round an object would show as it was when it last touched the window.
 */
export function createObjectReader(
  store: Store,
  engine: Engine,
  root: string,
  cachedEvents: number,
): ObjectReader {
  const onDisk = new Map<string, EventsOnDisk>();
  const current = new Map<string, CurrentStates>();

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
      if (levels === 'all' && disk.unreadable.length === 0) remember(symbol, disk);
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

  function remember(symbol: string, found: EventsOnDisk): void {
    onDisk.delete(symbol);
    onDisk.set(symbol, found);
    let kept = [...onDisk.values()].reduce((sum, { events }) => sum + events.length, 0);
    for (const [oldest, { events }] of onDisk) {
      if (kept <= cachedEvents || oldest === symbol) break;
      onDisk.delete(oldest);
      current.delete(oldest);
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

  function currentStates(symbol: string, { disk, tail, tailVersion }: EventsFound): ObjectStates {
    const version = `${disk.version}/${tailVersion}`;
    const known = current.get(symbol);
    if (known?.version === version) return known.states;
    const states = new ObjectStates([disk.events, eventsOfTail(tail)]);
    current.set(symbol, { version, states });
    return states;
  }

  function setAside(): readonly UnreadableFile[] {
    return store.catalog.unreadable(objects.name, { from: -Infinity, until: Infinity });
  }

  async function read(wanted: ObjectsWanted, signal?: AbortSignal): Promise<ObjectsFound> {
    const { symbol, levels, asOf } = wanted;
    const found = await eventsOf(symbol, levels, signal);
    const { disk, tail } = found;
    const states =
      levels === 'all' && asOf === undefined
        ? currentStates(symbol, found)
        : new ObjectStates([disk.events, eventsOfTail(tail)], asOf);
    const parts = new Set(tail.flatMap(({ file }) => file ?? []));
    const counts = { part: parts.size, day: 0, month: 0, year: 0 };
    for (const { level } of readable(disk.files, disk.unreadable)) counts[level] += 1;
    return {
      objects: states.inWindow(wanted),
      served: {
        parts: counts.part,
        days: counts.day,
        months: counts.month,
        years: counts.year,
        rollups: 0,
        tailRows: tail.filter(({ file }) => file === null).length,
      },
      // Which window an object reaches into is not known before it is read.
      unreadable: [...setAside(), ...disk.unreadable],
    };
  }

  return {
    read,

    async asOf(at, symbol, signal) {
      const symbols = symbol === undefined ? allSymbols() : [symbol];
      const states: ObjectState[] = [];
      const unreadable = new Map<string, UnreadableFile>();
      for (const one of symbols) {
        const wanted = {
          symbol: one,
          from: -Infinity,
          until: Infinity,
          band: null,
          asOf: at,
          levels: 'all' as const,
        };
        const found = await read(wanted, signal);
        states.push(...found.objects);
        for (const file of found.unreadable) unreadable.set(file.path, file);
      }
      return { objects: states, unreadable: [...unreadable.values()] };
    },

    async nextEvent(symbol, at, direction, signal) {
      const { disk, tail } = await eventsOf(symbol, 'all', signal);
      const times = [...disk.events, ...eventsOfTail(tail)].map(({ event_ts }) => event_ts);
      return nearestBeyond(times, at, direction);
    },

    async history(objectId, signal) {
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
    },
  };
}

function refuseForEver(look: number): void {
  if (look >= mostLooks) throw new Error('Files of objects keep vanishing');
}

function nearestBeyond(times: readonly number[], at: number, direction: 'next' | 'previous'): number | null {
  let nearest: number | null = null;
  for (const time of times) {
    const isBeyond = direction === 'next' ? time > at : time < at;
    if (isBeyond && (nearest === null || Math.abs(time - at) < Math.abs(nearest - at))) nearest = time;
  }
  return nearest;
}

const objectIdAt = Object.keys(objects.columns).indexOf('object_id');

function eventsOfTail(rows: readonly TailRow[]): ObjectEvent[] {
  return rows.map(({ values }) => eventOfStoredRow(values));
}

function rowFiles(root: string, files: readonly FileEntry[]): RowFiles {
  return { root, paths: files.map(({ path }) => path), shapes: shapesOf(files) };
}
