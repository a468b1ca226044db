import { parseTimeframe } from '#shared/domain/timeframe';
import { createClient } from '#shared/ipc';
import { HOUR, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { showSymbol, showTimeframe } from '../../../../renderer/state/show-series.ts';
import { createWorkbenchStore } from '../../../../renderer/state/store.ts';
import { fakeStore, type FakeSeries } from '../../../helpers/fake-store.ts';
import { evenBars } from '../../../helpers/flat-bars.ts';

const [minute, quarter, hour] = ['1m', '15m', '1h'].map((text) => parseTimeframe(text)!) as [
  never,
  never,
  never,
];

const series: FakeSeries[] = [
  { symbol: 'SPY', bars: new Map([[minute, evenBars(10_000, MINUTE)]]) },
  { symbol: 'BTC', bars: new Map([[minute, evenBars(10_000, MINUTE, 500 * MINUTE)]]) },
  { symbol: 'SLOW', bars: new Map([[hour, evenBars(200, HOUR)]]) },
];

async function setup() {
  const fake = fakeStore({ series });
  const store = createWorkbenchStore(createClient(fake.bridge), () => () => undefined);
  await store.getState().catalog.load();
  const settled = () => expect.poll(() => store.getState().chart.isOpening).toBe(false);
  showSymbol(store, 'SPY');
  await settled();
  return { store, settled, chart: () => store.getState().chart };
}

const view = (from: number, until: number) => ({
  from: from * MINUTE,
  until: until * MINUTE,
  barsVisible: until - from,
});

describe('showTimeframe', () => {
  it('keeps the span', async () => {
    const { store, settled, chart } = await setup();
    chart().look(view(4_000, 4_200), false);
    showTimeframe(store, quarter);
    await settled();
    expect(chart().window?.placement).toEqual({ kind: 'range', from: 4_000 * MINUTE, until: 4_200 * MINUTE });
    expect(chart().window?.source).toBe('1m');
  });
});

describe('showSymbol', () => {
  it('keeps the span while looking back', async () => {
    const { store, settled, chart } = await setup();
    chart().look(view(4_000, 4_200), false);
    showSymbol(store, 'BTC');
    await settled();
    expect(chart().window?.placement).toEqual({ kind: 'range', from: 4_000 * MINUTE, until: 4_200 * MINUTE });
  });

  it('stays at the newest bar while following', async () => {
    const { store, settled, chart } = await setup();
    chart().look(view(9_900, 10_010), true);
    showSymbol(store, 'BTC');
    await settled();
    expect(chart().window?.placement).toEqual({
      kind: 'range',
      from: 10_400 * MINUTE,
      until: 10_510 * MINUTE,
    });
  });

  it('takes the nearest timeframe that the symbol has', async () => {
    const { store, settled, chart } = await setup();
    showSymbol(store, 'SLOW');
    await settled();
    expect(chart().window?.key).toEqual({ symbol: 'SLOW', timeframe: '1h' });
  });
});
