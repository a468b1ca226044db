import { parseTimeframe } from '#shared/domain/timeframe';
import { MINUTE } from '#shared/units';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';

import { afterEach, expect, it } from 'vitest';
import { objectsPanel } from '../../../renderer/panels/objects/objects-panel.tsx';
import { chartObject } from '../../helpers/chart-object.ts';
import { evenBars } from '../../helpers/flat-bars.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const five = parseTimeframe('5m')!;
const series = [{ symbol: 'SPY', bars: new Map([[five, evenBars(1_000, 5 * MINUTE)]]) }];
const events = [
  chartObject({ object_id: 'zone-a', t_start: 0, t_end: null }),
  chartObject({ object_id: 'flag-b', object_type: 'flag', t_start: 4_000 * MINUTE, t_end: 4_100 * MINUTE }),
];

async function setup() {
  const rendered = await renderOnStore(<objectsPanel.Component />, { series, events });
  const { store } = rendered;
  await act(async () => {
    store
      .getState()
      .chart.open({ symbol: 'SPY', timeframe: five }, { kind: 'range', from: 0, until: 5_000 * MINUTE });
    await expect.poll(() => store.getState().chart.window).not.toBe(null);
    const view = { from: 0, until: 1_000 * MINUTE, barsVisible: 200 };
    store.getState().chart.look(view, false);
  });
  return rendered;
}

const ids = () =>
  screen.queryAllByRole('option').map(({ textContent }) => /(zone|flag)-[ab]/.exec(textContent)?.[0]);

it('lists what is on the screen, and on demand all that is loaded', async () => {
  await setup();
  expect(ids()).toEqual(['zone-a']);
  fireEvent.click(screen.getByRole('button', { name: 'On screen only' }));
  expect(ids()).toEqual(['flag-b', 'zone-a']);
});

it('lists one type', async () => {
  await setup();
  fireEvent.click(screen.getByRole('button', { name: 'Flags' }));
  expect(ids()).toEqual([]);
});

it('selects what is clicked and brings it onto the screen', async () => {
  const { store } = await setup();
  fireEvent.click(screen.getByRole('button', { name: 'On screen only' }));
  await act(async () => {
    fireEvent.click(screen.getByRole('option', { name: /flag-b/ }));
    await expect
      .poll(() => store.getState().chart.window?.placement)
      .toEqual({ kind: 'around', at: 4_000 * MINUTE });
  });
  expect(store.getState().selection.selected?.object_id).toBe('flag-b');
});
