import { expect, test, type Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck, type Launched } from '../helpers/launch-tapedeck.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Every picture that the chart's largest canvas shows, frame after frame, each once. */
interface Watch {
  readonly pictures: Set<string>;
  frames: number;
}

type PageGlobals = typeof globalThis & { watch: Watch };

/** Looks at the price pane in every frame from now on. */
async function watchChart(page: Page): Promise<void> {
  await page.evaluate(() => {
    const canvases = [...document.querySelectorAll<HTMLCanvasElement>('[role="application"] canvas')];
    const area = (canvas: HTMLCanvasElement) => canvas.width * canvas.height;
    // Two of the same size lie on one another; the bars are on the lower one, which comes first.
    const pane = canvases.sort((a, b) => area(b) - area(a))[0];
    if (pane === undefined) throw new Error('There is no chart');
    const watch: Watch = { pictures: new Set(), frames: 0 };
    (globalThis as PageGlobals).watch = watch;
    const look = () => {
      watch.frames += 1;
      watch.pictures.add(pane.toDataURL());
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

async function seen(page: Page): Promise<{ frames: number; pictures: number }> {
  return page.evaluate(() => {
    const { frames, pictures } = (globalThis as PageGlobals).watch;
    return { frames, pictures: pictures.size };
  });
}

async function looseParts(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, 'data'), { recursive: true });
  return names.filter((name) => /part-[^/\\]*\.parquet$/.test(name));
}

test('compacts by button while the chart is open, and no bar of it flickers', async () => {
  test.setTimeout(120_000);
  const launched = await launchTapedeck({ store: demoStore() });
  const { page, storeFolder } = launched;
  await expect(page.getByRole('application', { name: /chart/i })).toBeVisible();
  await page.getByRole('tab', { name: 'Compaction' }).click();
  await expect(page.getByRole('row', { name: /candles 1m/ })).toBeVisible();
  await page.mouse.move(5, 400);
  await watchChart(page);
  await expect.poll(async () => (await seen(page)).frames).toBeGreaterThan(2);

  expect(await looseParts(storeFolder)).not.toEqual([]);
  await page.getByRole('button', { name: 'Compact all…' }).click();
  await expect(page.getByRole('region', { name: 'Dry run' })).toContainText('files become');
  await page.getByRole('button', { name: 'Compact', exact: true }).click();
  await expect(page.getByText('Verified:')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Everything is compacted')).toBeVisible();
  expect(await looseParts(storeFolder)).toEqual([]);
  const { frames, pictures } = await seen(page);
  expect(pictures, `pictures in ${frames} frames`).toBe(1);
  // What was looked at is what is drawn: another timeframe is another picture.
  await page.getByRole('button', { name: '15m', exact: true }).click();
  await expect.poll(async () => (await seen(page)).pictures).toBeGreaterThan(1);

  // What another process starts is seen here as it runs, and in the history with its log.
  await page.getByRole('tab', { name: 'Jobs' }).click();
  const cli = join(root, 'build', 'tapedeck.cjs');
  await promisify(execFile)(process.execPath, [cli, 'verify', '--store', storeFolder]);
  const check = page.getByRole('option', { name: /Check [\d,]+ files.*command line/ });
  await expect(check).toContainText('Done');
  await check.click();
  await expect(page.getByRole('list', { name: 'Log' })).toContainText('The store is clean.');
  await expect(page.getByRole('option', { name: /Compact candles and objects/ })).toContainText('Done');
  await launched.screenshot('jobs');
  await followStorageMap(launched);
  await backUpAndReadJournal(launched);
  await moveToColdTier(launched);
  // Merging and moving files brings no rows.
  await expect(page.getByText('no new rows')).toBeVisible();
  await launched.close();
});

/** What the dry run lists is what moves, and the chart shows the same. */
async function moveToColdTier({ page, storeFolder, screenshot }: Launched): Promise<void> {
  // From the settings, which say what the tiers are, to where they are changed.
  await page.getByRole('tab', { name: 'Settings' }).click();
  await expect(page.getByLabel('Warm and cold tier')).toHaveText(/^warm after 1 d as warm, cold after 30 d/);
  await page.getByRole('button', { name: 'Change in Storage…' }).click();
  const cold = page.getByRole('region', { name: 'cold tier' });
  await cold.getByRole('textbox', { name: 'cold: folder' }).fill(storeFolder);
  await cold.getByRole('button', { name: 'Keep cold' }).click();
  await expect(cold.getByRole('alert')).toContainText('lies inside the store');
  await cold.getByRole('textbox', { name: 'cold: folder' }).fill('');
  await page.getByRole('button', { name: 'Dry run…' }).last().click();
  const plan = page.getByRole('region', { name: 'Dry run' });
  await expect(plan.getByRole('listitem').first()).toContainText(/hot → (warm|cold)/);
  await screenshot('storage-tiers');
  await plan.getByRole('button', { name: 'Move' }).click();
  await page.getByRole('button', { name: 'Cancel' }).last().click();
  await expect(page.getByText('each file is wholly in one place', { exact: false })).toBeVisible({
    timeout: 60_000,
  });
}

/** From the whole store into one symbol's bars, by pointer and by keys, and on to a file of theirs. */
async function followStorageMap({ page, app, screenshot }: Launched): Promise<void> {
  await page.getByRole('tab', { name: 'Storage' }).click();
  const map = page.getByRole('group', { name: 'The store by dataset' });
  await map.getByRole('button', { name: /^candles:/ }).click();
  await page.getByRole('group', { name: 'candles by symbol' }).getByRole('button', { name: /^SPY:/ }).focus();
  await page.keyboard.press('Enter');
  const timeframes = page.getByRole('group', { name: 'candles SPY by timeframe' });
  await expect(timeframes.getByRole('button', { name: /^1m: [\d,]+ bytes, [\d,]+ rows/ })).toBeVisible();
  await screenshot('storage-map');
  await timeframes.getByRole('button', { name: /^1m:/ }).focus();
  await page.keyboard.press('Backspace');
  await expect(page.getByRole('group', { name: 'candles by symbol' })).toBeVisible();
  await page.getByRole('button', { name: 'Files', exact: true }).last().click();
  const files = page.getByRole('grid', { name: 'Files of the store' });
  await files
    .getByRole('gridcell', { name: /^data\/1m\// })
    .first()
    .click();
  const file = page.getByRole('region', { name: /^data\/1m\// });
  await expect(file.getByRole('cell', { name: 'close', exact: true })).toBeVisible();
  await expect(file).toContainText('ZSTD');
  await file.getByRole('button', { name: 'Show 20 rows' }).click();
  await expect(file.getByText('The first 20 rows')).toBeVisible();
  await screenshot('storage-file');
  await app.evaluate(({ shell }) => {
    shell.showItemInFolder = (place) => Object.assign(globalThis, { shownPlace: place });
  });
  await file.getByRole('button', { name: 'Show in folder' }).click();
  const shownPlace = () => app.evaluate(() => (globalThis as { shownPlace?: string }).shownPlace);
  await expect.poll(shownPlace).toMatch(/data\/1m\/[^/]+\.parquet$/);
}

/** From the dry run to the copy, and from a decision to its bar and the object that gave rise to it. */
async function backUpAndReadJournal({ page, storeFolder, screenshot }: Launched): Promise<void> {
  await page.getByRole('button', { name: 'Backup', exact: true }).click();
  await page.getByRole('textbox', { name: 'Backup folder' }).fill(`${storeFolder}-backup`);
  await page.getByRole('button', { name: 'Dry run', exact: true }).click();
  await expect(page.getByText(/^[\d,]+ files .* would be copied; 0 are there already\.$/)).toBeVisible();
  await page.getByRole('button', { name: 'Back up', exact: true }).click();
  await expect(page.getByText(/-backup holds [\d,]+ files/)).toBeVisible({ timeout: 60_000 });
  await screenshot('storage-backup');
  await page.getByRole('tab', { name: 'Journal' }).click();
  const decisions = page.getByRole('grid', { name: 'Decisions' });
  await decisions.getByRole('gridcell', { name: 'exit' }).first().click();
  const chosen = page.getByRole('article', { name: 'Chosen row' });
  await expect(chosen).toContainText('run_id');
  await screenshot('journal');
  await chosen.getByRole('button', { name: 'Show on chart' }).click();
  await expect(page.getByRole('article', { name: /^(zone|flag) / })).toBeVisible();
}
