import { parseTimeframe } from '#shared/domain/timeframe';
import { epochMs, MINUTE } from '#shared/units';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';

import { afterEach, expect, it } from 'vitest';
import { CommandKeys } from '../../../renderer/app/command-keys.tsx';
import { TimeframeEntry } from '../../../renderer/app/timeframe-entry.tsx';
import { Toolbar } from '../../../renderer/app/toolbar.tsx';
import { showSymbol } from '../../../renderer/state/show-series.ts';
import { evenBars } from '../../helpers/flat-bars.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const series = [
  {
    symbol: 'SPY',
    bars: new Map([[parseTimeframe('5m')!, evenBars(1_000, 5 * MINUTE, Date.UTC(2025, 8, 2))]]),
  },
];

async function setup() {
  const rendered = await renderOnStore(
    <>
      <Toolbar />
      <CommandKeys />
      <TimeframeEntry />
    </>,
    { series },
  );
  const { store } = rendered;
  await act(async () => {
    showSymbol(store, 'SPY');
    await expect.poll(() => store.getState().chart.window).not.toBe(null);
  });
  return { ...rendered, chart: () => store.getState().chart, settings: () => store.getState().settings };
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

it('offers the stored timeframe and those that can be made of it', async () => {
  await setup();
  const group = screen.getByRole('group', { name: 'Timeframe' });
  expect([...group.children].map(({ textContent }) => textContent)).toEqual(['5m', '15m', '1h', '4h', '1d']);
});

it('changes the timeframe', async () => {
  const { chart } = await setup();
  press('15m');
  expect(chart().key?.timeframe).toBe('15m');
});

it('changes the timeframe for typed digits', async () => {
  const { chart } = await setup();
  fireEvent.keyDown(window, { key: '1' });
  const field = screen.getByRole('textbox', { name: 'Change the timeframe' });
  fireEvent.change(field, { target: { value: '15' } });
  fireEvent.submit(field);
  expect(chart().key?.timeframe).toBe('15m');
});

it('says what it offers when a typed timeframe is not among it', async () => {
  const { chart } = await setup();
  fireEvent.keyDown(window, { key: '7' });
  fireEvent.submit(screen.getByRole('textbox', { name: 'Change the timeframe' }));
  expect(screen.getByText('Offered here: 5m, 15m, 1h, 4h, 1d')).toBeTruthy();
  expect(chart().key?.timeframe).toBe('5m');
});

it('begins the search for a symbol with a typed letter', async () => {
  const { store } = await setup();
  fireEvent.keyDown(window, { key: 'b' });
  expect(store.getState().workspace.request).toEqual({ kind: 'search', typed: 'b' });
});

it('switches the zone, the price scale and the theme', async () => {
  const { settings } = await setup();
  press('UTC');
  press('log');
  press('Change to the light theme');
  expect(settings()).toMatchObject({ zone: 'UTC', priceScale: 'log', theme: 'light' });
  press('log');
  expect(settings().priceScale).toBe('linear');
});

it('goes to a date typed in the zone that is shown', async () => {
  const { chart } = await setup();
  press('Go to');
  const field = await screen.findByRole('textbox', { name: /Date and time/ });
  fireEvent.change(field, { target: { value: '2025-09-03 09:30' } });
  await act(async () => {
    fireEvent.submit(field);
    await expect
      .poll(() => chart().window?.placement)
      .toEqual({ kind: 'around', at: epochMs(Date.UTC(2025, 8, 3, 13, 30)) });
  });
});

it('says why a typed date is none', async () => {
  await setup();
  press('Go to');
  const field = await screen.findByRole('textbox', { name: /Date and time/ });
  fireEvent.change(field, { target: { value: '2025-02-30' } });
  fireEvent.submit(field);
  expect(await screen.findByText(/does not exist/)).toBeTruthy();
});

it('switches layers', async () => {
  const { settings } = await setup();
  press('Layers');
  fireEvent.click(await screen.findByRole('checkbox', { name: /Zones/ }));
  expect(settings().layers).toMatchObject({ zone: false, level: true });
});
