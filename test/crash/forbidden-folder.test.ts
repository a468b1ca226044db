import { execFileSync } from 'node:child_process';
import { chmod, chown, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifyReport } from '#shared/domain/verify-report';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ensureBuilt } from '../../build/launcher/built.mjs';
import { builtPrograms, openTestStore } from '../helpers/open-test-store.ts';
import { candleRow, fiveMinutes } from '../helpers/rows.ts';
import { ndjson, runCli, type User } from '../helpers/run-cli.ts';

beforeAll(ensureBuilt, 120_000);

const nobody: User = { uid: 65_534, gid: 65_534 };

/** Who the command line is to run as: permissions mean nothing to the superuser. Null where it cannot be run so. */
function plainUser(): User | null {
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  if (uid === undefined || gid === undefined) return null;
  if (uid !== 0) return { uid, gid };
  try {
    // The checkout may lie where nobody else may look.
    execFileSync(process.execPath, ['-e', `fs.accessSync(${JSON.stringify(builtPrograms)})`], nobody);
    return nobody;
  } catch {
    return null;
  }
}

const user = plainUser();

/** A compacted day of each of two timeframes; the folder of the longer one may not be looked into. */
async function setup(plain: User) {
  const store = await openTestStore();
  await store.append(candleRow(), candleRow({ timeframe: '15m' }));
  await store.compact();
  await store.close();
  const { folder } = store;
  const entries = await readdir(folder, { recursive: true });
  for (const path of ['', ...entries]) await chown(join(folder, path), plain.uid, plain.gid);
  const forbidden = join(folder, 'data/15m');
  await chmod(forbidden, 0o000);
  onTestFinished(() => chmod(forbidden, 0o700));
  const run = (args: readonly string[], input = '') =>
    runCli([...args, '--store', folder], input, { user: plain });
  const view = async (timeframe: string) => {
    const range = ['--from', '2025-09-02', '--until', '2025-09-03'];
    return (await run(['viewport', '--symbol', 'SPY', '--timeframe', timeframe, ...range, '--json'])).json();
  };
  return { folder, run, view };
}

describe.skipIf(user === null)('a folder without permission', () => {
  it('is named by what needs it, and nothing else is affected', async () => {
    const { view, run } = await setup(user ?? nobody);
    expect(await view('15m')).toMatchObject({
      candles: [],
      unreadable: [{ path: 'data/15m/2025-09-02.parquet', reason: 'reading it is not permitted' }],
    });
    expect(await view('5m')).toMatchObject({ candles: [{ open: 10 }], unreadable: [] });
    const verified = await run(['verify']);
    expect(verified.code).toBe(4);
    expect(verified.stdout).toContain('data/15m: folder-unreadable');
  });

  it('or a single file, is told apart from damage, and repairing leaves it where it is', async () => {
    const { folder, run } = await setup(user ?? nobody);
    const file = 'data/5m/2025-09-02.parquet';
    await chmod(join(folder, file), 0o000);
    const { stdout } = await run(['verify', '--repair', '--json']);
    const { problems } = JSON.parse(stdout) as VerifyReport;
    expect(problems.find(({ path }) => path === file)).toMatchObject({
      kind: 'not-permitted',
      advice: expect.stringContaining('permission to read') as string,
      repaired: null,
    });
    expect(existsSync(join(folder, file))).toBe(true);
  });

  it('takes in rows none the less: they wait in the log, and can be seen', async () => {
    const { view, run } = await setup(user ?? nobody);
    const late = candleRow({ timeframe: '15m', ts: fiveMinutes(3) });
    const answer = await run(['append', 'candles'], ndjson(late));
    expect(answer).toMatchObject({ code: 0, stdout: '{"accepted":1,"rejected":[]}\n' });
    expect(answer.stderr).toMatch(/1 row is safe in the log.*data\/15m/);
    expect(await view('15m')).toMatchObject({ candles: [{ ts: fiveMinutes(3) }] });
  });

  it('that is the whole store is named in one sentence', async () => {
    const { folder, run } = await setup(user ?? nobody);
    await chmod(folder, 0o000);
    onTestFinished(() => chmod(folder, 0o700));
    const { code, stderr } = await run(['files']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `${folder}/store.json cannot be read: it is not permitted\n`,
    });
  });
});
