import type { SharedFocus } from '#shared/domain/window-purpose';
import { MINUTE } from '#shared/units';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { linkWindows } from '../../../../renderer/app/linked-windows.ts';
import { noFilter, noFilters } from '../../../../renderer/data/object-filter.ts';
import { showSymbol } from '../../../../renderer/state/show-series.ts';
import { chartObject } from '../../../helpers/chart-object.ts';
import { linkedWorkbench } from '../../../helpers/linked-workbench.ts';

afterEach(() => {
  vi.useRealTimers();
});

const focus = (change: Partial<SharedFocus> = {}): SharedFocus => ({
  symbol: 'BTC',
  timeframe: '1m',
  view: { from: 1_000 * MINUTE, until: 1_100 * MINUTE },
  at: null,
  asOf: null,
  isFollowing: false,
  objectId: null,
  shown: null,
  ...change,
});

/** A window that is linked and shows SPY; `hasChart` as a workbench does. */
async function setup({ hasChart = false, first = null as SharedFocus | null } = {}) {
  const events = [chartObject({ symbol: 'BTC', event_ts: 50 * MINUTE, t_start: 0 })];
  const workbench = await linkedWorkbench(events);
  const { store, client, fake, settled, state } = workbench;
  showSymbol(store, 'SPY');
  await settled();
  state().chart.look({ from: 0, until: 50 * MINUTE, barsVisible: 50 }, false);
  state().window.setLinked(true);
  if (hasChart) state().window.setPaintChart(() => document.createElement('canvas'));
  vi.useFakeTimers();
  linkWindows(store, client, first);
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const receive = async (told: SharedFocus) => {
    fake.emit('window.shared', told);
    await pass(300);
  };
  return { ...workbench, pass, receive };
}

describe('linkWindows', () => {
  it('shows in a panel just what the chart shows that it belongs to', async () => {
    const { receive, state } = await setup();
    await receive(focus({ objectId: 'zone-1' }));
    expect(state().chart.key).toEqual({ symbol: 'BTC', timeframe: '1m' });
    expect(state().chart.view).toMatchObject({ from: 1_000 * MINUTE, until: 1_100 * MINUTE });
    expect(state().selection.selected?.object_id).toBe('zone-1');
  });

  it('lists in a panel what the chart shows that it belongs to, and leaves a chart its own layers', async () => {
    const filter = { ...noFilter, kinds: ['supply'] };
    const shown = {
      layers: { zone: true, level: false, marker: true, flag: true },
      filters: { ...noFilters, zone: filter },
    };
    const panel = await setup();
    await panel.receive(focus({ shown }));
    expect(panel.state().settings.layers).toMatchObject({ level: false, 'day-breaks': true });
    expect(panel.state().settings.objectFilters.zone).toEqual(filter);
    vi.useRealTimers();
    const chart = await setup({ hasChart: true });
    await chart.receive(focus({ shown }));
    expect(chart.state().settings.layers.level).toBe(true);
  });

  it('tells which objects its chart shows when that changes', async () => {
    const { fake, pass, state } = await setup({ hasChart: true });
    state().chart.look({ from: 0, until: 60 * MINUTE, barsVisible: 60 }, false);
    await pass(2_000);
    state().settings.changeFilter('zone', { statuses: ['open'] });
    await pass(300);
    expect(fake.shared.at(-1)?.shown?.filters.zone.statuses).toEqual(['open']);
  });

  it('lets a chart keep its span and timeframe, and brings the right edges together', async () => {
    const { receive, state } = await setup({ hasChart: true });
    await receive(focus({ timeframe: '15m' }));
    expect(state().chart.key).toEqual({ symbol: 'BTC', timeframe: '5m' });
    expect(state().chart.window?.placement).toEqual({
      kind: 'range',
      from: 1_050 * MINUTE,
      until: 1_100 * MINUTE,
    });
  });

  it('begins where the window is that it was taken out of', async () => {
    const { pass, state } = await setup({ first: focus() });
    await pass(300);
    expect(state().chart.key?.symbol).toBe('BTC');
  });

  it('knows no more than the window it is linked with', async () => {
    const { receive, state, fake } = await setup();
    await receive(focus({ asOf: 20 * MINUTE, objectId: 'zone-1' }));
    expect(state().chart.asOf).toBe(20 * MINUTE);
    expect(state().selection.selected).toBeNull();
    const later = fake.questions.filter(({ symbol, asOf }) => symbol === 'BTC' && asOf !== 20 * MINUTE);
    expect(later).toEqual([]);
  });

  it('tells of another symbol at once, and of a movement', async () => {
    const { fake, pass, state, store } = await setup();
    state().chart.look({ from: 0, until: 50 * MINUTE, barsVisible: 50 }, false);
    await pass(2_500);
    expect(fake.shared).toEqual([]);
    state().chart.look({ from: 300 * MINUTE, until: 350 * MINUTE, barsVisible: 50 }, false);
    await pass(200);
    showSymbol(store, 'BTC');
    await pass(200);
    expect(fake.shared.map(({ symbol, view }) => [symbol, view?.from])).toEqual([
      ['SPY', 300 * MINUTE],
      ['BTC', 300 * MINUTE],
    ]);
  });

  it('does not tell back where it came to rest because another window moved', async () => {
    const { fake, pass, receive, state } = await setup();
    await pass(2_500);
    await receive(focus());
    state().chart.look({ from: 1_003 * MINUTE, until: 1_103 * MINUTE, barsVisible: 100 }, false);
    await pass(500);
    expect(fake.shared).toEqual([]);
  });

  it('neither tells nor follows while it is not linked, and leads when it is linked again', async () => {
    const { fake, pass, receive, state } = await setup();
    state().window.setLinked(false);
    await pass(2_500);
    await receive(focus());
    expect(state().chart.key?.symbol).toBe('SPY');
    expect(fake.shared).toEqual([]);
    state().window.setLinked(true);
    await pass(200);
    expect(fake.shared.map(({ symbol }) => symbol)).toEqual(['SPY']);
  });
});
