import type { Candle } from '#shared/domain/candle';
import { ema } from '#shared/math/ema';
import { macd } from '#shared/math/macd';
import { rsi } from '#shared/math/rsi';
import { expect, test, type Locator, type Page } from '@playwright/test';
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
const row = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

async function onDemo(work: (launched: Launched) => Promise<void>, userData?: string): Promise<void> {
  const launched = await launchTapedeck({
    store: demoStore(),
    ...(userData === undefined ? {} : { userData }),
  });
  try {
    await expect(chartOf(launched.page)).toBeVisible();
    await launched.page.mouse.move(2, 2);
    await work(launched);
  } finally {
    await launched.close();
  }
}

async function addIndicators(page: Page, names: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: /^Indicators/ }).click();
  const add = page.getByRole('region', { name: 'Add' });
  for (const name of names) await add.getByRole('button', { name }).click();
  await page.keyboard.press('Escape');
}

async function compareWith(page: Page, symbol: string): Promise<void> {
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('textbox', { name: 'Symbol to compare with' }).fill(symbol);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

/** Points at a share of the chart's width and answers the open of the bar there. */
async function pointAt(page: Page, share: number): Promise<number> {
  const box = (await chartOf(page).boundingBox())!;
  await page.mouse.move(box.x + box.width * share + 3, box.y + box.height * 0.3);
  await page.mouse.move(box.x + box.width * share, box.y + box.height * 0.3);
  await expect(legend(page)).toContainText(/\d{4}-\d{2}-\d{2} \d{2}:\d{2} EDT/);
  const [, date, time] = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) EDT/.exec(await legend(page).innerText())!;
  return Date.parse(`${date ?? ''}T${time ?? ''}-04:00`);
}

/** Every bar that the store has of a series, read by the command line. */
async function allBars(storeFolder: string, symbol: string): Promise<readonly Candle[]> {
  const range = ['--from', '2025-01-01T00:00:00Z', '--until', '2026-01-01T00:00:00Z'];
  const series = ['viewport', '--store', storeFolder, '--symbol', symbol, '--timeframe', '5m'];
  const { stdout } = await run(process.execPath, [command, ...series, ...range, '--json'], {
    maxBuffer: 256 * 1024 * 1024,
  });
  return (JSON.parse(stdout) as { candles: Candle[] }).candles;
}

/** The numbers in a row of a legend, after its name. */
async function numbersIn(of: Locator, name: string): Promise<readonly number[]> {
  const text = (await of.innerText()).replace(name, '');
  return [...text.matchAll(/[−]?[\d,]+\.\d+/g)].map(([number]) =>
    Number(number.replace('−', '-').replaceAll(',', '')),
  );
}

test('says of each indicator what it is over the whole series, also far back', () =>
  onDemo(async ({ page, storeFolder, screenshot, consoleLines }) => {
    await addIndicators(page, ['EMA 9', 'EMA 200', 'RSI', 'MACD']);
    await expect(row(page, 'MACD 12 26 9')).toBeVisible();
    const bars = await allBars(storeFolder, 'SPY');
    const closes = Float64Array.from(bars, ({ close }) => close);
    const check = async (share: number) => {
      const at = await pointAt(page, share);
      const bar = bars.findIndex(({ ts }) => ts === at);
      const averages = macd(closes);
      const wanted = {
        'EMA 9': [ema(closes, 9).values[bar]],
        'EMA 200': [ema(closes, 200).values[bar]],
        'RSI 14': [rsi(closes).values[bar]],
        'MACD 12 26 9': [averages.line[bar], averages.signal[bar], averages.histogram[bar]],
      };
      for (const [name, values] of Object.entries(wanted)) {
        await expect
          .poll(() => numbersIn(row(page, name), name), { message: name })
          .toEqual(values.map((value) => Number(value!.toFixed(2))));
      }
    };
    await check(0.02);
    await check(0.7);
    await screenshot('indicators');
    await page.getByRole('button', { name: 'Go to' }).click();
    await page.getByRole('textbox', { name: /Date and time/ }).fill('2025-08-20 12:00');
    await page.keyboard.press('Enter');
    await expect.poll(async () => new Date(await pointAt(page, 0.46)).toISOString()).toContain('2025-08-20');
    await check(0.02);
    expect(consoleLines).toEqual([]);
  }));

test('compares another symbol in percent and goes back to prices', () =>
  onDemo(async ({ page, storeFolder, screenshot }) => {
    await compareWith(page, 'BTC');
    const compared = page.getByRole('group', { name: /^BTC/ });
    await expect(compared).toContainText('%');
    const at = await pointAt(page, 0.5);
    const name = (await compared.getAttribute('aria-label'))!;
    const bars = await allBars(storeFolder, name);
    const close = bars.find(({ ts }) => ts === at)!.close;
    await expect.poll(() => numbersIn(compared, name)).toContain(close);
    await screenshot('comparison');
    await compared.hover();
    await page.getByRole('button', { name: `Stop comparing with ${name}` }).click();
    await expect(compared).toBeHidden();
  }));

test('remembers indicators, their looks, the comparison and how high panes are', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'tapedeck-profile-'));
  const height = async (page: Page) => {
    const [volume, strength] = await Promise.all(
      ['Volume', 'RSI 14'].map((name) => row(page, name).boundingBox()),
    );
    return Math.round(strength!.y - volume!.y);
  };
  let dragged = 0;
  await onDemo(async ({ page, kill }) => {
    await addIndicators(page, ['EMA 50', 'RSI']);
    await expect(row(page, 'RSI 14')).toBeVisible();
    await row(page, 'EMA 50').hover();
    await page.getByRole('button', { name: 'Change EMA 50' }).click();
    await page.getByRole('textbox', { name: 'Period' }).fill('34');
    await page.getByRole('radio', { name: 'pink' }).check({ force: true });
    await page.keyboard.press('Escape');
    // Until it is gone it lies over the edge between the panes.
    await expect(page.getByRole('textbox', { name: 'Period' })).toBeHidden();
    const usual = await height(page);
    const edge = (await row(page, 'RSI 14').boundingBox())!;
    await page.mouse.move(edge.x + 400, edge.y - 4);
    await page.mouse.down();
    await page.mouse.move(edge.x + 400, edge.y - 44, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => height(page)).toBeLessThan(usual - 20);
    dragged = await height(page);
    await compareWith(page, 'EUR');
    await expect
      .poll(async () => (await savedWorkspace(userData)).settings)
      .toMatchObject({
        compared: [{ symbol: 'EURUSD' }],
        paneShares: { volume: expect.any(Number) as unknown },
      });
    kill();
  }, userData);
  await onDemo(async ({ page, screenshot }) => {
    await expect(row(page, 'EMA 34')).toBeVisible();
    await expect(row(page, 'EURUSD')).toContainText('%');
    await expect.poll(() => height(page)).toBe(dragged);
    await screenshot('indicators-remembered');
  }, userData);
  await rm(userData, { recursive: true, force: true });
});

test('follows new bars', () =>
  onDemo(async ({ page, storeFolder }) => {
    await addIndicators(page, ['EMA 9']);
    await page.mouse.move(2, 2);
    const closes = (await allBars(storeFolder, 'SPY')).map(({ close }) => close);
    const ts = Date.UTC(2025, 8, 26, 20);
    const bar = {
      symbol: 'SPY',
      timeframe: '5m',
      ts,
      open: 700,
      high: 701,
      low: 699,
      close: 700.25,
      volume: 5,
    };
    const appended = run(process.execPath, [command, 'append', 'candles', '--store', storeFolder]);
    appended.child.stdin?.end(`${JSON.stringify(bar)}\n`);
    await appended;
    const wanted = ema(Float64Array.of(...closes, bar.close), 9)
      .values.at(-1)!
      .toFixed(2);
    await expect(row(page, 'EMA 9')).toContainText(wanted, { timeout: 1_500 });
  }));
