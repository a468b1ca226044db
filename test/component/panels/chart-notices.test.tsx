import { expectedOpens } from '#shared/domain/session-calendar';
import { parseTimeframe } from '#shared/domain/timeframe';
import { DAY, epochMs } from '#shared/units';
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { ChartNotices } from '../../../renderer/panels/chart/chart-notices.tsx';
import { flatBars } from '../../helpers/flat-bars.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const hour = parseTimeframe('1h')!;
const monday = Date.UTC(2025, 8, 8);

/** Two weeks of US hours, in a store that holds every symbol to trade around the clock. */
async function setup(shown = hour) {
  const range = { from: epochMs(monday), until: epochMs(monday + 12 * DAY) };
  const bars = flatBars([...expectedOpens('us-equity', hour, range)]);
  const series = [{ symbol: 'SPY', bars: new Map([[hour, bars]]) }];
  const { store } = await renderOnStore(<ChartNotices />, { series, calendar: 'crypto' });
  await act(async () => {
    store.getState().chart.open({ symbol: 'SPY', timeframe: shown }, { kind: 'latest' });
    await expect.poll(() => store.getState().chart.window).not.toBe(null);
  });
  return store;
}

it('offers the calendar that bars keep, and keeps it with the settings of the store', async () => {
  const store = await setup();
  fireEvent.click(await screen.findByRole('button', { name: /SPY keep the hours of US equities/ }));
  await waitFor(() => expect(screen.queryByRole('group', { name: /calendar of SPY/ })).toBeNull());
  expect(store.getState().upkeep.settings).toMatchObject({ value: { calendars: { SPY: 'us-equity' } } });
  expect(store.getState().catalog.symbols).toMatchObject({ value: [{ calendar: 'us-equity' }] });
});

it('goes by weeks of bars, however few the chart shows', async () => {
  const store = await setup(parseTimeframe('1d')!);
  expect(await screen.findByRole('button', { name: /SPY keep the hours of US equities/ })).toBeTruthy();
  await act(() => store.getState().chart.knowAsOf(monday + DAY, { kind: 'keep' }));
  await act(() => store.getState().chart.knowAsOf(null, { kind: 'latest' }));
  expect(await screen.findByRole('button', { name: /SPY keep the hours of US equities/ })).toBeTruthy();
});

it('offers it no more once it was declined', async () => {
  const store = await setup();
  fireEvent.click(await screen.findByRole('button', { name: 'Not for SPY' }));
  expect(screen.queryByRole('group', { name: /calendar of SPY/ })).toBeNull();
  expect(store.getState().workspace.drafts['calendars-declined']).toBe('SPY');
});
