import { spawn } from 'node:child_process';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { takeOwnerLock, type Owner } from '../../electron/platform/owner-lock.ts';
import { processStartTime } from '../../electron/platform/process-start-time.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** A lock file as an owner left it, so long ago. */
async function lockOf(change: Partial<Owner>, ageSeconds = 0): Promise<string> {
  const owner = {
    token: 'other',
    pid: process.pid,
    host: hostname(),
    startTime: (await processStartTime(process.pid)) ?? '',
    sinceMs: 0,
  };
  return lockFile(JSON.stringify({ ...owner, ...change }), ageSeconds);
}

async function lockFile(text: string, ageSeconds: number): Promise<string> {
  const path = join(await tempFolder(), 'owner.json');
  await writeFile(path, text);
  await heartbeat(path, ageSeconds);
  return path;
}

function heartbeat(path: string, ageSeconds: number): Promise<void> {
  const at = new Date(Date.now() - ageSeconds * 1_000);
  return utimes(path, at, at);
}

async function isTaken(path: string): Promise<boolean> {
  const lock = await takeOwnerLock(path);
  if ('heldBy' in lock) return false;
  await lock.release();
  return true;
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('close', resolve));
  return child.pid ?? 0;
}

describe('takeOwnerLock', () => {
  it('takes over from a process that is gone', async () => {
    expect(await isTaken(await lockOf({ pid: await deadPid() }))).toBe(true);
  });

  it('takes over when the pid belongs to another process by now', async () => {
    expect(await isTaken(await lockOf({ startTime: '1' }))).toBe(true);
  });

  it('takes over from a process that was killed while it took over from another', async () => {
    const path = await lockOf({ pid: await deadPid() });
    await writeFile(`${path}.takeover`, '{}');
    // Young enough that its writer may still be at it for longer than a few tries take.
    await heartbeat(`${path}.takeover`, 0.5);
    expect(await isTaken(path)).toBe(true);
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  it('leaves the lock to a process that lives', async () => {
    expect(await isTaken(await lockOf({}))).toBe(false);
  });

  it('leaves a half-written lock to whoever is writing it', async () => {
    expect(await isTaken(await lockFile('{"pid":', 0))).toBe(false);
  });

  it('takes over a lock that was never written to its end', async () => {
    expect(await isTaken(await lockFile('{"pid":', 5))).toBe(true);
  });

  it('says on which other machine the owner is', async () => {
    const path = await lockOf({ host: 'trading-desk', pid: 7 }, 30);
    expect(await takeOwnerLock(path)).toMatchObject({ heldBy: { host: 'trading-desk', pid: 7 } });
  });

  it('takes over from another machine whose heartbeat has stopped', async () => {
    const path = await lockOf({ host: 'trading-desk' }, 120);
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval'] });
    expect(await whilePassing(isTaken(path), () => Promise.resolve())).toBe(true);
  });

  it('waits for the heartbeat of a machine whose clock is behind', async () => {
    const path = await lockOf({ host: 'trading-desk' }, 3_600);
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval'] });
    let ageSeconds = 3_600;
    expect(await whilePassing(isTaken(path), () => heartbeat(path, (ageSeconds -= 5)))).toBe(false);
  });

  it('gives a dead lock to one of many that find it at once', async () => {
    const path = await lockOf({ pid: await deadPid() });
    const locks = await Promise.all(Array.from({ length: 20 }, () => takeOwnerLock(path)));
    const owners = locks.flatMap((lock) => ('heldBy' in lock ? [] : [lock.owner]));
    expect(owners).toHaveLength(1);
    expect(locks.flatMap((lock) => ('heldBy' in lock ? [lock.heldBy?.token] : []))).toEqual(
      Array.from({ length: 19 }, () => owners[0]?.token),
    );
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ token: owners[0]?.token });
  });

  it('leaves nothing beside the lock', async () => {
    const path = await lockOf({ pid: await deadPid() });
    await Promise.all(Array.from({ length: 5 }, () => takeOwnerLock(path)));
    expect(await readdir(join(path, '..'))).toEqual(['owner.json']);
  });

  it('lets go of its own lock only', async () => {
    const path = await lockOf({ pid: await deadPid() });
    const lock = await takeOwnerLock(path);
    await writeFile(path, JSON.stringify({ token: 'of another' }));
    if (!('heldBy' in lock)) await lock.release();
    expect(await readFile(path, 'utf8')).toContain('of another');
  });
});

/** Lets waiting time pass at once; `act` is what happens on the way. */
async function whilePassing<T>(waiting: Promise<T>, act: () => Promise<void>): Promise<T> {
  const state = { isOver: false };
  void waiting.finally(() => (state.isOver = true));
  while (!state.isOver) {
    await act();
    await vi.advanceTimersByTimeAsync(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return waiting;
}
