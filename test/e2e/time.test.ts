import { expect, test, type Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck, type Launched } from '../helpers/launch-tapedeck.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const run = promisify(execFile);
const minute = 60_000;

const chartOf = (page: Page) => page.getByRole('application', { name: /chart/i });
const legend = (page: Page) => page.getByLabel('Legend');
const badge = (page: Page) => page.getByRole('note', { name: 'As of' });
const replay = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Replay' }).getByRole('button', { name });

async function onDemo(work: (launched: Launched) => Promise<void>): Promise<void> {
  const launched = await launchTapedeck({ store: demoStore() });
  try {
    await expect(chartOf(launched.page)).toBeVisible();
    await launched.page.mouse.move(2, 2);
    await launched.page.getByRole('button', { name: 'UTC', exact: true }).click();
    await work(launched);
  } finally {
    await launched.close();
  }
}

/** The instant that the badge names. */
async function asOf(page: Page): Promise<number> {
  const [, date, time] = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})/.exec(await badge(page).innerText()) ?? [];
  return Date.parse(`${date ?? ''}T${time ?? ''}Z`);
}

/** The bar at the right edge of what is drawn, as it is read out. */
async function newestBar(page: Page): Promise<number> {
  // What closes below the pointer would leave it on the chart.
  await page.mouse.move(2, 2);
  await chartOf(page).focus();
  await page.keyboard.press('End');
  await expect(legend(page)).toContainText(/\d{4}-\d{2}-\d{2}/);
  const [, date, time] = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})/.exec(await legend(page).innerText()) ?? [];
  await page.keyboard.press('Escape');
  return Date.parse(`${date ?? ''}T${time ?? ''}Z`);
}

/** When each object that is listed was last written, read from the inspector. */
async function latestEvent(page: Page): Promise<number> {
  const inspector = page.getByRole('tabpanel', { name: 'Inspector' });
  const times = await inspector
    .getByRole('list', { name: /History/ })
    .locator('time')
    .allInnerTexts();
  return Math.max(...times.map((text) => Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`)));
}

async function append(storeFolder: string, rows: readonly object[]): Promise<void> {
  const command = join(root, 'build', 'tapedeck.cjs');
  const appended = run(process.execPath, [command, 'append', 'candles', '--store', storeFolder]);
  appended.child.stdin?.end(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await appended;
}

const bar = (ts: number, close: number) => ({
  symbol: 'SPY',
  timeframe: '5m',
  ts,
  open: 700,
  high: 701,
  low: 699,
  close,
  volume: 5,
});

test('replays the past without a look ahead', () =>
  onDemo(async ({ page, screenshot, consoleLines }) => {
    await page.keyboard.press('Alt+r');
    await expect(badge(page)).toBeVisible();
    const field = page.getByRole('textbox', { name: /as of/i });
    await field.fill('2025-09-18 15:02');
    await field.press('Enter');
    await expect(badge(page)).toContainText('2025-09-18 15:02');
    expect(await newestBar(page)).toBe(Date.parse('2025-09-18T14:55Z'));
    await expect(page.getByRole('contentinfo')).not.toContainText('2025-09-26');
    const objects = page.getByRole('tabpanel', { name: 'Objects' });
    await objects.getByRole('row').nth(1).click();
    for (let step = 1; step <= 4; step += 1) {
      await replay(page, 'One bar forward').click();
      await expect.poll(() => asOf(page)).toBe(Date.parse('2025-09-18T15:00Z') + step * 5 * minute);
      const now = await asOf(page);
      expect(await newestBar(page)).toBe(now - 5 * minute);
      expect(await latestEvent(page)).toBeLessThanOrEqual(now);
    }
    await screenshot('replay');
    await page.setViewportSize({ width: 1280, height: 720 });
    await screenshot('replay-small');
    await page.setViewportSize({ width: 1600, height: 900 });
    const before = await asOf(page);
    await replay(page, 'Next object event').click();
    await expect.poll(() => asOf(page)).toBeGreaterThan(before);
    await replay(page, 'Previous object event').click();
    await page.keyboard.press('[');
    await expect.poll(() => asOf(page)).toBeLessThanOrEqual(before);
    await replay(page, 'Play').click();
    const started = await asOf(page);
    await expect.poll(() => asOf(page), { timeout: 10_000 }).toBeGreaterThan(started + 10 * minute);
    await replay(page, 'Pause').click();
    const paused = await asOf(page);
    expect(await newestBar(page)).toBeLessThanOrEqual(paused - 5 * minute);
    await page.getByRole('group', { name: 'Replay' }).getByRole('button', { name: 'Leave' }).click();
    await expect(badge(page)).toBeHidden();
    await expect.poll(() => newestBar(page)).toBe(Date.parse('2025-09-26T19:55Z'));
    expect(consoleLines).toEqual([]);
  }));

test('shows new bars at the edge, and counts them when something older is looked at', () =>
  onDemo(async ({ page, storeFolder }) => {
    // Monday, long after the room that was loaded beyond Friday's last bar.
    const monday = Date.parse('2025-09-29T13:30Z');
    await append(storeFolder, [bar(monday, 700.25)]);
    await page.mouse.move(2, 2);
    await expect(legend(page)).toContainText('700.25', { timeout: 1_500 });
    await expect.poll(() => newestBar(page)).toBe(monday);
    await expect(page.getByRole('button', { name: /Newest|Go live/ })).toBeHidden();
    const box = (await chartOf(page).boundingBox())!;
    await page.mouse.move(box.x + 200, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 620, box.y + 200, { steps: 5 });
    await page.mouse.up();
    await expect(page.getByRole('button', { name: /Newest/ })).toBeVisible();
    await page.mouse.move(box.x + 500, box.y + 210);
    const held = await legend(page).innerText();
    await append(storeFolder, [bar(monday + 5 * minute, 700.5), bar(monday + 10 * minute, 700.75)]);
    const chip = page.getByRole('button', { name: /2 new bars/ });
    await expect(chip).toBeVisible({ timeout: 2_000 });
    expect(await legend(page).innerText()).toBe(held);
    await chip.click();
    await expect(chip).toBeHidden();
    await expect.poll(() => newestBar(page)).toBe(monday + 10 * minute);
  }));

test('reads times in any zone, and follows the exchange', () =>
  onDemo(async ({ page, screenshot }) => {
    const menu = page.getByRole('button', { name: /^(Time|Tokyo|Exchange)$/ });
    await menu.click();
    await screenshot('time-menu');
    await page.getByRole('textbox', { name: 'Find time zone' }).fill('tok');
    await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
    await page.keyboard.press('Escape');
    await expect(legend(page)).toContainText(/GMT\+9|JST/);
    await menu.click();
    await page.getByRole('checkbox', { name: /Follow the exchange/ }).click();
    await page.keyboard.press('Escape');
    await expect(legend(page)).toContainText('EDT');
    await page.getByRole('option', { name: /BTC/ }).click();
    await expect(legend(page)).toContainText('UTC');
  }));

test('shows longer bars when zoomed out, says so, and comes back', () =>
  onDemo(async ({ page, screenshot }) => {
    await page.getByRole('button', { name: '1m', exact: true }).click();
    await page.getByRole('button', { name: 'Time', exact: true }).click();
    await page.getByRole('radio', { name: /Auto/ }).click();
    await page.keyboard.press('Escape');
    await chartOf(page).focus();
    for (let press = 0; press < 12; press += 1) await page.keyboard.press('-');
    await expect(legend(page)).toContainText(/1m → (2m|5m|15m|1h) \(auto\)/);
    await screenshot('auto-resolution');
    await expect
      .poll(async () => {
        for (let press = 0; press < 6; press += 1) await page.keyboard.press('+');
        return legend(page).innerText();
      })
      .not.toContain('→');
  }));
