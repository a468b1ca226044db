import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { builtPrograms, openTestStore } from '../helpers/open-test-store.ts';
import { flatCandle } from '../helpers/rows.ts';
import { ndjson } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const day = '2025-09-02';
const cli = join(builtPrograms, 'cli.cjs');

/** A command that waits for its input, as a shell starts it. */
function begin(...args: readonly string[]) {
  const child = spawn(process.execPath, [cli, ...args]);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { child, output, ended };
}

function write(stream: Writable, lines: string): Promise<void> {
  return new Promise((resolve, reject) =>
    stream.write(lines, (error) => (error == null ? resolve() : reject(error))),
  );
}

async function countOfBars(folder: string): Promise<number> {
  const { client } = await openTestStore({ folder });
  const [symbol] = await client.symbols.list({});
  return symbol?.timeframes[0]?.bars ?? 0;
}

describe('Ctrl-C', () => {
  it('ends an append with what had come by then stored, and says how much that was', async () => {
    const folder = await tempFolder();
    const { child, output, ended } = begin('append', 'candles', '--store', folder, '--acknowledge');
    child.stdin.write(ndjson(flatCandle(10)));
    await expect.poll(() => output.stdout, { timeout: 20_000, interval: 5 }).toContain('"line":1');
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(stdout.trim().split('\n').at(-1)).toBe('{"accepted":1,"rejected":[]}');
    expect(await countOfBars(folder)).toBe(1);
  });

  it('leaves a day as it was that was to be replaced by rows of which not all had come', async () => {
    const store = await openTestStore();
    await store.append(flatCandle(10));
    const { child, ended } = begin('append', 'candles', '--store', store.folder, '--replace-day', day);
    // More than a pipe holds: it is gone when the command has begun to read.
    await write(child.stdin, ndjson(...Array.from({ length: 8_000 }, () => flatCandle(99))));
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stdout: '', stderr: 'Stopped\n' });
    expect((await store.view()).candles.map(({ close }) => close)).toEqual([10]);
  });
});

/** Runs a program on a terminal of its own. */
const script = '/usr/bin/script';

describe.skipIf(process.platform !== 'linux' || !existsSync(script))('a terminal', () => {
  it('is told which of many series is looked at', async () => {
    const store = await openTestStore();
    await store.append(flatCandle(10), flatCandle(10, { symbol: 'QQQ' }));
    await store.close();
    const command = `${process.execPath} ${cli} quality --store ${store.folder}`;
    const child = spawn(script, ['-qec', command, '/dev/null'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [shown] = await Promise.all([text(child.stdout), once(child, 'close')]);
    expect(shown).toContain('Quality of QQQ 5m, 1 of 2 series');
    expect(shown).toContain('Quality of SPY 5m, 2 of 2 series');
  });
});
