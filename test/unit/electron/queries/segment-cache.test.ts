import type { Bars } from '#shared/domain/candle';
import { describe, expect, it } from 'vitest';
import { BarMemory } from '../../../../electron/queries/bar-memory.ts';
import { SegmentCache, type Segment } from '../../../../electron/queries/segment-cache.ts';
import { evenBars } from '../../../helpers/flat-bars.ts';

const segment = (bars: Bars, version = '1'): Segment => ({
  ...{ version, stretches: [bars], files: [], unreadable: [] },
});
const timesOf = (found: Segment | undefined) => found?.stretches.flatMap(({ ts }) => [...ts]) ?? null;

/** A cache with room for `bars`, of which each segment takes up a multiple of 512. */
function setup(bars: number, memory = new BarMemory()) {
  const cache = new SegmentCache(bars * 48 + 2_000, memory);
  return {
    put: (key: string, count: number, from = 0) => cache.put(key, segment(evenBars(count, 1, from))),
    times: (key: string, version = '1') => timesOf(cache.get(key, version)),
    cache,
    memory,
  };
}

describe('SegmentCache', () => {
  it('keeps copies, so that what was read is free to go or change', () => {
    const { cache, times } = setup(1_024);
    const bars = evenBars(3, 10);
    cache.put('a', segment(bars));
    bars.ts.fill(7);
    expect(times('a')).toEqual([0, 10, 20]);
  });

  it('lets go of those that were not used for the longest time', () => {
    const { put, times } = setup(1_024);
    put('a', 2, 100);
    put('b', 2, 200);
    expect(times('a')).toEqual([100, 101]);
    put('c', 2, 300);
    expect([times('a'), times('b'), times('c')]).toEqual([[100, 101], null, [300, 301]]);
  });

  it('takes as much memory as it may keep, however much goes through it', () => {
    const { put, memory } = setup(2_048);
    const buffers = () => new Set(memory.take(30_000).pieces.map(({ ts }) => ts.buffer));
    for (let place = 0; place < 200; place += 1) put(`${place}`, 1 + (place % 4) * 500);
    expect(buffers().size).toBe(1);
  });

  it('keeps one that is larger than all it may keep, alone', () => {
    const { put, times } = setup(1_024);
    put('a', 2);
    put('large', 5_000);
    expect([times('a'), times('large')?.length]).toEqual([null, 5_000]);
    put('b', 2);
    expect([times('large'), times('b')]).toEqual([null, [0, 1]]);
  });

  it('lets go of one that is out of date', () => {
    const { put, times } = setup(1_024);
    put('a', 2);
    expect([times('a', '2'), times('a')]).toEqual([null, null]);
  });

  it('leaves its memory to others when it is closed, and keeps nothing any more', () => {
    const { put, times, cache, memory } = setup(40_000);
    put('a', 30_000);
    cache.close();
    put('b', 2);
    expect([times('a'), times('b')]).toEqual([null, null]);
    expect(memory.take(32_768).pieces).toHaveLength(1);
  });
});
