import { existsSync } from 'node:fs';
import {
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestStore } from '../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle, objectRow } from '../helpers/rows.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const day = 86_400_000;
const dayFile = 'data/5m/2025-09-02.parquet';
const trashedPart = /^_trash\/.*\/data\/5m\/2025-09-02\/part-/;

describe('verify', () => {
  it('finds nothing wrong with a store of parts, day files, objects and a trash', async () => {
    const { verify } = await setup();
    expect(await verify()).toEqual({
      isClean: true,
      isDeep: true,
      files: 8,
      rows: 16,
      sizeBytes: expect.any(Number) as number,
      problems: [],
      notes: [],
    });
  });

  it('reads no more than it needs unless asked to go deep', async () => {
    const { folder, verify } = await setup();
    await flipByte(join(folder, dayFile), (await readFile(join(folder, dayFile))).indexOf('DuckDB version'));
    expect((await verify({})).isClean).toBe(true);
    expect(await kinds(verify())).toEqual([[dayFile, 'digest']]);
  });

  it.each<[string, (folder: string) => Promise<void>, string, string]>([
    ['a day file that is gone', (folder) => rm(join(folder, dayFile)), dayFile, 'missing'],
    ['a day file cut short', (folder) => truncate(join(folder, dayFile), 900), dayFile, 'size'],
    ['a day file of no bytes', (folder) => writeFile(join(folder, dayFile), ''), dayFile, 'size'],
    ['a day file of other bytes', (folder) => flipByte(join(folder, dayFile), 40), dayFile, 'digest'],
    ['a day file that is a link', (folder) => intoLink(join(folder, dayFile)), dayFile, 'not-a-file'],
    [
      'a day file that no job committed',
      (folder) => copyFile(join(folder, dayFile), join(folder, 'data/5m/2025-09-02.r7.parquet')),
      'data/5m/2025-09-02.r7.parquet',
      'leftover',
    ],
    [
      'a file that another program put there',
      (folder) => writeFile(join(folder, 'data/5m/2025-09-09.parquet'), 'PAR1 nothing PAR1'),
      'data/5m/2025-09-09.parquet',
      'foreign-file',
    ],
    [
      'a link among the parts',
      (folder) => symlink('/etc/hostname', join(folder, 'data/5m/2025-09-03/part-x.parquet')),
      'data/5m/2025-09-03/part-x.parquet',
      'link',
    ],
    [
      'a file in the trash that nobody threw away',
      (folder) => writeLate(join(folder, '_trash/mine/data/5m/2025-09-01.parquet')),
      '_trash/mine/data/5m/2025-09-01.parquet',
      'trash-unknown',
    ],
    [
      'a tombstone that cannot be read',
      (folder) => writeLate(join(folder, '_tombstones/half.json')),
      '_tombstones/half.json',
      'tombstone-unreadable',
    ],
  ])('names %s, and sets it right', async (_, damage, path, kind) => {
    const { folder, verify, repair, prices } = await setup();
    await damage(folder);
    expect(await kinds(verify())).toEqual([[path, kind]]);
    const repaired = await repair();
    expect(repaired.problems.filter((problem) => problem.repaired === null)).toEqual([]);
    expect(await verify()).toMatchObject({ isClean: true });
    expect(await prices()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('names a trash that was emptied by hand, file by file, and stops looking for them', async () => {
    const { folder, verify, repair } = await setup();
    await rm(join(folder, '_trash'), { recursive: true });
    const found = await kinds(verify());
    expect(found.length).toBeGreaterThan(0);
    for (const [path, kind] of found) {
      expect(kind).toBe('trash-missing');
      expect(path).toMatch(trashedPart);
    }
    await repair();
    expect(await verify()).toMatchObject({ isClean: true });
  });

  it('keeps the rows of a bad part that are still in memory', async () => {
    const { folder, verify, repair, prices } = await setup();
    const [part] = await readdir(join(folder, 'data/5m/2025-09-03'));
    await truncate(join(folder, 'data/5m/2025-09-03', part!), 100);
    expect(await kinds(verify())).toEqual([[`data/5m/2025-09-03/${part}`, 'size']]);
    expect((await repair()).problems[0]!.repaired).toContain('its rows are in data/5m/2025-09-03/part-');
    expect(await verify()).toMatchObject({ isClean: true, rows: 16 });
    expect(await prices()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('gives up the rows of a bad day file only when the files it was made from are gone too', async () => {
    const { folder, verify, repair, prices } = await setup();
    await truncate(join(folder, dayFile), 100);
    await rm(join(folder, '_trash'), { recursive: true });
    const { problems } = await repair();
    expect(problems.find(({ path }) => path === dayFile)?.repaired).toContain('not in the store any more');
    expect(await verify()).toMatchObject({ isClean: true });
    expect(await prices()).toEqual([4, 5, 6, 7, 8, 9]);
    expect(existsSync(join(folder, '_rejects', dayFile))).toBe(true);
  });

  it('overwrites nothing that was set aside before', async () => {
    const { folder, repair } = await setup();
    const stray = join(folder, 'data/5m/2025-09-09.parquet');
    await writeFile(stray, 'first');
    await repair();
    await writeFile(stray, 'second');
    await repair();
    const aside = join(folder, '_rejects/data/5m');
    const texts = ['2025-09-09.parquet', '2025-09-09.parquet.2'].map((name) =>
      readFile(join(aside, name), 'utf8'),
    );
    expect(await Promise.all(texts)).toEqual(['first', 'second']);
  });

  it('names a dot-file that a killed writer left, which is swept when the store is next opened', async () => {
    const { folder, verify, repair } = await setup();
    await writeFile(join(folder, 'data/5m/.2025-09-04.parquet.tmp'), 'half');
    expect(await kinds(verify())).toEqual([['data/5m/.2025-09-04.parquet.tmp', 'dot-file']]);
    expect(await repair()).toMatchObject({ isClean: true });
    expect(await verify()).toMatchObject({ isClean: true });
  });

  it('names the lock of a process that is gone', async () => {
    const { folder, verify, repair } = await setup();
    const owner = {
      token: 'x',
      pid: 2 ** 22 + 1,
      host: hostname(),
      startTime: '1',
    };
    await mkdir(join(folder, '_locks'), { recursive: true });
    await writeFile(join(folder, '_locks/owner.json'), JSON.stringify({ ...owner, sinceMs: 0 }));
    expect(await kinds(verify())).toEqual([['_locks/owner.json', 'lock-stale']]);
    await repair();
    expect(await verify()).toMatchObject({ isClean: true });
  });

  it('names damage inside the log, and takes a write that was cut short for nothing worse than that', async () => {
    const { folder, verify, repair } = await setup();
    const segment = join(folder, '_wal/segment_00001.wal');
    await writeFile(segment, Buffer.concat([await readFile(segment), Buffer.from([200, 0, 0, 0, 1])]));
    expect(await verify()).toMatchObject({ isClean: true, notes: [{ path: '_wal/segment_00001.wal' }] });
    await flipByte(segment, 100);
    expect((await kinds(verify())).map(([, kind]) => kind)).toContain('log-damaged');
    await repair();
    expect(await verify()).toMatchObject({ isClean: true });
  });

  it('touches nothing when it is the log that is gone', async () => {
    const { folder, verify } = await setup();
    await rename(join(folder, '_wal'), join(folder, 'elsewhere'));
    expect((await kinds(verify())).map(([, kind]) => kind)).toContain('log-lost');
    await expect(openTestStore({ folder })).rejects.toMatchObject({ code: 'store-unreadable' });
    expect(existsSync(join(folder, dayFile))).toBe(true);
  });

  it('leaves alone what a compaction is writing, and answers the same while it runs', async () => {
    const { folder } = await setup();
    const { client } = await openTestStore({ folder });
    const rows = Array.from({ length: 2_000 }, (_, index) =>
      flatCandle(20, { ts: fiveMinutes(0) + 5 * day + index * 300_000 }),
    );
    await client.candles.append({ rows });
    const [report] = await Promise.all([client.verify.run({ repair: true }), client.compaction.run({})]);
    expect(report.problems).toEqual([]);
    expect(await client.verify.run({ deep: true })).toMatchObject({ isClean: true });
  });

  it('checks one after the other when it is asked twice', async () => {
    const { folder } = await setup();
    const { client } = await openTestStore({ folder });
    await Promise.all([client.verify.run({}), client.verify.run({}), client.verify.run({})]);
    const { jobs } = await client.jobs.list({ kind: 'verify', states: ['done'] });
    const [last, middle, first] = jobs.map(({ startedMs, endedMs }) => ({
      from: startedMs ?? 0,
      until: endedMs ?? 0,
    }));
    expect(middle?.from).toBeGreaterThanOrEqual(first?.until ?? Infinity);
    expect(last?.from).toBeGreaterThanOrEqual(middle?.until ?? Infinity);
  });
});

/** Made once, by the first test that asks, and copied for each. */
let made: Promise<string> | undefined;
afterAll(async () => {
  if (made !== undefined) await rm(await made, { recursive: true, force: true });
});

/** Three bars a day on three days: the first compacted, its parts in the trash; the others loose; three object events. */
async function makeStore(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tapedeck-verify-')));
  const store = await openTestStore({ folder });
  for (const index of [0, 1, 2]) await store.append(flatCandle(1 + index, { ts: fiveMinutes(index) }));
  await store.compact({ day: '2025-09-02' });
  for (const index of [0, 1, 2]) {
    await store.append(flatCandle(4 + index, { ts: fiveMinutes(index) + day }));
    await store.append(flatCandle(7 + index, { ts: fiveMinutes(index) + 2 * day }));
  }
  await store.appendObjects(...[1, 2, 3].map((sequence) => objectRow({ sequence })));
  await store.close();
  return folder;
}

async function setup() {
  const folder = await tempFolder();
  await cp(await (made ??= makeStore()), folder, { recursive: true });
  return {
    folder,
    verify: async (request: { readonly deep?: boolean } = { deep: true }) => {
      const reader = await openTestStore({ folder, access: 'read' });
      const report = await reader.client.verify.run(request);
      await reader.close();
      return report;
    },
    repair: async () => {
      const owner = await openTestStore({ folder });
      const report = await owner.client.verify.run({ deep: true, repair: true });
      await owner.close();
      return report;
    },
    prices: async () => {
      const reader = await openTestStore({ folder, access: 'read' });
      const { candles } = await reader.view({ until: fiveMinutes(0) + 4 * day });
      await reader.close();
      return candles.map(({ close }) => close);
    },
  };
}

async function kinds(report: Promise<{ readonly problems: readonly { path: string; kind: string }[] }>) {
  return (await report).problems.map(({ path, kind }) => [path, kind] as const);
}

async function flipByte(path: string, offset: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[offset]! ^= 1;
  await writeFile(path, bytes);
}

async function intoLink(path: string): Promise<void> {
  await rename(path, `${path}.elsewhere`);
  await symlink(`${path}.elsewhere`, path);
}

async function writeLate(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '{"half');
}
