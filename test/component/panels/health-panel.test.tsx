import type { HealthCheck } from '#shared/domain/health';
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { HealthBanner } from '../../../renderer/app/health-banner.tsx';
import { HealthChip } from '../../../renderer/app/health-chip.tsx';
import { healthPanel } from '../../../renderer/panels/health/health-panel.tsx';
import { job } from '../../helpers/job.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const checks: readonly HealthCheck[] = [
  { id: 'disk', level: 'warn', detail: '0.5 GB are free on the disk of the store', action: 'free-space' },
  { id: 'jobs', level: 'warn', detail: 'within a day: Compact candles 5m failed', action: 'show-jobs' },
  { id: 'files', level: 'ok', detail: 'the files that the log names are there', action: null },
];
const health = { level: 'warn', atMs: 1_758_000_000_000, checks } as const;

it('names each check with its level and what can be done', async () => {
  const { store } = await renderOnStore(<healthPanel.Component />, { health });
  expect((await screen.findAllByRole('listitem')).map(({ textContent }) => textContent)).toEqual([
    'needs a lookDisk0.5 GB are free on the disk of the storeFree space…',
    'needs a lookJobswithin a day: Compact candles 5m failedOpen the log',
    'wellFilesthe files that the log names are there',
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Open the log' }));
  await waitFor(() =>
    expect(store.getState().workspace.request).toMatchObject({ kind: 'show', panel: 'jobs' }),
  );
});

it('is told in the status bar while something needs a look, and leads to the panel', async () => {
  const { store } = await renderOnStore(<HealthChip />, { health });
  expect(screen.queryByRole('button')).toBeNull();
  await act(() => store.getState().upkeep.loadHealth());
  fireEvent.click(await screen.findByRole('button', { name: '2 things need a look' }));
  expect(store.getState().workspace.request).toMatchObject({ kind: 'show', panel: 'health' });
});

it('is told by a banner with the one thing to do about the worst, until it is dismissed or another is the worst', async () => {
  const { store, fake } = await renderOnStore(<HealthBanner />, { health });
  await act(() => store.getState().upkeep.loadHealth());
  expect((await screen.findByRole('status')).textContent).toBe(
    'Disk: 0.5 GB are free on the disk of the store',
  );
  fireEvent.click(screen.getByRole('button', { name: 'Free space…' }));
  await waitFor(() =>
    expect(store.getState().workspace.request).toMatchObject({ kind: 'show', panel: 'retention' }),
  );
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss until it changes' }));
  expect(screen.queryByRole('status')).toBeNull();
  const [disk, ...others] = checks;
  const less = {
    ...disk,
    id: 'disk',
    level: 'warn',
    detail: '0.4 GB are free',
    action: 'free-space',
  } as const;
  fake.setHealth({ ...health, checks: [less, ...others] });
  await act(() => store.getState().upkeep.loadHealth());
  expect(screen.queryByRole('status')).toBeNull();
  fake.setHealth({ level: 'bad', atMs: 2, checks: [{ ...less, level: 'bad' }, ...others] });
  await act(() => store.getState().upkeep.loadHealth());
  expect((await screen.findByRole('status')).textContent).toBe('Disk: 0.4 GB are free');
});

it('opens the log of the job that failed', async () => {
  const failed = job({ id: 'j2', state: 'failed' });
  const jobs = [job({ id: 'j1' }), failed].map((each) => ({ job: each, log: [] }));
  const findings = { ...health, checks: checks.slice(1) };
  const { store } = await renderOnStore(<HealthBanner />, { health: findings, jobs });
  await act(() => store.getState().jobs.load());
  await act(() => store.getState().upkeep.loadHealth());
  fireEvent.click(await screen.findByRole('button', { name: 'Open the log' }));
  await waitFor(() => expect(store.getState().jobs.selected).toBe('j2'));
});
