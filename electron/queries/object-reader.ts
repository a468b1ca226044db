import type { ObjectState } from '#shared/domain/chart-object';
import type { ObjectHistory, ObjectsAsOf, Served, UnreadableFile } from '#shared/domain/viewport';
import type { Engine } from '../engine/engine.ts';
import type { Store } from '../storage/store.ts';
import { readable, type ReadLevels } from './bar-reader.ts';
import { createObjectEvents, eventsOfTail, type EventsFound } from './object-events.ts';
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
  const current = new Map<string, CurrentStates>();
  const events = createObjectEvents({
    ...{ store, engine, root, cachedEvents },
    onForgotten: (symbol) => void current.delete(symbol),
  });

  function currentStates(symbol: string, { disk, tail, tailVersion }: EventsFound): ObjectStates {
    const version = `${disk.version}/${tailVersion}`;
    const known = current.get(symbol);
    if (known?.version === version) return known.states;
    const states = new ObjectStates([disk.events, eventsOfTail(tail)]);
    current.set(symbol, { version, states });
    return states;
  }

  async function read(wanted: ObjectsWanted, signal?: AbortSignal): Promise<ObjectsFound> {
    const { symbol, levels, asOf } = wanted;
    const found = await events.ofSymbol(symbol, levels, signal);
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
      unreadable: [...events.setAside(), ...disk.unreadable],
    };
  }

  return {
    read,

    async asOf(at, symbol, signal) {
      const symbols = symbol === undefined ? events.symbols() : [symbol];
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
      const { disk, tail } = await events.ofSymbol(symbol, 'all', signal);
      const times = [...disk.events, ...eventsOfTail(tail)].map(({ event_ts }) => event_ts);
      return nearestBeyond(times, at, direction);
    },

    history: events.ofObject,
  };
}

function nearestBeyond(times: readonly number[], at: number, direction: 'next' | 'previous'): number | null {
  let nearest: number | null = null;
  for (const time of times) {
    const isBeyond = direction === 'next' ? time > at : time < at;
    if (isBeyond && (nearest === null || Math.abs(time - at) < Math.abs(nearest - at))) nearest = time;
  }
  return nearest;
}
