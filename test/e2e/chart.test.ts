import { expect, test, type Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck, type Launched } from '../helpers/launch-tapedeck.ts';
import { savedWorkspace } from '../helpers/saved-workspace.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const command = join(root, 'build', 'tapedeck.cjs');
const run = promisify(execFile);

const chartOf = (page: Page) => page.getByRole('application', { name: /chart/i });
const legend = (page: Page) => page.getByLabel('Legend');

async function onDemo(work: (launched: Launched) => Promise<void>): Promise<void> {
  const launched = await launchTapedeck({ store: demoStore() });
  try {
    await expect(chartOf(launched.page)).toBeVisible();
    // A virtual screen has its pointer in the middle: on the chart.
    await launched.page.mouse.move(2, 2);
    await work(launched);
  } finally {
    await launched.close();
  }
}

/** What the legend says with the pointer at a share of the chart's width. */
async function readAt(page: Page, share: number): Promise<string> {
  const box = (await chartOf(page).boundingBox())!;
  await page.mouse.move(box.x + box.width * share + 1, box.y + box.height * 0.4);
  await page.mouse.move(box.x + box.width * share, box.y + box.height * 0.4);
  await expect(legend(page)).toContainText(/\d{4}-\d{2}-\d{2}/);
  return legend(page).innerText();
}

async function timeAt(page: Page, share: number): Promise<number> {
  const [, date, time] = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})/.exec(await readAt(page, share)) ?? [];
  return Date.parse(`${date ?? ''}T${time ?? ''}Z`);
}

interface PageGlobals {
  readonly bridge: { readonly call: (channel: string, args: unknown) => Promise<{ readonly value: string }> };
}

/**
 * Returns when older bars would be on the chart, had it asked for any: behind its own timer, which is set before this
 * one and shorter, behind its question, and two pictures later.
 */
function afterOlderBars(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    await (globalThis as unknown as PageGlobals).bridge.call('store.describe', {});
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/** How often bars were read so far. */
async function viewportsRead(page: Page): Promise<number> {
  const { value } = await page.evaluate(() =>
    (globalThis as unknown as PageGlobals).bridge.call('health.metrics', {}),
  );
  return Number(/^tapedeck_viewport_seconds_count (\d+)$/m.exec(value)?.[1]);
}

const hours = (ms: number) => ms / 3_600_000;

test('charts the demo store: SPY in bars of five minutes', () =>
  onDemo(async ({ page, screenshot, consoleLines }) => {
    await expect(legend(page)).toContainText('SPY');
    await expect(legend(page)).toContainText('5m');
    await expect(page.getByText('demo data')).toBeVisible();
    await screenshot('chart');
    expect(consoleLines).toEqual([]);
  }));

test('keeps the time span when the timeframe changes', () =>
  onDemo(async ({ page }) => {
    const before = [await timeAt(page, 0.02), await timeAt(page, 0.7)] as const;
    await page.getByRole('button', { name: '15m', exact: true }).click();
    await expect(legend(page)).toContainText('15m');
    const after = [await timeAt(page, 0.02), await timeAt(page, 0.7)] as const;
    expect(Math.abs(hours(after[0] - before[0]))).toBeLessThan(1.5);
    expect(Math.abs(hours(after[1] - before[1]))).toBeLessThan(1.5);
  }));

test('shows another symbol over the same time', () =>
  onDemo(async ({ page }) => {
    const before = await timeAt(page, 0.7);
    await page.getByRole('option', { name: /KLTR/ }).click();
    await expect(legend(page)).toContainText('KLTR');
    expect(Math.abs(hours((await timeAt(page, 0.7)) - before))).toBeLessThan(24);
  }));

test('pans back past what was loaded without a jump', () =>
  onDemo(async ({ page }) => {
    const box = (await chartOf(page).boundingBox())!;
    const start = await timeAt(page, 0.5);
    const before = await viewportsRead(page);
    for (let drag = 0; drag < 12; drag += 1) {
      await timeAt(page, 0.1);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.5, box.y + 300, { steps: 4 });
      const held = await timeAt(page, 0.5);
      await afterOlderBars(page);
      expect(await timeAt(page, 0.8)).toBe(held);
      await page.mouse.up();
      await afterOlderBars(page);
      expect(await timeAt(page, 0.8)).toBe(held);
    }
    expect(hours(start - (await timeAt(page, 0.5))) / 24).toBeGreaterThan(2);
    // So there was something to arrive.
    expect(await viewportsRead(page)).toBeGreaterThan(before);
    await page.getByRole('button', { name: /Newest/ }).click();
    await expect(page.getByRole('button', { name: /Newest/ })).toBeHidden();
  }));

test('inspects what is pointed at and clicked, with its history', () =>
  onDemo(async ({ page, screenshot }) => {
    const inspector = page.getByRole('tabpanel', { name: 'Inspector' });
    await page.getByRole('row', { name: /zone/ }).first().click();
    await expect(inspector.getByText('object_id')).toBeVisible();
    await expect(inspector.getByText(/-zone-/).first()).toBeVisible();
    await expect(inspector.getByRole('list', { name: /History/ })).toBeVisible();
    await screenshot('inspector');
    await inspector.getByRole('button', { name: 'Stop inspecting' }).click();
    const box = (await chartOf(page).boundingBox())!;
    const hovered = await findObject(page, box);
    await page.mouse.click(hovered.x, hovered.y);
    await expect(inspector.getByRole('button', { name: 'Stop inspecting' })).toBeVisible();
  }));

/** Goes over the chart until something lies under the pointer. */
async function findObject(page: Page, box: { x: number; y: number; width: number; height: number }) {
  for (let share = 0.9; share > 0.1; share -= 0.02) {
    for (let y = box.y + 60; y < box.y + box.height * 0.7; y += 9) {
      const x = box.x + (box.width - 70) * share;
      await page.mouse.move(x, y);
      if (await page.getByRole('article').isVisible()) return { x, y };
    }
  }
  throw new Error('There is no object on the chart');
}

test('goes to a date', () =>
  onDemo(async ({ page }) => {
    await page.getByRole('button', { name: 'Go to' }).click();
    await page.getByRole('textbox', { name: /Date and time/ }).fill('2025-08-20 12:00');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => new Date(await timeAt(page, 0.46)).toISOString().slice(0, 10))
      .toBe('2025-08-20');
  }));

test('reads the bar under a pointer that rests while the chart is taken elsewhere', () =>
  onDemo(async ({ page }) => {
    await readAt(page, 0.46);
    await page.getByRole('button', { name: 'Go to' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: /Date and time/ }).fill('2025-08-20 12:00');
    await page.keyboard.press('Enter');
    await expect(legend(page)).toContainText('2025-08-20');
    const atRest = await legend(page).innerText();
    expect(await readAt(page, 0.46)).toBe(atRest);
  }));

test('steps through bars by keys and reads them out', () =>
  onDemo(async ({ page }) => {
    await chartOf(page).focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    const live = chartOf(page).locator('[aria-live]');
    await expect(live).toHaveText(/^\w{3} 2025-09-26 .* open [\d.]+, high/);
    const before = await live.innerText();
    await page.keyboard.press('Shift+ArrowLeft');
    await expect(live).not.toHaveText(before);
  }));

test('shows rows that are appended from outside within a second', () =>
  onDemo(async ({ page, storeFolder }) => {
    const row = {
      symbol: 'SPY',
      timeframe: '5m',
      ts: Date.UTC(2025, 8, 26, 20),
      open: 700,
      high: 701,
      low: 699,
      close: 700.25,
      volume: 5,
    };
    const appended = run(process.execPath, [command, 'append', 'candles', '--store', storeFolder]);
    appended.child.stdin?.end(`${JSON.stringify(row)}\n`);
    await appended;
    await expect(legend(page)).toContainText('700.25', { timeout: 1_500 });
    await expect(page.getByText(/live · /)).toBeVisible();
  }));

test('remembers the chart, the settings and the panels', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'tapedeck-profile-'));
  const first = await launchTapedeck({ store: demoStore(), userData });
  await first.page.getByRole('option', { name: /EURUSD/ }).click();
  await first.page.getByRole('button', { name: '1h', exact: true }).click();
  await first.page.getByRole('button', { name: 'UTC', exact: true }).click();
  await first.page.getByRole('button', { name: 'Panels' }).click();
  await first.page.getByRole('checkbox', { name: 'Inspector' }).click();
  await expect
    .poll(async () => (await savedWorkspace(userData)).chart)
    .toMatchObject({
      symbol: 'EURUSD',
      timeframe: '1h',
    });
  await expect
    .poll(async () => (await savedWorkspace(userData)).layout?.panels)
    .not.toHaveProperty('inspector');
  first.kill();
  const second = await launchTapedeck({ store: demoStore(), userData });
  await expect(legend(second.page)).toContainText('EURUSD');
  await expect(legend(second.page)).toContainText('1h');
  await expect(legend(second.page)).toContainText('UTC');
  await expect(second.page.getByRole('tabpanel', { name: 'Symbols' })).toBeVisible();
  await expect(second.page.getByRole('tabpanel', { name: 'Inspector' })).toBeHidden();
  await second.close();
  await rm(userData, { recursive: true, force: true });
});
