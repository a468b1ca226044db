import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importFiles, minuteLines } from '../helpers/import-files.ts';
import { builtPrograms, openTestStore } from '../helpers/open-test-store.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const rows = 10_000;
const from = Date.UTC(2024, 0, 1);
const minute = 60_000;

/** How far an import has come, by what there is in the store. */
const moments = [
  ['has begun', (store: string) => namesIn(join(store, '_jobs')).length > 0],
  ['writes its files', (store: string) => namesIn(join(store, 'data', '1m')).length > 0],
  [
    'gives its files their names',
    (store: string) => namesIn(join(store, 'data', '1m')).some((name) => /^2024/.test(name)),
  ],
] as const;

it.each(moments)(
  'an import that is killed when it %s has stored nothing or all, and doubles nothing when it is done again',
  async (_what, isReached) => {
    const store = `${await tempFolder()}/store`;
    const [file = ''] = await importFiles({
      'bars.csv': minuteLines(rows, (place) => String(from + place * minute)).join('\n'),
    });
    const args = ['import', file, '--store', store, '--symbol', 'X', '--timeframe', '1m', '--json'];
    const child = spawn(process.execPath, [join(builtPrograms, 'cli.cjs'), ...args], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    const watching = setInterval(() => {
      if (isReached(store)) child.kill('SIGKILL');
    }, 1);
    const [, signal] = (await ended) as [number | null, string | null];
    clearInterval(watching);
    expect(signal).toBe('SIGKILL');

    const again = await runCli(args);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    const { rows: stored, duplicates } = again.json() as { rows: number; duplicates: number };
    expect([0, rows]).toContain(stored);
    expect(stored + duplicates).toBe(rows);
    const { client } = await openTestStore({ folder: store });
    const [summary] = await client.symbols.list({});
    expect(summary?.timeframes.find(({ timeframe }) => timeframe === '1m')).toMatchObject({ bars: rows });
    // What the import had written lies in the trash by now: nobody has to put anything right.
    expect((await client.verify.run({ deep: true })).problems).toEqual([]);
  },
);

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
