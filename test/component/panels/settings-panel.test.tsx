import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { settingsPanel } from '../../../renderer/panels/settings/settings-panel.tsx';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const rowOf = (name: string) => screen.getByLabelText(name).closest('li')!;
const fieldOf = (name: string | RegExp) => screen.findByLabelText<HTMLInputElement>(name);

it('shows every setting with what it does', async () => {
  await renderOnStore(<settingsPanel.Component />);
  expect((await fieldOf('Days in the trash')).value).toBe('7');
  expect((await fieldOf('Durability')).value).toBe('EveryWrite');
  expect((await fieldOf('Averages kept up to date')).value).toBe('9, 21, 50, 200');
  expect(screen.getAllByRole('listitem')).toHaveLength(14);
});

it('keeps what is typed on Enter, and nothing before', async () => {
  const { store } = await renderOnStore(<settingsPanel.Component />);
  const field = await fieldOf('Calendars of symbols');
  fireEvent.change(field, { target: { value: 'SPY us-equity, EURUSD fx' } });
  expect(store.getState().upkeep.settings).toMatchObject({ value: { calendars: {} } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() =>
    expect(store.getState().upkeep.settings).toMatchObject({
      value: { calendars: { SPY: 'us-equity', EURUSD: 'fx' } },
    }),
  );
});

it.each([
  ['Days in the trash', '-3', /not a whole number/],
  ['Days in the trash', '4000', /trashDays/],
  ['Rows a part', '0', /rowsPerPart/],
  ['Zone of times without an offset', 'Mars/Olympus', /zone: .*time zone/],
  ['Calendars of symbols', 'SPY', /write a symbol and its calendar/],
  ['Calendars of symbols', 'SPY moon', /calendars\.SPY/],
  ['First chart', 'SPY', /a symbol and a timeframe/],
  ['Name', 'x'.repeat(81), /name: .*longer than 80/],
  ['Averages kept up to date', '9, x', /x is not a whole number/],
])('says beside %s what is wrong with %s', async (title, text, message) => {
  await renderOnStore(<settingsPanel.Component />);
  const field = await fieldOf(title);
  fireEvent.change(field, { target: { value: text } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect((await screen.findByRole('alert')).textContent).toMatch(message);
  expect(field.getAttribute('aria-invalid')).toBe('true');
});

it('goes back to the default', async () => {
  const { store } = await renderOnStore(<settingsPanel.Component />);
  fireEvent.change(await fieldOf('Durability'), { target: { value: 'NoSync' } });
  await waitFor(() =>
    expect(store.getState().upkeep.settings).toMatchObject({ value: { durability: 'NoSync' } }),
  );
  fireEvent.click(within(rowOf('Durability')).getByRole('button', { name: 'Default' }));
  await waitFor(() =>
    expect(store.getState().upkeep.settings).toMatchObject({ value: { durability: 'EveryWrite' } }),
  );
});

it('says what tiers and policies are, and leads to where they are changed', async () => {
  const { store } = await renderOnStore(<settingsPanel.Component />);
  expect((await screen.findByLabelText('Warm and cold tier')).textContent).toBe(
    'warm after 1 d as warm, cold after 30 d as cold',
  );
  expect(screen.getByLabelText('Retention').textContent).toBe('everything is kept: no policy is on');
  fireEvent.click(screen.getByRole('button', { name: 'Change in Storage…' }));
  expect(store.getState().workspace).toMatchObject({
    request: { kind: 'show', panel: 'storage' },
    drafts: { 'storage-view': 'tiers' },
  });
});

it('cannot be used on a store that is open for reading only', async () => {
  await renderOnStore(<settingsPanel.Component />, { summary: { access: 'reader' } });
  expect((await fieldOf('Days in the trash')).disabled).toBe(true);
});
