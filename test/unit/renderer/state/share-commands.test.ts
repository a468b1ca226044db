import { readDeepLink } from '#shared/domain/deep-link';
import { MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { showSymbol } from '../../../../renderer/state/show-series.ts';
import {
  copyChartImage,
  linkToChart,
  linkToObject,
  openWindow,
} from '../../../../renderer/state/share-commands.ts';
import { chartObject } from '../../../helpers/chart-object.ts';
import { linkedWorkbench } from '../../../helpers/linked-workbench.ts';

async function setup() {
  const workbench = await linkedWorkbench([chartObject()]);
  showSymbol(workbench.store, 'SPY');
  await workbench.settled();
  workbench.state().chart.look({ from: 100 * MINUTE, until: 200 * MINUTE, barsVisible: 100 }, false);
  return workbench;
}

describe('linkToChart', () => {
  it('leads to the middle of the screen and the object that is inspected', async () => {
    const { state } = await setup();
    state().selection.select(chartObject());
    expect(readDeepLink(linkToChart(state()) ?? '')).toEqual({
      ok: true,
      link: { symbol: 'SPY', timeframe: '5m', at: 150 * MINUTE, objectId: 'zone-1' },
    });
  });

  it('is none before there is a chart', async () => {
    const { state } = await linkedWorkbench();
    expect(linkToChart(state())).toBeNull();
  });
});

describe('linkToObject', () => {
  it('leads to where the object begins, on bars of its own', () => {
    expect(linkToObject(chartObject({ t_start: 90 * MINUTE }))).toBe(
      'tapedeck://chart?symbol=SPY&tf=5m&t=1970-01-01T01:30:00.000Z&object=zone-1',
    );
  });

  it('does without an instant that no calendar has', () => {
    expect(linkToObject(chartObject({ t_start: Number.NaN, timeframe: '?' }))).toBe(
      'tapedeck://chart?symbol=SPY&object=zone-1',
    );
  });
});

describe('openWindow', () => {
  it('asks for a window on what this one shows', async () => {
    const { store, fake } = await setup();
    await openWindow(store, null);
    expect(fake.windows).toEqual([
      { link: { symbol: 'SPY', timeframe: '5m', at: 150 * MINUTE, objectId: null }, panel: null },
    ]);
    expect(fake.shared).toEqual([]);
  });

  it('ties a panel to this window, and tells it first what this one looks at', async () => {
    const { store, fake, state } = await setup();
    await openWindow(store, 'inspector');
    expect(state().window.isLinked).toBe(true);
    expect(fake.windows).toEqual([{ link: null, panel: 'inspector' }]);
    expect(fake.shared).toMatchObject([{ symbol: 'SPY', view: { from: 100 * MINUTE, until: 200 * MINUTE } }]);
  });
});

describe('copyChartImage', () => {
  it('says that there is no chart to take a picture of', async () => {
    const { store, state } = await setup();
    await copyChartImage(store);
    expect(state().window.notice).toEqual({ tone: 'bad', text: 'There is no chart to take a picture of' });
  });
});
