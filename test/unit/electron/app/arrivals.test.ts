import type { ReadLink } from '#shared/domain/deep-link';
import { describe, expect, it } from 'vitest';
import { createArrivals } from '../../../../electron/app/arrivals.ts';

const link = (symbol: string): ReadLink => ({
  ok: true,
  link: { symbol, timeframe: null, at: null, objectId: null },
});

describe('createArrivals', () => {
  it('keeps a link until the page asks, and hands it over once', () => {
    const told: ReadLink[] = [];
    const arrivals = createArrivals((each) => told.push(each));
    arrivals.arrive(link('SPY'));
    expect([arrivals.take(), arrivals.take(), told]).toEqual([link('SPY'), null, []]);
  });

  it('tells a page that has asked of the next ones at once, and keeps them for the page that follows it', () => {
    const told: ReadLink[] = [];
    const arrivals = createArrivals((each) => told.push(each));
    arrivals.take();
    arrivals.arrive(link('SPY'));
    expect(arrivals.isHeard()).toBe(true);
    arrivals.forgetPage();
    expect(arrivals.isHeard()).toBe(false);
    arrivals.arrive(link('QQQ'));
    expect(told).toEqual([link('SPY')]);
    expect(arrivals.take()).toEqual(link('QQQ'));
  });
});
