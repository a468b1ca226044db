import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { socketPathsOf } from '../../electron/api/store-socket.ts';
import { processStartTime } from '../../electron/platform/process-start-time.ts';
import { candleRow, fiveMinutes, type GivenRow } from '../helpers/rows.ts';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { copyPrograms, type Program, type Programs } from './kill/programs.ts';

let programs: Programs;
beforeAll(async () => {
  programs = await copyPrograms();
}, 120_000);
afterAll(() => programs.remove());

const bar = (index: number) => candleRow({ ts: fiveMinutes(index), volume: index });

async function volumes(store: TestStore): Promise<number[]> {
  return (await store.view()).candles.map(({ volume }) => volume);
}

/** Another process that owns the store until its input ends or it is killed. */
async function startOwner(folder: string): Promise<Program> {
  const program = programs.start(['append', 'candles', '--store', folder, '--acknowledge']);
  program.child.stdin?.write(`${JSON.stringify(bar(0))}\n`);
  const failed = program.ended.then(() => Promise.reject(new Error(program.output())));
  await Promise.race([failed, expect.poll(program.output, { timeout: 20_000 }).toContain('"line":1')]);
  failed.catch(() => undefined);
  return program;
}

const first = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('a store that several open', () => {
  it('is owned by one of two that open it at once, and works for both', async () => {
    const folder = await tempFolder();
    const stores = await Promise.all([openTestStore({ folder }), openTestStore({ folder })]);
    await Promise.all(stores.map((store, index) => store.append(bar(index))));
    expect(await Promise.all(stores.map(volumes))).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('works for both however long its path is, and wherever each keeps temporary files', async () => {
    const folder = join(await tempFolder(), 'of-our-desk-'.repeat(16));
    await mkdir(folder);
    const owner = await openTestStore({ folder });
    vi.stubEnv('TMPDIR', folder);
    const guest = await openTestStore({ folder });
    vi.unstubAllEnvs();
    await guest.append(bar(0));
    expect(await volumes(owner)).toEqual([0]);
  });

  it('works for both where its folder takes no socket, as on a share', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, '_locks', 'owner.sock', 'taken'), { recursive: true });
    const owner = await openTestStore({ folder });
    const guest = await openTestStore({ folder });
    await guest.append(bar(0));
    expect(await volumes(owner)).toEqual([0]);
  });

  it('takes what many processes append at once, over the lock of a dead one', async () => {
    const folder = await tempFolder();
    const dead = await startOwner(folder);
    dead.child.kill('SIGKILL');
    await dead.ended;
    const bots = first(4).map((index) => {
      const bot = programs.start(['append', 'candles', '--store', folder]);
      bot.child.stdin?.end(`${JSON.stringify(bar(index + 1))}\n`);
      return bot;
    });
    expect(await Promise.all(bots.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    expect(await volumes(await openTestStore({ folder, access: 'read' }))).toEqual(first(5));
  });

  it('answers the calls of a guest whose owner is killed meanwhile', async () => {
    const folder = await tempFolder();
    const owner = await startOwner(folder);
    const guest = await openTestStore({ folder });
    const calls = first(40).map((index) => guest.append(bar(index + 1)));
    owner.child.kill('SIGKILL');
    await Promise.all(calls);
    expect(await volumes(guest)).toEqual(first(41));
  });

  it('answers the calls of a guest whose owner ends meanwhile', async () => {
    const folder = await tempFolder();
    const owner = await startOwner(folder);
    const guest = await openTestStore({ folder });
    owner.child.stdin?.end();
    for (const index of first(40)) await guest.append(bar(index + 1));
    expect(await owner.ended).toBe(0);
    expect(await volumes(guest)).toEqual(first(41));
  });

  it('tells a guest of changes also after the owner has changed', async () => {
    const folder = await tempFolder();
    const owner = await startOwner(folder);
    const guest = await openTestStore({ folder });
    let changes = 0;
    guest.client.store.changed(() => (changes += 1));
    owner.child.kill('SIGKILL');
    await owner.ended;
    await guest.append(bar(1));
    await expect.poll(() => changes).toBeGreaterThan(0);
  });
});

/** The volumes of what a store holds, read by a process that never knew the one before. */
async function volumesOnDisk(folder: string): Promise<number[]> {
  const reader = await openTestStore({ folder, access: 'read' });
  const found = await volumes(reader);
  await reader.close();
  return found;
}

/** As a process would that came while the owner was stopped: it takes the store, writes, and lets it go again. */
async function takeOver({ folder }: TestStore, ...rows: readonly GivenRow[]): Promise<void> {
  await rm(join(folder, '_locks'), { recursive: true });
  const next = await openTestStore({ folder });
  await next.append(...rows);
  await next.client.store.checkpoint({});
  await next.close();
}

describe('a store whose owner is stopped', () => {
  it.runIf(process.platform === 'linux')('can be read, and whoever wants to write is told', async () => {
    const { folder } = await openedAndClosed();
    const stopped = spawn('sleep', ['60']);
    onTestFinished(() => void stopped.kill('SIGKILL'));
    const pid = stopped.pid ?? 0;
    const owner = { token: 'x', pid, host: hostname(), startTime: await processStartTime(pid), sinceMs: 0 };
    await writeFile(join(folder, '_locks', 'owner.json'), JSON.stringify(owner));
    stopped.kill('SIGSTOP');
    expect(await volumesOnDisk(folder)).toEqual([0]);
    const refusal = { code: 'store-owned', message: expect.stringContaining(`kill -CONT ${pid}`) as unknown };
    await expect(openTestStore({ folder })).rejects.toMatchObject(refusal);
  });
});

describe('a store that is taken from its owner', () => {
  it('keeps what both wrote, and the first goes on from where the second ended', async () => {
    const owner = await openTestStore();
    await owner.append(bar(0));
    await takeOver(owner, bar(1), bar(2));
    await owner.append(bar(3));
    expect(await volumes(owner)).toEqual([0, 1, 2, 3]);
    await owner.close();
    expect(await volumesOnDisk(owner.folder)).toEqual([0, 1, 2, 3]);
  });

  it('works for both while both have it open', async () => {
    const owner = await openTestStore();
    await owner.append(bar(0));
    await rm(join(owner.folder, '_locks'), { recursive: true });
    const next = await openTestStore({ folder: owner.folder });
    for (const index of first(10))
      await Promise.all([owner.append(bar(index)), next.append(bar(index + 10))]);
    await owner.compact();
    expect(await Promise.all([owner, next].map(volumes))).toEqual([first(20), first(20)]);
    const guest = await openTestStore({ folder: owner.folder });
    expect(await volumes(guest)).toEqual(first(20));
  });

  it('acknowledges nothing where it was moved away, and begins nothing there', async () => {
    const folder = join(await tempFolder(), 'store');
    await cp((await openedAndClosed()).folder, folder, { recursive: true });
    const owner = await openTestStore({ folder });
    await owner.append(bar(1));
    await rename(folder, `${folder}-moved`);
    await expect(owner.append(bar(2))).rejects.toMatchObject({ code: 'store-missing' });
    await owner.close();
    expect(existsSync(folder)).toBe(false);
    expect((await volumesOnDisk(`${folder}-moved`)).slice(0, 2)).toEqual([0, 1]);
  });

  it('is found by others again when its socket was removed', async () => {
    const owner = await openTestStore();
    await rm(socketPathsOf(owner.folder)[0]!);
    const guest = await openTestStore({ folder: owner.folder });
    await guest.append(bar(0));
    expect(await volumes(owner)).toEqual([0]);
  });
});

async function openedAndClosed(): Promise<TestStore> {
  const store = await openTestStore();
  await store.append(bar(0));
  await store.close();
  return store;
}

/** A store with one bar whose owner seems to be on another machine, and whoever opens it meanwhile. */
async function ownedFarAway() {
  const owner = await openTestStore();
  await owner.append(bar(0));
  const locks = join(owner.folder, '_locks');
  // Something that nobody answers at: where nothing is the owner soon listens again.
  await writeFile(join(locks, 'silent'), '');
  await rename(join(locks, 'silent'), socketPathsOf(owner.folder)[0]!);
  const lock = JSON.parse(await readFile(join(locks, 'owner.json'), 'utf8')) as object;
  await writeFile(join(locks, 'owner.json'), JSON.stringify({ ...lock, pid: 7, host: `not-${hostname()}` }));
  const reader = await openTestStore({ folder: owner.folder });
  return { owner, reader };
}

describe('a store that another machine owns', () => {
  it('is open for reading, says who owns it, and refuses whatever would change it', async () => {
    const { reader } = await ownedFarAway();
    expect(await volumes(reader)).toEqual([0]);
    const summary = await reader.client.store.describe({});
    expect(summary).toMatchObject({ access: 'reader', folder: reader.folder });
    expect(summary.readOnlyReason).toContain(`process 7 on not-${hostname()}`);
    const refusal = { code: 'store-read-only', message: summary.readOnlyReason };
    await expect(reader.append(bar(1))).rejects.toMatchObject(refusal);
    await expect(reader.compact()).rejects.toMatchObject(refusal);
    await expect(reader.client.verify.run({ repair: true })).rejects.toMatchObject(refusal);
  });

  it('shows what its owner writes and merges meanwhile, and tells of it', async () => {
    const { owner, reader } = await ownedFarAway();
    let changes = 0;
    reader.client.store.changed(() => (changes += 1));
    await owner.append(bar(1));
    await expect.poll(() => volumes(reader), { timeout: 20_000 }).toEqual([0, 1]);
    await expect.poll(() => changes).toBeGreaterThan(0);
    await owner.compact();
    await owner.append(bar(2));
    await expect.poll(() => volumes(reader), { timeout: 20_000 }).toEqual([0, 1, 2]);
  });

  it('is owned by whoever follows it once that machine has let it go', async () => {
    const { owner, reader } = await ownedFarAway();
    let changes = 0;
    reader.client.store.changed(() => (changes += 1));
    await owner.close();
    await expect.poll(() => changes, { timeout: 20_000 }).toBeGreaterThan(0);
    const access = async () => (await reader.client.store.describe({})).access;
    await expect.poll(access, { timeout: 20_000 }).toBe('owner');
    await reader.append(bar(1));
    expect(await volumes(reader)).toEqual([0, 1]);
  });
});
