import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';

import { afterEach, expect, it } from 'vitest';
import { inspectorPanel } from '../../../renderer/panels/inspector/inspector-panel.tsx';
import type { ObjectEvent } from '#shared/domain/chart-object';
import { chartObject } from '../../helpers/chart-object.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

async function inspect(...events: ObjectEvent[]) {
  const { store } = await renderOnStore(<inspectorPanel.Component />, { events });
  await act(async () => store.getState().selection.select(events[events.length - 1] ?? null));
  return store;
}

const field = (name: string) => screen.getByText(name, { selector: 'dt' }).nextSibling?.textContent;

it('shows every stored field, instants in the zone and the rest to the digit', async () => {
  await inspect(chartObject({ t_start: Date.UTC(2025, 8, 2, 13, 30), t_end: null, y_max: 20.123456789 }));
  expect([field('object_id'), field('t_start'), field('t_end'), field('y_max')]).toEqual([
    'zone-1',
    '2025-09-02 09:30:00 EDT',
    'open',
    '20.123456789',
  ]);
});

it('shows the payload as it is', async () => {
  await inspect(chartObject({ payload: { nested: { deep: [1, 'two'] } } }));
  expect(JSON.parse(screen.getByText(/"deep"/).textContent)).toEqual({ nested: { deep: [1, 'two'] } });
});

it('tells the history, newest first, with what each event changed', async () => {
  await inspect(
    chartObject({ event_ts: 1_000 }),
    chartObject({ event_ts: 2_000, sequence: 1, action: 'update', y_max: 22, reason: 'touched' }),
  );
  const events = within(await screen.findByRole('list', { name: /History/ })).getAllByRole('listitem');
  expect(events.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^update.*touched.*y_max20→22$/),
    expect.stringMatching(/^create/),
  ]);
});

it('says what keeps an object from being drawn', async () => {
  await inspect(chartObject({ t_start: 9, t_end: 1, y_min: null, y_max: null, payload: 'text' }));
  expect(screen.getByText(/ends before it begins/)).toBeTruthy();
  expect(screen.getByText(/has no price/)).toBeTruthy();
  expect(screen.getByText(/payload is not a JSON object/)).toBeTruthy();
});

it('says that a layer or its filter keeps the object off the chart, and puts it back', async () => {
  const store = await inspect(chartObject());
  expect(screen.queryByText(/off the chart/)).toBeNull();
  act(() => store.getState().settings.changeFilter('zone', { kinds: ['supply'] }));
  expect(screen.getByText(/The filter of zones keeps it off the chart/)).toBeTruthy();
  act(() => store.getState().settings.toggleLayer('zone'));
  fireEvent.click(screen.getByRole('button', { name: 'Show zones' }));
  expect(store.getState().settings.layers.zone).toBe(true);
  expect(screen.queryByText(/off/)).toBeNull();
});

it('shows the chart as it was known at an event', async () => {
  const store = await inspect(
    chartObject({ event_ts: 1_000 }),
    chartObject({ event_ts: 2_000, sequence: 1, action: 'update' }),
  );
  const [, first] = await screen.findAllByRole('button', { name: /as it was known then/ });
  await act(async () => fireEvent.click(first!));
  expect(store.getState().chart.asOf).toBe(1_000);
});
