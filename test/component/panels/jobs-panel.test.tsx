import type { JobDetails } from '#shared/domain/job';
import { createClient } from '#shared/ipc';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { RunningJob } from '../../../renderer/app/running-job.tsx';
import { jobsPanel } from '../../../renderer/panels/jobs/jobs-panel.tsx';
import { followJobs } from '../../../renderer/state/follow-jobs.ts';
import { job } from '../../helpers/job.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const running = job({
  id: 'running',
  title: 'Compact candles 5m 2026-01-03',
  state: 'running',
  endedMs: null,
  progress: {
    ...{ files: 1, filesTotal: 4, rows: 250, rowsTotal: 1_000, sizeBytes: 0, sizeBytesTotal: null },
    doing: 'Merging candles 5m 2026-01-03',
  },
});
const merged = {
  ...{ dataset: 'candles', timeframe: '5m', level: 'day', partition: '2026-01-02' },
  ...{ output: 'data/5m/2026-01-02.parquet', inputs: ['a', 'b'], keptParts: false, rollups: [] },
  ...{ rowsIn: 500, rowsOut: 498, duplicates: 2, conflicts: 1, conflictKeys: [{ key: 'SPY 5m 7', rows: 2 }] },
  ...{ sizeBytesBefore: 4_096, sizeBytesAfter: 1_024 },
};
const done = job({ id: 'done', report: [merged], finding: '1 row rejected' });
const failed = job({
  ...{ id: 'failed', title: 'Check 12 files', kind: 'verify', state: 'failed' },
  error: { code: 'disk-failed', message: 'The disk failed: EIO' },
});
const jobs: JobDetails[] = [running, done, failed].map((each) => ({
  job: each,
  log: [{ atMs: each.createdMs, text: `Log of ${each.id}.` }],
}));

async function setup(shown = <jobsPanel.Component />) {
  const rendered = await renderOnStore(shown, { jobs });
  await act(async () => {
    followJobs(rendered.store, createClient(rendered.fake.bridge));
    await expect.poll(() => rendered.store.getState().jobs.list.phase).toBe('ready');
  });
  return rendered;
}

const titles = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);

/** Roles are slow to find on a busy machine. */
const limit = { timeout: 30_000 };

describe('the Jobs panel', limit, () => {
  it('lists jobs with their progress, and one state on demand', async () => {
    await setup();
    expect(titles()).toHaveLength(3);
    expect(titles()).toContainEqual(expect.stringContaining('1 row rejected'));
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
    fireEvent.click(screen.getByRole('button', { name: /Failed or stopped/ }));
    expect(titles()).toEqual([expect.stringContaining('The disk failed: EIO')]);
  });

  it('shows what came of a job, and its log', async () => {
    const { store } = await setup();
    await act(async () => {
      fireEvent.click(screen.getByRole('option', { name: /^DoneCompact/ }));
      await expect.poll(() => store.getState().jobs.details.phase).toBe('ready');
    });
    expect(screen.getByRole('table').textContent).toContain('5m 2026-01-022500498214.0 KiB1.0 KiB');
    expect(screen.getByText('SPY 5m 7, 2 rows')).toBeTruthy();
    expect(screen.getByRole('list', { name: 'Log' }).textContent).toContain('Log of done.');
  });

  it('cancels the job that runs, and its button follows', async () => {
    const { store, fake } = await setup();
    await act(async () => {
      fireEvent.click(screen.getByRole('option', { name: /2026-01-03/ }));
      await expect.poll(() => store.getState().jobs.details.phase).toBe('ready');
    });
    await act(async () => {
      fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
      await expect.poll(() => fake.cancelled).toEqual(['running']);
    });
    expect(screen.getByRole('option', { name: /2026-01-03/ }).textContent).toContain('Stopping');
  });
});

describe('a job that ends', limit, () => {
  it('is said where it was begun and cannot be seen, and nowhere else', async () => {
    const { store, fake } = await setup(<RunningJob now={running.createdMs + 10_000} />);
    expect(screen.getByRole('button').textContent).toContain('25 %30 s left');
    act(() => store.getState().jobs.noteBegun(running));
    act(() => fake.emit('jobs.changed', [{ ...running, state: 'done' }, job({ id: 'other' })]));
    expect(store.getState().window.notice?.text).toBe('Compact candles 5m 2026-01-03 is done');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it.each([
    ['compact', ['chart', 'jobs'], '', false],
    ['compact', ['chart', 'compaction'], '', false],
    ['compact', ['chart', 'exports'], '', true],
    ['tier', ['chart', 'storage'], 'tiers', false],
    ['tier', ['chart', 'storage'], 'map', true],
    ['purge', ['chart', 'retention'], '', true],
  ])('of kind %s beside %j %s is said: %s', async (kind, visible, view, isSaid) => {
    const { store, fake } = await setup();
    const { workspace, jobs } = store.getState();
    act(() => {
      for (const panel of visible) workspace.setDraft(`${panel}-view`, view);
      workspace.noteVisiblePanels(visible);
      jobs.noteBegun({ ...running, kind });
    });
    act(() => fake.emit('jobs.changed', [{ ...running, kind, state: 'done' }]));
    expect(store.getState().window.notice !== null).toBe(isSaid);
  });
});
