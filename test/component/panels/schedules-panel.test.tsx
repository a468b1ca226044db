import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { schedulesPanel } from '../../../renderer/panels/schedules/schedules-panel.tsx';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const button = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name });
const whenField = () => screen.findByLabelText(/^When: minute/);

it('fills the form from a preset, shows the next five runs, and keeps what is added', async () => {
  await renderOnStore(<schedulesPanel.Component />);
  fireEvent.click(await button('Nightly check…'));
  const runs = await screen.findByRole('table', { name: 'Next runs' });
  expect(within(runs).getAllByRole('row')).toHaveLength(6);
  fireEvent.click(await button('Add'));
  const list = await screen.findByRole('table', { name: 'Schedules' });
  expect(within(list).getByText('Check every file')).toBeTruthy();
  // A preset that is in use is not offered twice.
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Nightly check…' })).toBeNull());
});

it('says as it is typed that an expression never fires, and does not take it', async () => {
  await renderOnStore(<schedulesPanel.Component />);
  fireEvent.click(await button('Weekly retention dry run…'));
  await screen.findByRole('table', { name: 'Next runs' });
  fireEvent.change(await whenField(), { target: { value: '0 0 30 2 *' } });
  expect(await screen.findByText('cron: 0 0 30 2 * never fires')).toBeTruthy();
  expect((await button('Add')).disabled).toBe(true);
});

it('bears a zone that is half typed, and says that it is none', async () => {
  await renderOnStore(<schedulesPanel.Component />);
  fireEvent.click(await button('Nightly check…'));
  await screen.findByRole('table', { name: 'Next runs' });
  fireEvent.change(screen.getByLabelText('Zone'), { target: { value: 'Americ' } });
  expect(await screen.findByText('zone: Americ is no zone')).toBeTruthy();
  fireEvent.change(screen.getByLabelText('Zone'), { target: { value: 'America/New_York' } });
  expect(await screen.findByText('Next, America/New_York')).toBeTruthy();
});

it.each(['-1', '200', 'x', ''])('takes no %j hours for a missed run', async (typed) => {
  await renderOnStore(<schedulesPanel.Component />);
  fireEvent.click(await button('Nightly check…'));
  fireEvent.change(await screen.findByLabelText(/^Hours within/), { target: { value: typed } });
  expect((await screen.findByRole('alert')).textContent).toBe('Write hours from 0 to 168');
  expect((await button('Add')).disabled).toBe(true);
});

it('switches one off, changes it and removes it', async () => {
  await renderOnStore(<schedulesPanel.Component />);
  fireEvent.click(await button('Nightly check…'));
  await screen.findByRole('table', { name: 'Next runs' });
  fireEvent.click(await button('Add'));
  const box = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Nightly check on' });
  expect(box.checked).toBe(true);
  fireEvent.click(box);
  await waitFor(() =>
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Nightly check on' }).checked).toBe(false),
  );
  fireEvent.click(await button('Nightly check'));
  await screen.findByRole('table', { name: 'Next runs' });
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Every night' } });
  fireEvent.click(await button('Save'));
  expect(await button('Every night')).toBeTruthy();
  fireEvent.click(await button('Remove Every night'));
  expect(await screen.findByText('Nothing is scheduled')).toBeTruthy();
});

it('cannot be used on a store that is open for reading only', async () => {
  await renderOnStore(<schedulesPanel.Component />, { summary: { access: 'reader' } });
  expect((await button('New schedule…')).disabled).toBe(true);
});
