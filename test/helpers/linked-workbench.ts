import { createClient } from '#shared/ipc';
import type { ObjectEvent } from '#shared/domain/chart-object';
import { parseTimeframe } from '#shared/domain/timeframe';
import { HOUR, MINUTE } from '#shared/units';
import { expect } from 'vitest';
import { createWorkbenchStore } from '../../renderer/state/store.ts';
import { fakeStore, type FakeStoreParts } from './fake-store.ts';
import { evenBars } from './flat-bars.ts';

const [minute, hour] = ['1m', '1h'].map((text) => parseTimeframe(text)!) as [never, never];

/** A store with two symbols of minutes and one of hours, as a window without a chart on the screen knows it. */
export async function linkedWorkbench(events: readonly ObjectEvent[] = [], parts: FakeStoreParts = {}) {
  const fake = fakeStore({
    series: [
      { symbol: 'SPY', bars: new Map([[minute, evenBars(10_000, MINUTE)]]) },
      { symbol: 'BTC', bars: new Map([[minute, evenBars(10_000, MINUTE)]]) },
      { symbol: 'SLOW', bars: new Map([[hour, evenBars(200, HOUR)]]) },
    ],
    events,
    ...parts,
  });
  const client = createClient(fake.bridge);
  const store = createWorkbenchStore(client, () => () => undefined);
  await store.getState().catalog.load();
  const settled = () => expect.poll(() => store.getState().chart.isOpening).toBe(false);
  return { fake, client, store, settled, state: store.getState };
}
