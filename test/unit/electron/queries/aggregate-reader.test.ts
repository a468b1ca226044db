import { noBars, type Bars } from '#shared/domain/candle';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import type { Stretch } from '#shared/domain/stretches';
import { describe, expect, it } from 'vitest';
import { createAggregateReader } from '../../../../electron/queries/aggregate-reader.ts';
import {
  servedFrom,
  type BarReader,
  type BarsFound,
  type BarsWanted,
} from '../../../../electron/queries/bar-reader.ts';
import type { Store } from '../../../../electron/storage/store.ts';
import { flatBars } from '../../../helpers/flat-bars.ts';

const [minute, hour] = ['1m', '1h'].map((text) => parseTimeframe(text)!) as [Timeframe, Timeframe];
const hourMs = 3_600_000;
const wanted = {
  symbol: 'SPY',
  calendar: 'crypto' as const,
  source: minute,
  timeframe: hour,
  from: 0,
  until: 4 * hourMs,
};

interface World {
  /** Where rollups are exact. */
  readonly covered: readonly Stretch[];
  /** Opens of rows in memory. */
  readonly tail?: readonly number[];
  readonly unreadable?: readonly string[];
  /** Called at each reading of stored bars. */
  readonly onRead?: () => void;
}

/** Rollups hold bars of price 1, stored bars are of price 2: the result shows where each bar came from. */
function setup({ covered, tail = [], unreadable = [], onRead = () => undefined }: World) {
  const asked: string[] = [];
  const state = { rowCount: tail.length };
  const reader = (name: string, price: number, step: number): BarReader => ({
    read: ({ from, until }: BarsWanted) => {
      asked.push(`${name} ${from / hourMs}-${until / hourMs}`);
      if (name === 'stored') onRead();
      const found: BarsFound = {
        bars: barsEvery(step, from, until, price),
        served: servedFrom([]),
        files: [],
        unreadable: name === 'rolled' ? unreadable.map((path) => ({ path, reason: 'cut short' })) : [],
        sequence: 7,
      };
      return Promise.resolve(found);
    },
    extent: () => null,
    close: () => undefined,
  });
  const store = {
    sequence: 7,
    catalog: { unreadable: () => [] },
    tail: {
      bars: () => ({
        get rowCount() {
          return state.rowCount;
        },
        slice: () => ({ bars: { ...noBars, ts: Float64Array.from(tail) }, parts: 0, pending: tail.length }),
      }),
    },
  } as unknown as Store;
  const read = createAggregateReader(store, reader('stored', 2, 600_000), reader('rolled', 1, hourMs), {
    of: () => covered,
    version: () => '1',
  });
  return {
    asked,
    state,
    read: async (change: Partial<typeof wanted> = {}) => (await read({ ...wanted, ...change })).bars,
  };
}

function barsEvery(step: number, from: number, until: number, price: number): Bars {
  return flatBars(
    Array.from({ length: Math.ceil((until - from) / step) }, (_, index) => from + index * step),
    price,
  );
}

const stretch = (from: number, until: number) => ({ from: from * hourMs, until: until * hourMs });

describe('createAggregateReader', () => {
  it('takes bars from rollups where they are exact, and makes the others', async () => {
    const { asked, read } = setup({ covered: [stretch(1, 3)] });
    expect([...(await read()).close]).toEqual([2, 1, 1, 2]);
    expect(asked).toEqual(['rolled 1-3', 'stored 0-1', 'stored 3-4']);
  });

  it('makes the bars that rows in memory belong to', async () => {
    const { read } = setup({ covered: [stretch(0, 4)], tail: [hourMs + 60_000, hourMs + 120_000] });
    expect([...(await read()).close]).toEqual([1, 2, 1, 1]);
  });

  it('makes a bar of which the end is not wanted', async () => {
    const { asked, read } = setup({ covered: [stretch(0, 4)] });
    expect([...(await read({ until: 2.5 * hourMs })).close]).toEqual([1, 1, 2]);
    expect(asked).toEqual(['rolled 0-2', 'stored 2-2.5']);
  });

  it('makes all bars when a rollup cannot be read', async () => {
    const { read } = setup({ covered: [stretch(0, 4)], unreadable: ['rollups/1h/1970.parquet'] });
    expect([...(await read()).close]).toEqual([2, 2, 2, 2]);
  });

  it('reads again when rows have come between two readings', async () => {
    const world = setup({
      covered: [stretch(1, 2)],
      onRead: () => {
        if (world.asked.length === 2) world.state.rowCount += 1;
      },
    });
    await world.read();
    expect(world.asked).toHaveLength(6);
  });

  it('reads everything at once when rows keep coming', async () => {
    const world = setup({ covered: [stretch(1, 2)], onRead: () => (world.state.rowCount += 1) });
    await world.read();
    expect(world.asked.at(-1)).toBe('stored 0-4');
  });
});
