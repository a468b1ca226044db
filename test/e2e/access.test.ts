import { expect, test, type Page } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck } from '../helpers/launch-tapedeck.ts';
import { seriousFaults } from '../helpers/axe-faults.ts';

const menus = [
  /^Time/,
  /^Layers/,
  /^Indicators/,
  /^Compare/,
  /^Go to/,
  'Share',
  'Candle colours',
  'Panels',
  'Layouts',
  'Help',
] as const;

const panels = [
  ...['Jobs', 'Compaction', 'Exports', 'Quality', 'Retention', 'Storage'],
  ...['Schedules', 'Health', 'Settings', 'SQL'],
] as const;

test('axe finds nothing serious in the window, its menus and its sheets, dark and light', async () => {
  test.setTimeout(180_000);
  const { page, close } = await launchTapedeck({ store: demoStore() });
  const chart = page.getByRole('application', { name: /chart/i });
  await expect(chart).toBeVisible();
  const found: Record<string, readonly string[]> = {};
  let theme = 'dark';
  const check = async (screen: string, part = 'body') => {
    // Themes differ in nothing but their colours.
    const faults = await seriousFaults(page, part, theme === 'dark' ? 'all' : 'colours');
    if (faults.length > 0) found[`${screen}, ${theme}`] = faults;
  };
  const sheet = async (name: string, keys: string) => {
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await check(name, '[role="dialog"]');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name })).toBeHidden();
  };
  await page.getByRole('row', { name: /zone/ }).first().click();

  for (theme of ['dark', 'light']) {
    for (const menu of menus) {
      const button = page.getByRole('toolbar').getByRole('button', { name: menu, expanded: false });
      await button.click();
      await expect(
        page.getByRole('toolbar').getByRole('button', { name: menu, expanded: true }),
      ).toBeVisible();
      await check(String(menu), '[role="dialog"]');
      await page.keyboard.press('Escape');
    }
    await chart.focus();
    await sheet('Commands', 'Control+k');
    await sheet('Keyboard shortcuts', '?');
    await page.keyboard.press('7');
    await check('typed timeframe', 'form');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+r');
    await expect(page.getByRole('group', { name: 'Replay' })).toBeVisible();
    await page.keyboard.press('Alt+c');
    await expect(page.getByRole('status').filter({ hasText: /Copied|clipboard/ })).toBeVisible();
    await page.getByRole('tab', { name: theme === 'dark' ? 'Bars' : 'Objects' }).click();
    await check('the window, in a replay, with a notice');
    await page.keyboard.press('Alt+r');
    for (const name of panels) {
      await page.getByRole('tab', { name, exact: true }).click();
      const panel = page.getByRole('tabpanel', { name });
      await expect(panel).toBeVisible();
      // What is being read has nothing to be looked at yet.
      await expect(panel.getByRole('status', { name: /^(Reading|Looking)/ })).toBeHidden();
      const id = await panel.evaluate((element) => (element.id ||= 'looked-at'));
      await check(name, `[id="${id}"]`);
    }
    await page.getByRole('toolbar').getByRole('button', { name: 'Help' }).click();
    await page.getByRole('menuitem', { name: /About Tapedeck/ }).click();
    await expect(page.getByRole('dialog', { name: 'About Tapedeck' })).toBeVisible();
    await check('About', '[role="dialog"]');
    await page.keyboard.press('Escape');
    await chart.click({ button: 'right', position: { x: 300, y: 200 } });
    await expect(page.getByRole('menu', { name: 'Chart panel' })).toBeVisible();
    await check('the menu of the chart', '[role="menu"]');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Objects' }).click();
    await chart.focus();
    await page.keyboard.press('Alt+t');
  }
  await close();
  expect(found).toEqual({});
});

/** What has the focus: its name, and whether one sees that. */
function focused(page: Page) {
  return page.evaluate(() => {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return null;
    const [own, mark] = [getComputedStyle(activeElement), getComputedStyle(activeElement, '::after')];
    const isField = activeElement.matches('input:not([type="range"], [type="checkbox"], [type="radio"])');
    const hasOutline = [own, mark].some(
      ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1,
    );
    // Edges of columns are thin: the whole of them takes the colour.
    const isEdge = activeElement.getAttribute('role') === 'separator';
    return {
      name: [activeElement, ...activeElement.querySelectorAll('[aria-label]')]
        .map((each) => each.getAttribute('aria-label') ?? each.textContent)
        .join(' '),
      isSeen: isField || hasOutline || (isEdge && mark.backgroundColor !== 'rgba(0, 0, 0, 0)'),
    };
  });
}

test('the keyboard reaches every part of the window, and one sees where it is', async () => {
  const { page, close } = await launchTapedeck({ store: demoStore() });
  await expect(page.getByRole('application', { name: /chart/i })).toBeVisible();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const names: string[] = [];
  const unseen: string[] = [];
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (now === null || (names.length > 3 && now.name === names[0])) break;
    names.push(now.name);
    if (!now.isSeen) unseen.push(now.name);
  }
  await close();
  expect(unseen).toEqual([]);
  const reached = names.join(' | ');
  for (const part of [
    'SPY',
    '15m',
    'UTC',
    'Layers',
    'Indicators',
    'As of',
    'Find a command',
    'Layouts',
    'Help',
    'Find symbol',
    'Symbols',
    'Price chart',
    'Find object',
    'Objects',
    'panel menu',
  ]) {
    expect(reached).toContain(part);
  }
});

test('axe finds nothing serious where there is nothing to show, and where something is wrong', async () => {
  const empty = await launchTapedeck();
  await expect(empty.page.getByText('This store has no candles yet')).toBeVisible();
  expect(await seriousFaults(empty.page, 'body')).toEqual([]);
  await empty.close();

  const folder = await mkdtemp(join(tmpdir(), 'tapedeck-damaged-'));
  await writeFile(join(folder, 'store.json'), '{"damaged"');
  const damaged = await launchTapedeck({ storeFolder: folder });
  await expect(damaged.page.getByText('This store cannot be opened')).toBeVisible();
  expect(await seriousFaults(damaged.page, 'body')).toEqual([]);
  await damaged.screenshot('store-damaged');
  await damaged.close();
  await rm(folder, { recursive: true, force: true });
});
