import type { LoosePartition, PlannedMerge } from '#shared/domain/compaction';
import { createClient, type CompactionRequest } from '#shared/ipc';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { compactionPanel } from '../../../renderer/panels/compaction/compaction-panel.tsx';
import { followJobs } from '../../../renderer/state/follow-jobs.ts';
import { job } from '../../helpers/job.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const loose = (timeframe: string, partition: string, symbols: readonly string[]): LoosePartition => ({
  ...{ dataset: 'candles', timeframe, level: 'day', partition, files: 20, parts: 20, rows: 100 },
  ...{
    sizeBytes: 10_240,
    expectedBytes: 2_048,
    firstMs: Date.UTC(2026, 0, 2),
    lastMs: Date.UTC(2026, 0, 2, 20),
  },
  symbols: symbols.map((symbol) => ({ symbol, rows: 50 })),
});
const partitions = [
  loose('1m', '2026-01-02', ['SPY', 'QQQ']),
  loose('5m', '2026-01-02', ['SPY']),
  loose('5m', '2026-01-05', ['QQQ']),
];
const running = job({
  id: 'started',
  state: 'running',
  endedMs: null,
  partitions: ['candles/5m/2026-01-02'],
});

async function setup() {
  const asked: CompactionRequest[] = [];
  const planned = (request: CompactionRequest): PlannedMerge[] =>
    partitions
      .filter(
        (each) =>
          request.only === undefined ||
          request.only.some((one) => one.timeframe === each.timeframe && one.partition === each.partition),
      )
      .map((each) => ({
        ...each,
        inputs: [{ path: `data/${each.timeframe}/part-1.parquet`, rows: 100, sizeBytes: 10_240 }],
      }));
  const rendered = await renderOnStore(<compactionPanel.Component />, {
    compaction: {
      overview: { calendar: 'us-equity', lastTradingDay: '2026-01-05', partitions },
      plan: planned,
      start: (request) => {
        asked.push(request);
        return running;
      },
    },
    jobs: [{ job: running, log: [] }],
  });
  await screen.findByRole('table', {}, { timeout: 10_000 });
  return { ...rendered, asked };
}

/** Roles are slow to find on a busy machine. */
const limit = { timeout: 30_000 };

const click = async (name: string | RegExp) => {
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name }));
    await Promise.resolve();
  });
};

const listed = () => screen.getByRole('table').textContent;

it('lists what is loose by series, and its periods on demand', limit, async () => {
  await setup();
  expect(listed()).toContain('candles 5m 2 periods404020020.0 KiB16.0 KiB');
  expect(listed()).not.toContain('2026-01-05');
  await click(/candles 5m/);
  expect(listed()).toContain('2026-01-05');
  fireEvent.change(screen.getByRole('combobox', { name: 'Symbol' }), { target: { value: 'QQQ' } });
  expect(listed()).toContain('candles 5m 1 period');
});

it(
  'shows the dry run of what was chosen, runs exactly that, and its button follows the job',
  limit,
  async () => {
    const { asked, store, fake } = await setup();
    await click(/candles 5m/);
    fireEvent.click(screen.getByRole('checkbox', { name: 'candles 5m 2026-01-02' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Keep parts' }));
    await click('Compact chosen (1)…');
    const dryRun = await screen.findByRole('region', { name: 'Dry run' });
    expect(dryRun.textContent).toContain('1 file becomes 1 file: 100 rows, 10.0 KiB');
    expect(dryRun.textContent).toContain('stay where they are');
    // A job on one of the files is at work already: nobody starts it twice.
    await act(async () => {
      followJobs(store, createClient(fake.bridge));
      await expect.poll(() => store.getState().jobs.list.phase).toBe('ready');
    });
    expect(within(dryRun).getByRole('button', { name: 'Being compacted…' })).toHaveProperty('disabled', true);
    act(() => fake.emit('jobs.changed', [{ ...running, state: 'done' }]));
    await click('Compact');
    expect(asked).toEqual([
      { only: [{ dataset: 'candles', timeframe: '5m', partition: '2026-01-02' }], keepParts: true },
    ]);
    expect(await screen.findByRole('button', { name: 'Cancel' })).toBeTruthy();
  },
);

it('asks for a trading day of the calendar', limit, async () => {
  await setup();
  const days = screen.getByRole('combobox', { name: 'Compact a trading day' });
  expect(
    within(days)
      .getAllByRole('option')
      .map(({ textContent }) => textContent),
  ).toEqual(['End of day…', '2026-01-02']);
});
