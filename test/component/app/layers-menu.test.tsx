import { parseTimeframe } from '#shared/domain/timeframe';
import { MINUTE } from '#shared/units';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { LayersMenu } from '../../../renderer/app/layers-menu.tsx';
import { chartObject } from '../../helpers/chart-object.ts';
import { evenBars } from '../../helpers/flat-bars.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

// The sheet has a hundred controls, and asking for them by their roles is slow on a busy machine.
vi.setConfig({ testTimeout: 30_000 });
afterEach(cleanup);

const five = parseTimeframe('5m')!;
const series = [{ symbol: 'SPY', bars: new Map([[five, evenBars(1_000, 5 * MINUTE)]]) }];
const events = [
  chartObject({ object_id: 'a', t_end: null, payload: { side: 'demand', touches: 1 } }),
  chartObject({ object_id: 'b', t_end: null, payload: { side: 'supply', touches: 3 } }),
];

async function setup() {
  const { store } = await renderOnStore(<LayersMenu />, { series, events });
  await act(async () => {
    store.getState().chart.open({ symbol: 'SPY', timeframe: five }, { kind: 'latest' });
    await expect.poll(() => store.getState().chart.window).not.toBe(null);
  });
  fireEvent.click(screen.getByRole('button', { name: /Layers/ }));
  await screen.findByRole('region', { name: 'Zones' });
  const zones = within(screen.getByRole('region', { name: 'Zones' }));
  return { store, settings: () => store.getState().settings, zones };
}

it('filters a layer by what its objects have', async () => {
  const { settings, zones } = await setup();
  fireEvent.click(zones.getByRole('button', { name: 'Filter zones' }));
  const kinds = within(zones.getByRole('group', { name: 'Kind' }));
  expect(kinds.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    'demand 1',
    'supply 1',
  ]);
  fireEvent.click(kinds.getByRole('button', { name: /supply/ }));
  expect(settings().objectFilters.zone.kinds).toEqual(['supply']);
  expect(screen.getByRole('button', { name: /Layers/ }).textContent).toContain('1 filtered');
  fireEvent.click(zones.getByRole('button', { name: 'Show all zones' }));
  expect(settings().objectFilters.zone.kinds).toEqual([]);
});

it('filters by a field of the payload, and says when half of the condition is missing', async () => {
  const { settings, zones } = await setup();
  fireEvent.click(zones.getByRole('button', { name: 'Filter zones' }));
  fireEvent.change(zones.getByRole('combobox', { name: 'Payload field' }), { target: { value: 'touches' } });
  expect(zones.getByText(/Holds nothing back/)).toBeTruthy();
  fireEvent.change(zones.getByRole('combobox', { name: 'Comparison' }), { target: { value: 'at-least' } });
  fireEvent.change(zones.getByRole('textbox', { name: 'Payload value' }), { target: { value: '2' } });
  expect(zones.queryByText(/Holds nothing back/)).toBeNull();
  expect(settings().objectFilters.zone.condition).toEqual({ field: 'touches', test: 'at-least', value: '2' });
});

it('styles a kind of object and sets it back', async () => {
  const { settings, zones } = await setup();
  fireEvent.click(zones.getByRole('button', { name: 'Bullish' }));
  const editor = within(zones.getByRole('group', { name: 'Style of Zones: Bullish' }));
  fireEvent.click(editor.getByRole('radio', { name: 'violet' }));
  fireEvent.change(editor.getByRole('slider', { name: /Fill/ }), { target: { value: '40' } });
  fireEvent.click(editor.getByRole('radio', { name: '3 px' }));
  fireEvent.click(editor.getByRole('radio', { name: 'dotted' }));
  expect(settings().objectStyles).toEqual({
    'zone-up': { colour: 'violet', fill: 40, width: 3, dash: 'dotted', size: 1 },
  });
  fireEvent.change(editor.getByLabelText('A colour of your own'), { target: { value: '#12ab34' } });
  expect(settings().objectStyles['zone-up']?.colour).toBe('#12ab34');
  expect(editor.getByRole('radio', { name: 'violet', checked: false })).toBeTruthy();
  fireEvent.click(editor.getByRole('button', { name: 'As usual' }));
  expect(settings().objectStyles).toEqual({});
});

it('says what of the objects on the screen is left out, and why', async () => {
  const { store } = await setup();
  const nothing = { total: 0, shown: 0, filtered: 0, unpriced: 0 };
  act(() =>
    store.getState().chart.noteCounts({
      zone: { total: 8_341, shown: 1_500, filtered: 20, unpriced: 3 },
      level: { ...nothing, total: 2, shown: 2 },
      flag: nothing,
      marker: nothing,
    }),
  );
  expect(screen.getByRole('status').textContent).toBe(
    'Showing 1,502 of 8,343 objects: 20 filtered out, 6,818 over the limit of what is drawn at once, 3 without a price',
  );
  expect(screen.getByRole('checkbox', { name: /Zones/ }).closest('label')?.textContent).toContain(
    '1,500 of 8,341',
  );
});
