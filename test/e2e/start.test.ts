import { expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoStore } from '../helpers/demo-store.ts';

const start = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'build', 'start.mjs');

/** `npm start` as a person would run it, with its output. */
async function run(...args: string[]) {
  const child = spawn(process.execPath, [start, ...args], { timeout: 50_000 });
  const output = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, ...output };
}

test('saves a picture of the chart, and prints one line of JSON about it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tapedeck-start-'));
  await cp(demoStore(), join(folder, 'store'), { recursive: true });
  const file = join(folder, 'chart.png');
  const { code, out } = await run('--store', join(folder, 'store'), '--screenshot', file);
  const picture = await readFile(file);
  await rm(folder, { recursive: true });

  expect(code).toBe(0);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  const report = JSON.parse(out) as Record<string, number | string>;
  expect(report).toMatchObject({ file, width: picture.readUInt32BE(16), height: picture.readUInt32BE(20) });
  expect(report['bars']).toBeGreaterThan(100);
  expect(report['objects']).toBeGreaterThan(0);
  expect(report['paintedMs']).toBeGreaterThan(0);
});

test('says in one sentence what is wrong with an option', async () => {
  expect(await run('--stroe', 'x')).toEqual({
    code: 1,
    out: '',
    err: "tapedeck: Unknown option '--stroe'; see npm start -- --help.\n",
  });
});
