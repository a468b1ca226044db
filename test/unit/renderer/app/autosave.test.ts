import { MINUTE } from '#shared/units';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keepSaving } from '../../../../renderer/app/autosave.ts';
import { readWorkspace } from '../../../../renderer/app/saved-workspace.ts';
import { showSymbol } from '../../../../renderer/state/show-series.ts';
import { linkedWorkbench } from '../../../helpers/linked-workbench.ts';

afterEach(() => {
  vi.useRealTimers();
});

const place = { symbol: 'BTC', timeframe: '5m', view: { from: 1, until: 2 }, isFollowing: false, asOf: null };

async function setup(restoredText: string | null = null) {
  const workbench = await linkedWorkbench();
  const { store, client, fake } = workbench;
  vi.useFakeTimers();
  keepSaving(store, client, readWorkspace(restoredText));
  const last = () => readWorkspace(fake.saves.at(-1) ?? null);
  return { ...workbench, last, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

describe('keepSaving', () => {
  it('saves what was typed, arranged and inspected', async () => {
    const { state, last, pass } = await setup();
    state().workspace.setSearch('us');
    state().workspace.setDraft('objects', 'zone');
    state().workspace.setLayout({ grid: 1 });
    state().window.setLinked(true);
    await pass(500);
    expect(last()).toMatchObject({
      search: 'us',
      drafts: { objects: 'zone' },
      layout: { grid: 1 },
      isLinked: true,
    });
    state().workspace.setDraft('objects', '');
    await pass(500);
    expect(last().drafts).toEqual({});
  });

  it('saves every two seconds while somebody goes on typing', async () => {
    const { state, fake, pass } = await setup();
    for (let letter = 0; letter < 30; letter += 1) {
      state().workspace.setSearch('x'.repeat(letter + 1));
      await pass(200);
    }
    expect(fake.saves.length).toBeGreaterThanOrEqual(2);
  });

  it('forgets no place before the chart has come back to it', async () => {
    const { state, last, pass, store } = await setup(JSON.stringify({ chart: place }));
    state().workspace.setLayout({ grid: 1 });
    await pass(500);
    expect(last().chart).toEqual(place);
    showSymbol(store, 'BTC');
    await pass(500);
    expect(last().chart).toEqual(place);
    state().chart.look({ from: 10 * MINUTE, until: 20 * MINUTE, barsVisible: 10 }, false);
    await pass(500);
    expect(last().chart).toMatchObject({ symbol: 'BTC', view: { from: 10 * MINUTE } });
  });
});
