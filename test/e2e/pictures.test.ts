import { expect, test } from '@playwright/test';
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck } from '../helpers/launch-tapedeck.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const command = join(root, 'build', 'tapedeck.cjs');
const screens = join(root, 'test', 'results', 'screens');
const run = promisify(execFile);

const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });
const snapshot = (...args: string[]) => run(process.execPath, [command, 'snapshot', ...args]);

test('saves a picture of the chart where the store keeps them, and copies one', async () => {
  const { page, app, storeFolder, screenshot, close } = await launchTapedeck({ store: demoStore() });
  const share = async (entry: string) => {
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  await expect(page.getByLabel('Legend')).toContainText('SPY');
  // The user agrees with what the dialog offers.
  await app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = (...asked: unknown[]) => {
      const { defaultPath = '' } = asked.at(-1) as { readonly defaultPath?: string };
      return Promise.resolve({ canceled: false, filePath: defaultPath });
    };
  });
  await share('Save image');
  const file = join(storeFolder, 'images', 'SPY_5M_chart.png');
  await expect(page.getByRole('status').getByText(`Saved ${file}`)).toBeVisible();
  const saved = await readFile(file);
  await screenshot('saving-a-picture');
  await run('cp', [file, join(screens, 'chart-image.png')]);
  const chart = (await page.getByRole('application', { name: /chart/i }).boundingBox())!;
  // The chart leaves half a pixel of its room free.
  expect(Math.abs(sizeOf(saved).width - chart.width)).toBeLessThan(2);
  expect(Math.abs(sizeOf(saved).height - chart.height - 48)).toBeLessThan(2);

  // The user leaves the ending out, and does not want the picture of that name replaced.
  await app.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      dialog.showMessageBox = (...given: unknown[]) => {
        Reflect.set(globalThis, 'asked', Reflect.get(given.at(-1) as object, 'message'));
        return Promise.resolve({ response: 0, checkboxChecked: false });
      };
    },
    file.slice(0, -'.png'.length),
  );
  const before = await stat(file);
  await share('Save image');
  await expect
    .poll(() => app.evaluate(() => String(Reflect.get(globalThis, 'asked'))))
    .toBe('SPY_5M_chart.png is there already. Replace it?');

  await share('Copy image');
  await expect(page.getByText('Copied a picture of the chart')).toBeVisible();
  const copied = await app.evaluate(({ clipboard }) => {
    const { readImage } = clipboard as unknown as { readImage: () => { getSize: () => unknown } };
    return readImage().getSize();
  });
  expect(copied).toEqual(sizeOf(saved));
  expect((await stat(file)).ino).toBe(before.ino);

  await page
    .getByRole('application', { name: /chart/i })
    .click({ button: 'right', position: { x: 300, y: 200 } });
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  await expect(page.getByText(/Copied tapedeck:\/\/chart\?symbol=SPY&tf=5m&t=2025-09-2/)).toBeVisible();
  await close();
});

test('paints a span from the command line while the store is open in a window', async () => {
  const { page, app, storeFolder, close } = await launchTapedeck({ store: demoStore() });
  await expect(page.getByLabel('Legend')).toContainText('SPY');
  const asked = ['--store', storeFolder, '--symbol', 'SPY', '--timeframe', '15m', '--days', '15'];
  const { stdout } = await snapshot(
    ...asked,
    '--theme',
    'light',
    '--width',
    '1200',
    '--height',
    '700',
    '--json',
  );
  const file = join(storeFolder, 'images', 'SPY_15M_chart.png');
  const report = JSON.parse(stdout) as Record<string, number>;
  expect(report).toMatchObject({ file, width: 1200, height: 700, symbol: 'SPY', timeframe: '15m' });
  expect(report['until']! - report['from']!).toBe(15 * 86_400_000);
  expect(report['bars']).toBeGreaterThan(600);
  expect(report['objects']).toBeGreaterThan(20);
  expect(sizeOf(await readFile(file))).toEqual({ width: 1200, height: 700 });
  await run('cp', [file, join(screens, 'snapshot.png')]);
  expect(app.windows()).toHaveLength(1);
  await close();
});

test('says why there is no picture when the store has no bars of what is asked', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tapedeck-snapshot-'));
  const failing = (...args: string[]) =>
    snapshot('--store', demoStore(), '--out', join(folder, 'none.png'), ...args).then(
      () => 'made',
      (error: unknown) => (error as { readonly stderr: string }).stderr.trim(),
    );
  expect(await failing('--symbol', 'ZZZ', '--timeframe', '15m')).toMatch(
    /^ZZZ is not in this store, which holds .*SPY/,
  );
  expect(await failing('--symbol', 'SPY', '--timeframe', '15m', '--until', '2020-01-01T00:00:00Z')).toMatch(
    /^SPY has no bars of 15m from 2019-12-17T00:00:00.000Z to 2020-01-01T00:00:00.000Z; they reach from 2025/,
  );
  expect(await failing('--symbol', 'BTC-USD', '--timeframe', '1m', '--days', '40')).toMatch(
    /^No picture was made: [\d,]+ bars do not fit a picture 1600 pixels wide, which has room for 3,000$/,
  );
  expect(await failing('--symbol', 'SPY', '--timeframe', '15m', '--out', 'spy.jpg')).toMatch(
    /^--out spy.jpg must end in .png/,
  );
  expect(existsSync(join(folder, 'none.png'))).toBe(false);
  await rm(folder, { recursive: true });
});

test('--screenshot of a store without candles shows that it has none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tapedeck-empty-'));
  const file = join(folder, 'empty.png');
  const child = spawn(process.execPath, [
    join(root, 'build', 'start.mjs'),
    '--store',
    join(folder, 'store'),
    '--screenshot',
    file,
  ]);
  let [out, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  expect(await new Promise((resolve) => child.once('close', resolve)), errors).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ file, bars: 0, objects: 0 });
  await run('cp', [file, join(screens, 'empty-store.png')]);
  await rm(folder, { recursive: true });
});
