import { parseTimeframe } from '#shared/domain/timeframe';
import { MINUTE } from '#shared/units';
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';

import { afterEach, expect, it, vi } from 'vitest';
import { objectsPanel } from '../../../renderer/panels/objects/objects-panel.tsx';
import { chartObject } from '../../helpers/chart-object.ts';
import { evenBars } from '../../helpers/flat-bars.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

/** A hundred thousand objects are handed over as copies, which a busy machine is slow at. In ms. */
const patience = 60_000;
vi.setConfig({ testTimeout: patience });
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
  // The list follows the chart once that has come to rest.
  await waitFor(() => expect(ids()).toEqual(['zone-a']));
  return rendered;
}

const ids = () =>
  screen
    .queryAllByRole('row')
    .slice(1)
    .map(({ textContent }) => /(zone|flag)-[ab]/.exec(textContent)?.[0]);

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
    fireEvent.click(screen.getByRole('gridcell', { name: 'flag-b' }));
    await expect
      .poll(() => store.getState().chart.window?.placement)
      .toEqual({ kind: 'around', at: 4_000 * MINUTE });
  });
  expect(store.getState().selection.selected?.object_id).toBe('flag-b');
});

it('is in step with the Layers menu, and says what that hides', async () => {
  const { store } = await setup();
  fireEvent.click(screen.getByRole('button', { name: 'On screen only' }));
  act(() => store.getState().settings.toggleLayer('flag'));
  expect(ids()).toEqual(['zone-a']);
  expect(screen.getByText('1 of 2 loaded, 1 hidden in Layers')).toBeTruthy();
  act(() => store.getState().settings.changeFilter('zone', { kinds: ['supply'] }));
  expect(screen.getByText('All objects are hidden')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'As on chart' }));
  expect(ids()).toEqual(['flag-b', 'zone-a']);
});

it('sorts by the column that is clicked, and remembers it', async () => {
  const { store } = await setup();
  fireEvent.click(screen.getByRole('button', { name: 'On screen only' }));
  fireEvent.click(screen.getByRole('button', { name: 'From' }));
  expect(ids()).toEqual(['zone-a', 'flag-b']);
  fireEvent.click(screen.getByRole('button', { name: 'From' }));
  expect(ids()).toEqual(['flag-b', 'zone-a']);
  expect(store.getState().settings.objectList.sort).toEqual({ column: 'from', direction: 'descending' });
});

it('remembers how wide a column was made', async () => {
  const { store } = await setup();
  fireEvent.keyDown(screen.getByRole('separator', { name: 'Width of Id' }), { key: 'ArrowRight' });
  expect(store.getState().settings.objectList.widths).toEqual({ id: 200 });
});

it('copies what is selected', async () => {
  await setup();
  const copied: string[] = [];
  Object.assign(navigator, { clipboard: { writeText: async (text: string) => void copied.push(text) } });
  const grid = screen.getByRole('grid', { name: 'Objects' });
  fireEvent.click(screen.getByRole('gridcell', { name: 'zone-a' }));
  fireEvent.keyDown(grid, { key: 'c', ctrlKey: true });
  await screen.findByText('Copied the cell');
  fireEvent.keyDown(grid, { key: 'ArrowLeft', shiftKey: true });
  fireEvent.keyDown(grid, { key: 'c', ctrlKey: true, shiftKey: true });
  await screen.findByText('Copied 1 row');
  expect(copied).toEqual(['zone-a', 'Type\tId\nzone\tzone-a']);
});

it('shows on the chart what is pointed at', async () => {
  const { store } = await setup();
  fireEvent.pointerEnter(screen.getAllByRole('row')[1]!);
  expect(store.getState().selection.hovered?.object_id).toBe('zone-a');
});

it('marks objects that are not as they should be', async () => {
  const { store } = await renderOnStore(<objectsPanel.Component />, {
    series,
    events: [chartObject({ object_id: 'zone-a', t_end: null, y_min: null, y_max: null })],
  });
  await act(async () => {
    store.getState().chart.open({ symbol: 'SPY', timeframe: five }, { kind: 'latest' });
    await expect.poll(() => store.getState().chart.window).not.toBe(null);
  });
  expect(screen.getByRole('img', { name: /no price/ })).toBeTruthy();
});

it('lists a hundred thousand objects by the rows in sight alone', async () => {
  const crowd = Array.from({ length: 100_000 }, (_, index) =>
    chartObject({ object_id: `zone-${index}`, t_start: index, t_end: null }),
  );
  const { store } = await renderOnStore(<objectsPanel.Component />, { series, events: crowd });
  await act(async () => {
    store
      .getState()
      .chart.open({ symbol: 'SPY', timeframe: five }, { kind: 'range', from: 0, until: 5_000 * MINUTE });
    await expect.poll(() => store.getState().chart.window, { timeout: patience }).not.toBe(null);
  });
  expect(screen.getByText('100,000 of 100,000 loaded')).toBeTruthy();
  expect(screen.getAllByRole('row').length).toBeLessThan(60);
  fireEvent.change(screen.getByRole('textbox', { name: 'Find object' }), { target: { value: 'zone-99999' } });
  expect(await screen.findByText('1 of 100,000 loaded', {}, { timeout: patience })).toBeTruthy();
});
