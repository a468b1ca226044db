import { parseTimeframe } from '#shared/domain/timeframe';
import { WorkbenchError } from '#shared/errors';
import { DAY, epochMs, MINUTE } from '#shared/units';
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { symbolsPanel } from '../../../renderer/panels/symbols/symbols-panel.tsx';
import { evenBars } from '../../helpers/flat-bars.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const series = ['BTC-USD', 'EURUSD', 'SPY'].map((symbol) => ({
  symbol,
  bars: new Map([[parseTimeframe('5m')!, evenBars(100, 5 * MINUTE)]]),
}));
const names = () => screen.getAllByRole('option').map(({ textContent }) => textContent.slice(0, 7));

it('lists the symbols of the store', async () => {
  await renderOnStore(<symbolsPanel.Component />, { series });
  expect(names()).toEqual(['BTC-USD', 'EURUSD5', 'SPY5m19']);
});

it('finds while one types, and shows the first on Enter', async () => {
  const { store } = await renderOnStore(<symbolsPanel.Component />, { series });
  const field = screen.getByRole('textbox', { name: 'Find symbol' });
  fireEvent.change(field, { target: { value: 'usd' } });
  expect(names()).toEqual(['BTC-USD', 'EURUSD5']);
  fireEvent.change(field, { target: { value: 'sp' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(store.getState().chart.key).toEqual({ symbol: 'SPY', timeframe: '5m' });
});

it('shows the symbol that is clicked', async () => {
  const { store } = await renderOnStore(<symbolsPanel.Component />, { series });
  fireEvent.click(screen.getByRole('option', { name: /EURUSD/ }));
  expect(store.getState().chart.key?.symbol).toBe('EURUSD');
  expect(screen.getByRole('option', { selected: true }).textContent).toContain('EURUSD');
});

it('says when nothing is found', async () => {
  await renderOnStore(<symbolsPanel.Component />, { series });
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'xyz' } });
  expect(screen.getByText(/No symbol holds “xyz”/)).toBeTruthy();
});

it('takes the search over that was begun elsewhere', async () => {
  const { store } = await renderOnStore(<symbolsPanel.Component />, { series });
  act(() => store.getState().workspace.ask({ kind: 'search', typed: 's' }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox')));
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('s');
  expect(store.getState().workspace.request).toBe(null);
});

it('says why the list could not be read, and reads it again', async () => {
  const { fake, store } = await renderOnStore(<symbolsPanel.Component />, { series });
  fake.failWith(new WorkbenchError('disk-failed', 'symbols: EIO'));
  await act(() => store.getState().catalog.load());
  expect((await screen.findByRole('alert')).textContent).toContain('symbols: EIO');
  fake.failWith(null);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('option', { name: /SPY/ })).toBeTruthy();
});

it('names the last day that was known then while the chart shows the past', async () => {
  const early = { symbol: 'AAA', bars: new Map([[parseTimeframe('5m')!, evenBars(100, 5 * MINUTE)]]) };
  const late = {
    symbol: 'BBB',
    bars: new Map([[parseTimeframe('5m')!, evenBars(100, 5 * MINUTE, 9 * DAY)]]),
  };
  const { store } = await renderOnStore(<symbolsPanel.Component />, { series: [early, late] });
  const days = () => screen.getAllByRole('option').map(({ textContent }) => textContent.slice(5));
  expect(days()).toEqual(['1970-01-01', '1970-01-10']);
  await act(() => store.getState().chart.knowAsOf(epochMs(3 * DAY), { kind: 'keep' }));
  await waitFor(() => expect(days()).toEqual(['1970-01-01', 'not yet']));
  await act(() => store.getState().chart.knowAsOf(epochMs(9 * DAY + 10 * MINUTE), { kind: 'keep' }));
  await waitFor(() => expect(days()).toEqual(['1970-01-01', '1970-01-09']));
  await act(() => store.getState().chart.knowAsOf(null, { kind: 'keep' }));
  expect(days()).toEqual(['1970-01-01', '1970-01-10']);
});
