import type { HealthCheck } from '#shared/domain/health';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { HealthChip } from '../../../renderer/app/health-chip.tsx';
import { healthPanel } from '../../../renderer/panels/health/health-panel.tsx';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const checks: readonly HealthCheck[] = [
  { id: 'disk', level: 'warn', detail: '0.5 GB are free on the disk of the store', action: 'free-space' },
  { id: 'jobs', level: 'warn', detail: 'failed within a day: Compact candles 5m', action: 'show-jobs' },
  { id: 'files', level: 'ok', detail: 'the files that the log names are there', action: null },
];
const health = { level: 'warn', atMs: 1_758_000_000_000, checks } as const;

it('names each check with its level and what can be done', async () => {
  const { store } = await renderOnStore(<healthPanel.Component />, { health });
  expect((await screen.findAllByRole('listitem')).map(({ textContent }) => textContent)).toEqual([
    'needs a lookDisk0.5 GB are free on the disk of the storeShow the folder',
    'needs a lookJobsfailed within a day: Compact candles 5mShow jobs',
    'wellFilesthe files that the log names are there',
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Show jobs' }));
  await waitFor(() =>
    expect(store.getState().workspace.request).toMatchObject({ kind: 'show', panel: 'jobs' }),
  );
});

it('is told in the status bar while something needs a look, and leads to the panel', async () => {
  const { store } = await renderOnStore(<HealthChip />, { health });
  expect(screen.queryByRole('button')).toBeNull();
  await store.getState().upkeep.loadHealth();
  fireEvent.click(await screen.findByRole('button', { name: '2 things need a look' }));
  expect(store.getState().workspace.request).toMatchObject({ kind: 'show', panel: 'health' });
});
