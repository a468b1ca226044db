import { parseTimeframe } from '#shared/domain/timeframe';
import { MINUTE } from '#shared/units';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { journalPanel } from '../../../renderer/panels/journal/journal-panel.tsx';
import { evenBars } from '../../helpers/flat-bars.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const five = parseTimeframe('5m')!;
const series = [{ symbol: 'SPY', bars: new Map([[five, evenBars(1_000, 5 * MINUTE)]]) }];

const decision = (id: string, ts: number, change = {}) => ({
  ...{ symbol: 'SPY', timeframe: '5m', run_id: 'run', decision_id: id, ts, action: 'skip' },
  ...{ price: null, object_id: null, reason: null, payload: null },
  ...change,
});
const late = 4_000 * MINUTE;
const journal = {
  decisions: [
    decision('late', late, { action: 'enter-long', reason: 'zone held', payload: '{"stop":9.5}' }),
    decision('early', 300 * MINUTE),
  ],
  audits: [
    { symbol: 'SPY', timeframe: '5m', run_id: 'run', audit_id: 'a', ts: 0, rule: 'size', outcome: 'fail' },
  ],
  trades: [634.9, 634.875].map((price, sequence) => ({
    ...{ symbol: 'SPY', timeframe: 'tick', source: 'tape', sequence },
    ...{ ts: late, price, size: 100, side: 'buy' },
  })),
};

async function setup() {
  const rendered = await renderOnStore(<journalPanel.Component />, { series, journal });
  await act(async () => {
    const { chart } = rendered.store.getState();
    chart.open({ symbol: 'SPY', timeframe: five }, { kind: 'range', from: 0, until: 500 * MINUTE });
    await expect.poll(() => rendered.store.getState().chart.window).not.toBe(null);
  });
  await waitFor(() => expect(actions()).toEqual(['enter-long', 'skip']));
  return rendered;
}

const actions = () =>
  screen
    .queryAllByRole('row')
    .slice(1)
    .map(({ textContent }) => /enter-long|skip|fail/.exec(textContent)?.[0]);

it('lists what was decided about the symbol of the chart, and finds it by any field', async () => {
  await setup();
  fireEvent.change(screen.getByLabelText('Find in decisions'), { target: { value: 'zone held' } });
  await waitFor(() => expect(actions()).toEqual(['enter-long']));
});

it('shows every field of a row that is chosen, its payload and its place on the chart', async () => {
  const { fake } = await setup();
  fireEvent.click(screen.getByText('zone held'));
  const row = screen.getByRole('article', { name: 'Chosen row' });
  expect(within(row).getByText('late')).toBeTruthy();
  expect(row.textContent).toContain('"stop": 9.5');
  fireEvent.click(within(row).getByRole('button', { name: 'Show on chart' }));
  await waitFor(() =>
    expect(fake.questions.some(({ from, until }) => from <= late && until > late)).toBe(true),
  );
});

it('shows nothing that was not known yet at the instant of a replay', async () => {
  const { store } = await setup();
  await act(() => store.getState().replay.moveTo(300 * MINUTE));
  await waitFor(() => expect(actions()).toEqual(['skip']));
});

it('has the audits beside the decisions', async () => {
  await setup();
  fireEvent.click(screen.getByRole('button', { name: 'Audits' }));
  await waitFor(() => expect(actions()).toEqual(['fail']));
});

it('lists trades with their prices below each other', async () => {
  await setup();
  fireEvent.click(screen.getByRole('button', { name: 'Trades' }));
  expect(await screen.findByText('634.900')).toBeTruthy();
  expect(screen.getByText('634.875')).toBeTruthy();
});
