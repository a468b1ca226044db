import type { JobSummary } from '#shared/domain/job';
import { WorkbenchError } from '#shared/errors';
import { existsSync } from 'node:fs';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { JobContext, JobKind } from '../../../../../electron/jobs/queue/job-kind.ts';
import { JobQueue, type JobQueueSettings } from '../../../../../electron/jobs/queue/job-queue.ts';
import { diskFs, type Fs } from '../../../../../electron/platform/fs.ts';
import { deferred } from '../../../../helpers/deferred.ts';
import { tempFolder } from '../../../../helpers/temp-folder.ts';

const start = Date.UTC(2026, 0, 2, 22);
const byCli = { requestedBy: 'cli' } as const;

/** A kind whose plan is the partition that it is asked for, and which does what the test says. */
function kindOf(act: (context: JobContext) => Promise<unknown>): JobKind<string, string, unknown> {
  return {
    kind: 'try',
    plan: (request) =>
      request === 'wrong'
        ? Promise.reject(new WorkbenchError('argument-invalid', 'partition: wrong'))
        : Promise.resolve(request),
    title: (plan) => `Try ${plan}`,
    partitionsOf: (plan) => [plan],
    run: (_plan, context) => act(context),
    resume: z.string(),
  };
}

async function setup(folder?: string, settings: Partial<JobQueueSettings> = {}, clock = () => start) {
  const root = folder ?? (await tempFolder());
  const queue = new JobQueue({
    ...{ fs: diskFs(root), access: 'owner', keepsHistory: true, clock },
    drawSuffix: nextSuffix(),
    settings: { retryDelaysMs: [0, 0], eventIntervalMs: 0, ...settings },
  });
  onTestFinished(() => queue.close());
  const states = async () => (await queue.list()).jobs.map(({ title, state }) => `${title}: ${state}`);
  return { root, queue, states };
}

function nextSuffix(): () => string {
  let count = 0;
  return () => String(++count).padStart(4, '0');
}

/** Ends when it is told to, or when it is cancelled. */
function held() {
  const gate = deferred<string>();
  const act = ({ signal }: JobContext) =>
    Promise.race([
      gate.promise,
      new Promise<never>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new WorkbenchError('cancelled', 'stopped'))),
      ),
    ]);
  return { gate, kind: kindOf(act) };
}

describe('JobQueue', () => {
  it('runs a job to its report, and keeps both with the log', async () => {
    const { root, queue } = await setup();
    const kind = kindOf(({ log, progress }) => {
      log('Half way.');
      progress({ rows: 5, rowsTotal: 10 });
      return Promise.resolve({ rows: 10 });
    });
    expect(await queue.run(kind, 'candles/5m/2026-01-02', byCli)).toEqual({ rows: 10 });
    const [job] = (await queue.list()).jobs;
    expect(job).toMatchObject({
      id: '20260102T220000-try-0001',
      state: 'done',
      requestedBy: 'cli',
      attempt: 1,
    });
    const later = (await setup(root)).queue;
    const { job: kept, log } = await later.show(job?.id ?? '');
    expect(kept).toMatchObject({ state: 'done', report: { rows: 10 }, progress: { rows: 5, rowsTotal: 10 } });
    expect(log.map(({ text }) => text)).toEqual(['Started.', 'Half way.', 'Ended: done.']);
  });

  it('refuses a wrong request before there is a job', async () => {
    const { queue, states } = await setup();
    const { kind } = held();
    await expect(queue.start(kind, 'wrong', byCli)).rejects.toMatchObject({ code: 'argument-invalid' });
    expect(await states()).toEqual([]);
  });

  it('lets a second job on the same year wait, and says for which', async () => {
    const { queue, states } = await setup();
    const first = held();
    const { id } = await queue.start(first.kind, 'candles/5m/2026-01-02', byCli);
    const second = await queue.start(
      kindOf(() => Promise.resolve('second')),
      'candles/5m/2026-03',
      byCli,
    );
    expect(second).toMatchObject({ state: 'queued', waitsFor: id });
    first.gate.resolve('first');
    expect(await queue.wait(second.id)).toMatchObject({ state: 'done', report: 'second' });
    expect(await states()).toEqual(['Try candles/5m/2026-03: done', 'Try candles/5m/2026-01-02: done']);
  });

  it('keeps a job that begins while it is still being written down', async () => {
    const root = await tempFolder();
    const disk = diskFs(root);
    const slowDisk = deferred<undefined>();
    const fs: Fs = {
      ...disk,
      async rename(from, to) {
        if (to.includes('-0002')) await slowDisk.promise;
        await disk.rename(from, to);
      },
    };
    const queue = new JobQueue({
      ...{ fs, access: 'owner', keepsHistory: true, clock: () => start, drawSuffix: nextSuffix() },
    });
    onTestFinished(() => queue.close());
    const [first, second] = [held(), held()];
    const ahead = await queue.start(first.kind, 'candles/5m/2026', byCli);
    const starting = queue.start(second.kind, 'candles/5m/2026', byCli);
    first.gate.resolve('first');
    await queue.wait(ahead.id);
    slowDisk.resolve(undefined);
    const { id } = await starting;
    expect(existsSync(join(root, '_jobs', `${id}.json`))).toBe(true);
    second.gate.resolve('second');
    await queue.wait(id);
    expect((await queue.show(id)).log.filter(({ text }) => text.includes('could not'))).toEqual([]);
  });

  it('refuses rather than queues when asked so', async () => {
    const { queue } = await setup();
    const { kind, gate } = held();
    await queue.start(kind, 'candles/5m/2026', byCli);
    const again = queue.start(kind, 'candles/5m/2026', { ...byCli, whenBusy: 'refuse' });
    await expect(again).rejects.toMatchObject({ code: 'busy' });
    gate.resolve('');
  });

  it('runs others beside it, but no more than a few at once', async () => {
    const { queue, states } = await setup(undefined, { atOnce: 2 });
    const gates = ['candles/1m/2026', 'candles/2m/2026', 'candles/5m/2026'].map((partition) => {
      const { kind, gate } = held();
      return { gate, started: queue.start(kind, partition, byCli) };
    });
    const [, , third] = await Promise.all(gates.map(({ started }) => started));
    expect(await states()).toEqual([
      'Try candles/5m/2026: queued',
      'Try candles/2m/2026: running',
      'Try candles/1m/2026: running',
    ]);
    for (const { gate } of gates) gate.resolve('');
    expect(await queue.wait(third?.id ?? '')).toMatchObject({ state: 'done' });
  });

  it('cancels what runs and what waits, and keeps what was done by then', async () => {
    const { queue } = await setup();
    const { kind } = held();
    const running = await queue.start(
      { ...kind, run: (plan, context) => (context.reportSoFar({ merged: 1 }), kind.run(plan, context)) },
      'candles/5m/2026',
      byCli,
    );
    const waiting = await queue.start(kind, 'candles/5m/2026', byCli);
    expect(await queue.cancel(waiting.id)).toMatchObject({ state: 'cancelled' });
    expect(await queue.cancel(running.id)).toMatchObject({ isCancelling: true });
    expect(await queue.wait(running.id)).toMatchObject({ state: 'cancelled', report: { merged: 1 } });
    expect(await queue.cancel(running.id)).toMatchObject({ state: 'cancelled' });
  });

  it('tries again after a failure of the disk, and not after one that would come back', async () => {
    const { queue } = await setup();
    let attempts = 0;
    const flaky = kindOf(() =>
      ++attempts < 3
        ? Promise.reject(new WorkbenchError('disk-failed', 'The disk failed'))
        : Promise.resolve('ok'),
    );
    expect(await queue.run(flaky, 'a/5m/2026', byCli)).toBe('ok');
    expect((await queue.list()).jobs[0]).toMatchObject({ attempt: 3, error: null });
    const wrong = kindOf(() => Promise.reject(new WorkbenchError('compaction-unverified', 'rows is 1')));
    await expect(queue.run(wrong, 'a/5m/2026', byCli)).rejects.toMatchObject({
      code: 'compaction-unverified',
    });
    expect((await queue.list()).jobs[0]).toMatchObject({ attempt: 1, state: 'failed' });
  });

  it('gives up after the last attempt, and says why', async () => {
    const { queue } = await setup();
    const broken = kindOf(() => Promise.reject(new WorkbenchError('disk-failed', 'The disk failed: EIO')));
    await expect(queue.run(broken, 'a/5m/2026', byCli)).rejects.toThrow('EIO');
    expect((await queue.list()).jobs[0]).toMatchObject({ state: 'failed', attempt: 3, canResume: true });
  });

  it('shows a job that a dead process was running as interrupted, and runs its request again', async () => {
    const { root, queue } = await setup();
    const { kind } = held();
    const { id } = await queue.start(kind, 'candles/5m/2026', byCli);
    await expect.poll(() => readFile(join(root, '_jobs', `${id}.json`), 'utf8')).toContain('"running"');
    const later = await setup(root, {}, () => start + 5_000);
    const works = kindOf(() => Promise.resolve('again'));
    later.queue.register(works);
    expect((await later.queue.list()).jobs).toMatchObject([{ id, state: 'interrupted', canResume: true }]);
    const resumed = await later.queue.resume(id, 'window');
    expect(await later.queue.wait(resumed.id)).toMatchObject({ state: 'done', report: 'again' });
    const { jobs } = await later.queue.list();
    expect(jobs.find((job) => job.id === id)).toMatchObject({ resumedBy: resumed.id, canResume: false });
    await expect(later.queue.resume(id, 'window')).rejects.toMatchObject({ code: 'argument-invalid' });
  });

  it('names a file that was cut in half and keeps the rest', async () => {
    const { root, queue } = await setup();
    for (const partition of ['a/5m/2026', 'b/5m/2026']) {
      await queue.run(
        kindOf(() => Promise.resolve(1)),
        partition,
        byCli,
      );
    }
    const [last] = (await queue.list()).jobs;
    await truncate(join(root, '_jobs', `${last?.id ?? ''}.json`), 60);
    const found = await (await setup(root)).queue.list();
    expect(found.jobs.map(({ title }) => title)).toEqual(['Try a/5m/2026']);
    expect(found.unreadable).toMatchObject([{ path: `_jobs/${last?.id ?? ''}.json` }]);
  });

  it('bounds the history by number and by age', async () => {
    const { root, queue } = await setup(undefined, { keptJobs: 2 });
    const kind = kindOf(() => Promise.resolve(1));
    for (const partition of ['a/5m/2026', 'b/5m/2026', 'c/5m/2026']) await queue.run(kind, partition, byCli);
    await expect
      .poll(async () => (await queue.list()).jobs.map(({ title }) => title))
      .toEqual(['Try c/5m/2026', 'Try b/5m/2026']);
    const later = await setup(root, { keptMs: 1_000 }, () => start + 2_000);
    expect((await later.queue.list()).jobs).toEqual([]);
  });

  it('goes on where the history cannot be written, and says so in the log', async () => {
    const { root, queue } = await setup();
    await writeFile(join(root, '_jobs'), 'in the way');
    expect(
      await queue.run(
        kindOf(() => Promise.resolve(7)),
        'a/5m/2026',
        byCli,
      ),
    ).toBe(7);
    const { job, log } = await queue.show((await queue.list()).jobs[0]?.id ?? '');
    expect(job).toMatchObject({ state: 'done', report: 7 });
    expect(log.map(({ text }) => text).join()).toContain('The history could not be written');
  });

  it('interrupts what runs and waits when it is closed', async () => {
    const { root, queue } = await setup();
    const { kind } = held();
    await queue.start(kind, 'a/5m/2026', byCli);
    await queue.start(kind, 'a/5m/2026', byCli);
    await queue.close();
    expect((await (await setup(root)).queue.list()).jobs.map(({ state }) => state)).toEqual([
      'interrupted',
      'interrupted',
    ]);
  });

  it('tells of every change', async () => {
    const { queue } = await setup();
    const told: JobSummary[] = [];
    queue.onChange((jobs) => told.push(...jobs));
    const { kind, gate } = held();
    const { id } = await queue.start(kind, 'a/5m/2026', byCli);
    await expect.poll(() => told.at(-1)).toMatchObject({ id, state: 'running' });
    gate.resolve('');
    await expect.poll(() => told.at(-1)).toMatchObject({ id, state: 'done' });
  });
});
