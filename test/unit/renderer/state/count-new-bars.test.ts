import type { Bars } from '#shared/domain/candle';
import { parseTimeframe } from '#shared/domain/timeframe';
import { createClient } from '#shared/ipc';
import { MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { countNewBars } from '../../../../renderer/state/count-new-bars.ts';
import { createWorkbenchStore } from '../../../../renderer/state/store.ts';
import { fakeStore } from '../../../helpers/fake-store.ts';
import { evenBars } from '../../../helpers/flat-bars.ts';

const oneMinute = parseTimeframe('1m')!;
const start = Date.UTC(2025, 8, 2, 13, 30);
const view = { from: start, until: start + 10 * MINUTE, barsVisible: 10 };

/** A window on ten bars; `grow` makes it so many more, and tells of it as the store does. */
async function setup() {
  const bars = new Map<typeof oneMinute, Bars>([[oneMinute, evenBars(10, MINUTE, start)]]);
  const fake = fakeStore({ series: [{ symbol: 'SPY', bars }] });
  const client = createClient(fake.bridge);
  const store = createWorkbenchStore(client, () => () => undefined);
  countNewBars(store, (question) => client.candles.viewport(question));
  const state = () => store.getState();
  await state().catalog.load();
  state().chart.open({ symbol: 'SPY', timeframe: oneMinute }, { kind: 'latest' });
  await settled();
  let count = 10;
  return {
    state,
    grow: async (more: number) => {
      count += more;
      bars.set(oneMinute, evenBars(count, MINUTE, start));
      state().catalog.noteChange(count, true);
      await settled();
    },
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resume) => setTimeout(resume));
}

describe('bars that come in out of sight', () => {
  it('are counted from when the newest bar left the screen', async () => {
    const { state, grow } = await setup();
    state().chart.look(view, false);
    await grow(2);
    expect(state().live.newBars).toBe(2);
    await grow(3);
    expect(state().live.newBars).toBe(5);
  });

  it('are not counted while the newest bar is on the screen', async () => {
    const { state, grow } = await setup();
    state().chart.look(view, true);
    await grow(2);
    expect(state().live.newBars).toBe(0);
  });

  it('are forgotten when the newest bar is back', async () => {
    const { state, grow } = await setup();
    state().chart.look(view, false);
    await grow(2);
    state().chart.look(view, true);
    expect(state().live.newBars).toBe(0);
  });
});
