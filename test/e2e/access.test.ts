import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck } from '../helpers/launch-tapedeck.ts';

/** What axe holds to be serious in a part of the page as it is, a line for each. */
async function seriousFaults(page: Page, part: string): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include(part)
    .options({ resultTypes: ['violations'] })
    // Its other way opens a page of its own, which Electron has no place for.
    .setLegacyMode()
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    );
}

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

test('axe finds nothing serious in the window, its menus and its sheets, dark and light', async () => {
  test.setTimeout(180_000);
  const { page, close } = await launchTapedeck({ store: demoStore() });
  const chart = page.getByRole('application', { name: /chart/i });
  await expect(chart).toBeVisible();
  const found: Record<string, readonly string[]> = {};
  const check = async (screen: string, part = 'body') => {
    const faults = await seriousFaults(page, part);
    if (faults.length > 0) found[screen] = faults;
  };
  const sheet = async (name: string, keys: string, theme: string) => {
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await check(`${name}, ${theme}`, '[role="dialog"]');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name })).toBeHidden();
  };
  await page.getByRole('option', { name: /zone/ }).first().click();

  for (const theme of ['dark', 'light']) {
    for (const menu of menus) {
      const button = page.getByRole('toolbar').getByRole('button', { name: menu, expanded: false });
      await button.click();
      await expect(
        page.getByRole('toolbar').getByRole('button', { name: menu, expanded: true }),
      ).toBeVisible();
      await check(`${String(menu)}, ${theme}`, '[role="dialog"]');
      await page.keyboard.press('Escape');
    }
    await chart.focus();
    await sheet('Commands', 'Control+k', theme);
    await sheet('Keyboard shortcuts', '?', theme);
    await page.keyboard.press('7');
    await check(`typed timeframe, ${theme}`, 'form');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+r');
    await expect(page.getByRole('group', { name: 'Replay' })).toBeVisible();
    await page.keyboard.press('Alt+c');
    await expect(page.getByRole('status').filter({ hasText: /Copied|clipboard/ })).toBeVisible();
    await page.getByRole('tab', { name: theme === 'dark' ? 'Bars' : 'Objects' }).click();
    await check(`the window, in a replay, with a notice, ${theme}`);
    await page.keyboard.press('Alt+r');
    await page.keyboard.press('Alt+t');
  }
  await close();
  expect(found).toEqual({});
});
