import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScheduleList, ScheduleRequest } from '#shared/domain/schedule';
import { schedulePresets } from '#shared/domain/schedule-presets';
import { lastTradingDay } from '#shared/domain/trading-day';
import { DAY, HOUR, MINUTE } from '#shared/units';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nextTimes, readTiming } from '../../electron/jobs/schedules/cron.ts';
import { builtPrograms, openTestStore } from '../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle } from '../helpers/rows.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const start = Date.UTC(2025, 8, 2, 12);

/** A clock that a test sets, looked at all the time. */
function movedClock(nowMs = start) {
  const hands = { nowMs };
  return { hands, schedules: { clock: () => hands.nowMs, firstLookMs: 5, lookMs: 5 } };
}

function schedule(change: Partial<ScheduleRequest> = {}): ScheduleRequest {
  return {
    ...{ name: 'Nightly', cron: '30 3 * * *', zone: 'UTC', task: 'verify', isOn: true, catchUpHours: 12 },
    ...change,
  };
}

/** A slow machine takes its time. */
const patience = { timeout: 20_000, interval: 20 };

const schedulesPath = '_schedules/schedules.json';

describe('a schedule', () => {
  it('runs its job once when it is due, and says what came of it', async () => {
    const { hands, schedules } = movedClock();
    const { client } = await openTestStore({ schedules });
    const saved = await client.schedules.save({ schedule: schedule() });
    expect(saved.nextMs.slice(0, 2)).toEqual([start + 15.5 * HOUR, start + 39.5 * HOUR]);
    const told: number[] = [];
    client.schedules.changed(({ atMs }) => told.push(atMs));
    hands.nowMs = start + 15.5 * HOUR + MINUTE;
    await expect
      .poll(async () => (await client.schedules.list({})).schedules[0], patience)
      .toMatchObject({ lastRun: { dueMs: start + 15.5 * HOUR, fault: null }, lastState: 'done' });
    const { jobs } = await client.jobs.list({});
    expect(jobs).toMatchObject([{ kind: 'verify', requestedBy: 'schedule', state: 'done' }]);
    expect(told.length).toBeGreaterThan(0);
    hands.nowMs += 6 * HOUR;
    // A second one, so that it is certain that the clock was looked at.
    await client.schedules.save({ schedule: schedule({ name: 'Probe', cron: '* * * * *', task: 'purge' }) });
    hands.nowMs += MINUTE;
    await expect.poll(async () => (await client.jobs.list({ kind: 'purge' })).jobs, patience).toHaveLength(1);
    expect((await client.jobs.list({ kind: 'verify' })).jobs).toHaveLength(1);
  });

  it('is run by one of two that have the store open, and by the other when that is gone', async () => {
    const { hands, schedules } = movedClock();
    const first = await openTestStore({ schedules });
    const second = await openTestStore({ schedules, folder: first.folder });
    // Who listens takes the store over when its owner leaves.
    second.client.schedules.changed(() => undefined);
    await second.client.schedules.save({ schedule: schedule({ cron: '0 * * * *', task: 'health' }) });
    const runs = async () =>
      (await second.client.jobs.list({ kind: 'health', states: ['done'] })).jobs.length;
    hands.nowMs = start + HOUR;
    await expect.poll(runs, patience).toBe(1);
    await first.close();
    hands.nowMs = start + 2 * HOUR;
    await expect.poll(runs, patience).toBe(2);
    expect((await second.client.schedules.list({})).isKept).toBe(true);
  });

  it('makes up for the last run that was missed, once, also after a restart', async () => {
    const first = await openTestStore(movedClock());
    await first.client.schedules.save({ schedule: schedule({ task: 'health' }) });
    await first.client.schedules.save({ schedule: schedule({ name: 'Strict', catchUpHours: 0 }) });
    await first.close();
    const woken = movedClock(start + 3 * DAY);
    const second = await openTestStore({ ...woken, folder: first.folder });
    const dueMs = start + 2 * DAY + 15.5 * HOUR;
    await expect
      .poll(async () => (await second.client.schedules.list({})).schedules, patience)
      .toMatchObject([
        { lastRun: { dueMs }, lastState: 'done', lastMissed: null },
        {
          lastRun: null,
          lastMissed: { dueMs, because: expect.stringContaining('not made up for') as string },
        },
      ]);
    await second.close();
    const third = await openTestStore({ ...movedClock(start + 3 * DAY + HOUR), folder: first.folder });
    await third.client.schedules.save({ schedule: schedule({ name: 'Probe', task: 'purge' }) });
    expect((await third.client.jobs.list({})).jobs).toHaveLength(1);
  });

  it('merges the months that are over and leaves this one', async () => {
    const { hands, schedules } = movedClock();
    const store = await openTestStore({ schedules });
    await store.append(flatCandle(10), flatCandle(11, { ts: start - 40 * DAY }));
    await store.client.schedules.save({
      schedule: schedule({ task: 'compact-months', cron: '0 13 * * *' }),
    });
    hands.nowMs = start + HOUR;
    await expect
      .poll(async () => (await store.client.jobs.list({ states: ['done'] })).jobs, patience)
      .toMatchObject([{ title: 'Compact candles 5m 2025-07' }]);
  });

  it('backs the store up, and moves what has aged', async () => {
    const backupFolder = join(await tempFolder(), 'backup');
    const { client, append, compact } = await openTestStore({ settings: { backupFolder } });
    await append(flatCandle(10));
    await compact();
    for (const task of ['backup', 'migrate-tiers'] as const) {
      const { id } = await client.schedules.save({ schedule: schedule({ name: task, task }) });
      const job = await client.schedules.run({ id });
      expect(await client.jobs.wait({ id: job.id })).toMatchObject({ state: 'done', error: null });
    }
    expect(await readdir(backupFolder)).toContain('store.json');
    expect((await client.files.list({ dataset: 'candles' })).map(({ path }) => path)).toEqual([
      'cold/data/5m/2025-09-02.r2.parquet',
    ]);
  });

  it('says why its job could not begin', async () => {
    const { hands, schedules } = movedClock();
    const store = await openTestStore({ schedules });
    await store.client.schedules.save({
      schedule: schedule({ cron: '0 13 * * *', task: 'retention-dry-run' }),
    });
    await mkdir(join(store.folder, '_holds'));
    await writeFile(join(store.folder, '_holds/holds.json'), '{');
    hands.nowMs = start + HOUR;
    await expect
      .poll(async () => (await store.client.schedules.list({})).schedules[0]?.lastRun, patience)
      .toMatchObject({
        jobId: null,
        fault: expect.stringContaining('_holds/holds.json is not whole JSON') as string,
      });
  });
});

describe('the file of schedules', () => {
  it('is named when it is cut in half, and all else goes on', async () => {
    const { hands, schedules } = movedClock();
    const store = await openTestStore({ schedules });
    const { client, folder } = store;
    await client.schedules.save({ schedule: schedule() });
    const path = join(folder, schedulesPath);
    await truncate(path, 120);
    hands.nowMs = start + DAY;
    const unreadable = `${schedulesPath} is not whole JSON: no schedule runs until it is mended or moved away`;
    await expect(client.schedules.list({})).rejects.toThrow(unreadable);
    await expect(client.schedules.save({ schedule: schedule() })).rejects.toThrow(unreadable);
    expect((await readFile(path)).length).toBe(120);
    expect((await client.health.check({})).checks.find(({ id }) => id === 'schedules')).toEqual({
      id: 'schedules',
      level: 'warn',
      detail: unreadable,
      action: 'show-schedules',
    });
    await store.append(flatCandle(10));
    expect((await client.jobs.list({})).jobs).toEqual([]);
  });

  it('may hold an expression that never fires: that one is named, the others run', async () => {
    const { hands, schedules } = movedClock();
    const { client, folder } = await openTestStore({ schedules });
    await client.schedules.save({ schedule: schedule() });
    await client.schedules.save({
      schedule: schedule({ name: 'Hourly', cron: '0 * * * *', task: 'health' }),
    });
    const path = join(folder, schedulesPath);
    await writeFile(path, (await readFile(path, 'utf8')).replace('30 3 * * *', '0 0 30 2 *'));
    hands.nowMs = start + HOUR;
    await expect
      .poll(async () => (await client.schedules.list({})).schedules, patience)
      .toMatchObject([
        { fault: expect.stringContaining('0 0 30 2 * never fires') as string, nextMs: [], lastRun: null },
        { fault: null, lastState: 'done' },
      ]);
  });

  it.each([
    [{ cron: '0 0 30 2 *' }, 'cron: 0 0 30 2 * never fires'],
    [{ zone: 'Mars/Olympus' }, 'zone: is not a time zone'],
    [{ name: '  ' }, 'name: is empty'],
    [{ catchUpHours: -1 }, 'catchUpHours: is negative'],
    [{ catchUpHours: 1e9 }, 'catchUpHours: is more than a week'],
    [{ name: 'Taken' }, 'name: there is a schedule Taken already'],
  ])('takes no schedule with %j', async (change, why) => {
    const { client } = await openTestStore();
    await client.schedules.save({ schedule: schedule({ name: 'Taken' }) });
    await expect(client.schedules.save({ schedule: schedule(change) })).rejects.toThrow(why);
    expect((await client.schedules.list({})).schedules).toHaveLength(1);
  });
});

describe('the preset after the close', () => {
  it.each(['us-equity', 'fx', 'crypto'] as const)('finds each day of %s over, half days too', (calendar) => {
    const [preset] = schedulePresets(calendar, 'UTC');
    const from = Date.UTC(2025, 10, 20);
    const timing = readTiming(preset?.cron ?? '', preset?.zone ?? '', from);
    // The Friday after Thanksgiving is a half day of New York.
    const dates = nextTimes(timing, from, 9).map((time) => lastTradingDay(calendar, time));
    const expected = {
      'us-equity': ['19', '20', '21', '24', '25', '26', '26', '28', '01'],
      fx: ['20', '21', '24', '25', '26', '27', '28', '01', '02'],
      crypto: ['19', '20', '21', '22', '23', '24', '25', '26', '27'],
    }[calendar];
    expect(dates.map((date) => date.slice(8))).toEqual(expected);
  });
});

describe('tapedeck schedule', () => {
  it('adds, lists, switches, runs and removes', async () => {
    const { folder } = await openTestStore({
      settings: { defaultCalendar: 'us-equity', zone: 'America/New_York' },
    });
    const run = (...args: readonly string[]) => runCli(['schedule', ...args, '--store', folder]);
    const added = await run('add', '--preset', 'after-the-close', '--json');
    expect(added.json()).toMatchObject({ name: 'After the close', cron: '15 20 * * MON-FRI', isOn: true });
    const refused = await run('add', 'Never', '--task', 'verify', '--cron', '0 0 30 2 *');
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('0 0 30 2 * never fires') as string,
    });
    expect((await run('disable', 'After the close', '--json')).json()).toMatchObject({
      isOn: false,
      nextMs: [],
    });
    expect((await run('run', 'After the close', '--json')).json()).toMatchObject({
      kind: 'compact',
      state: 'done',
    });
    const listed = await run('list');
    expect(listed.stdout).toMatch(/After the close {2}\(schedule-\w+\) .* off\n {4}last .* done \(job /);
    expect(listed.stdout).toContain('They run while a window has the store open');
    expect((await run('remove', 'Nothing')).stderr).toBe(
      'schedule: there is no Nothing; there are After the close\n',
    );
    expect((await run('remove', 'After the close')).stdout).toBe('After the close was removed.\n');
  });
});

describe('tapedeck serve', () => {
  it('runs what is due, and ends cleanly when it is told to', async () => {
    const store = await openTestStore();
    await store.append(flatCandle(10), flatCandle(11, { ts: fiveMinutes(1) }));
    const saved = await store.client.schedules.save({
      schedule: schedule({ task: 'compact-months', cron: '* * * * *', catchUpHours: 1 }),
    });
    await store.close();
    const path = join(store.folder, schedulesPath);
    const missed = (await readFile(path, 'utf8')).replaceAll(
      String(saved.handledMs),
      String(saved.handledMs - 30 * MINUTE),
    );
    await writeFile(path, missed);
    const child = spawn(process.execPath, [join(builtPrograms, 'cli.cjs'), 'serve', '--store', store.folder]);
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'close');
    const list = async () =>
      (await runCli(['schedule', 'list', '--store', store.folder, '--json'])).json() as ScheduleList;
    await expect
      .poll(list, { ...patience, interval: 200 })
      .toMatchObject({ isKept: true, schedules: [{ lastState: 'done' }] });
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    const again = await openTestStore({ folder: store.folder });
    expect((await again.client.store.describe({})).warnings).toEqual([]);
    expect((await again.client.files.list({ dataset: 'candles' })).map(({ path }) => path)).toEqual([
      'data/5m/2025-09.parquet',
    ]);
  });
});
