import { expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launchTapedeck } from '../helpers/launch-tapedeck.ts';

const command = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'build', 'tapedeck.cjs');
const run = promisify(execFile);
const minute = 60_000;
const start = Date.UTC(2025, 8, 2, 14);

test('shows what a store should not hold, says what is wrong with it, and how much it leaves out', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tapedeck-strange-'));
  const storeFolder = join(folder, 'store');
  const userData = join(folder, 'user-data');
  const bars = [
    ...walk('STRANGE', 100),
    ...walk('TINY', 1e-8),
    ...walk('HUGE', 1e9),
    ...walk('LONE', 100).slice(0, 1),
    { ...walk('STRANGE', 100)[0], ts: start - minute, high: 1, low: 200 },
  ];
  const objects = [
    object('no-price', { y_min: null, y_max: null }),
    object('text', { payload: 'not an object' }),
    object('far', { t_end: Date.UTC(2098, 0, 1) }),
    object('next-century', { t_start: Date.UTC(2098, 0, 1) }),
    object('bars-elsewhere', { symbol: 'NO-BARS' }),
    object('backwards', { t_start: start, t_end: start - minute }),
    ...Array.from({ length: 5_000 }, (_, index) =>
      object(`crowd-${index}`, {
        object_type: 'level',
        y: 99 + (index % 200) / 100,
        payload: { kind: 'crowd' },
      }),
    ),
  ];
  const bad = await append('candles', storeFolder, bars);
  expect(bad).toContain('is below open or close');
  expect(await append('objects', storeFolder, objects)).toContain('is before t_start');

  const { page, close, consoleLines, screenshot } = await launchTapedeck({ storeFolder, userData });
  const legend = page.getByLabel('Legend');
  const show = async (symbol: string) => {
    await page.getByRole('option', { name: new RegExp(`^${symbol}`) }).click();
    await expect(legend).toContainText(symbol);
  };
  await show('TINY');
  await expect(legend).toContainText(/O0\.00000001\d{3}/);
  await show('HUGE');
  await expect(legend).toContainText(/O1,00\d,\d{3},\d{3}/);
  await show('LONE');
  await expect(legend).toContainText('C10');
  await show('STRANGE');
  await expect(page.getByText('Showing 1,500 of 5,003 objects')).toBeVisible();
  await page.getByRole('button', { name: '1 object begins later than the screen ends' }).click();

  const inspector = page.getByRole('tabpanel', { name: 'Inspector' });
  await expect(inspector.getByText('It begins more than a year after it was written.')).toBeVisible();
  const find = page.getByRole('textbox', { name: 'Find object' });
  await find.fill('STRANGE-no-price');
  await page.getByRole('row', { name: /no-price/ }).click();
  await expect(inspector.getByText('It has no price, so it is not on the chart.')).toBeVisible();
  await find.fill('STRANGE-text');
  await page.getByRole('row', { name: /STRANGE-text/ }).click();
  await expect(inspector.getByText('Its payload is not a JSON object.')).toBeVisible();
  await find.fill('STRANGE-far');
  await page.getByRole('row', { name: /STRANGE-far/ }).click();
  await expect(inspector.getByText('It ends more than ten years after it was written.')).toBeVisible();
  await find.fill('');

  await page.getByRole('button', { name: 'Layers', exact: true }).click();
  const levels = page.getByRole('region', { name: 'Levels' });
  await levels.getByRole('button', { name: 'Filter levels' }).click();
  await levels.getByRole('textbox', { name: 'Payload value' }).fill('no such kind');
  await levels.getByRole('combobox', { name: 'Payload field' }).fill('kind');
  await expect(page.getByText(/5,000 filtered out/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('3 of 5,004 loaded, 5,000 hidden in Layers')).toBeVisible();
  await screenshot('strange-rows');
  await page.getByRole('option', { name: /^NO-BARS/ }).click();
  await expect(page.getByText('NO-BARS has no 5m bars: its object is in the Objects list')).toBeVisible();
  await expect(page.getByRole('row', { name: /STRANGE-bars-elsewhere/ })).toBeVisible();
  expect(consoleLines).toEqual([]);
  await close();
  await rm(folder, { recursive: true, force: true });
});

function walk(symbol: string, price: number): readonly Record<string, unknown>[] {
  return Array.from({ length: 120 }, (_, index) => {
    const [open, close] = [price * (1 + (index % 7) / 1_000), price * (1 + ((index + 1) % 7) / 1_000)];
    const [high, low] = [Math.max(open, close) * 1.001, Math.min(open, close) * 0.999];
    return { symbol, timeframe: '1m', ts: start + index * minute, open, high, low, close, volume: index };
  });
}

function object(id: string, change: Record<string, unknown>): Record<string, unknown> {
  return {
    symbol: 'STRANGE',
    timeframe: '1m',
    object_id: `STRANGE-${id}`,
    object_type: 'zone',
    action: 'create',
    event_ts: start,
    t_start: start,
    t_end: null,
    y_min: 99.5,
    y_max: 100.5,
    y: null,
    payload: { side: 'demand' },
    sequence: 0,
    ...change,
  };
}

/** What the command answers: how many rows it took, and which ones it refused, by field and reason. */
async function append(
  dataset: string,
  storeFolder: string,
  rows: readonly Record<string, unknown>[],
): Promise<string> {
  const appended = run(process.execPath, [command, 'append', dataset, '--store', storeFolder]);
  appended.child.stdin?.end(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  // It ends with 1 when a row was refused, and says the same.
  const { stdout } = await appended.catch((error: unknown) => error as { readonly stdout: string });
  return stdout;
}
