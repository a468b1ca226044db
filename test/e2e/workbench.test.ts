import { expect, test, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck } from '../helpers/launch-tapedeck.ts';
import { savedWorkspace } from '../helpers/saved-workspace.ts';

const legend = (page: Page) => page.getByLabel('Legend');
const badge = (page: Page) => page.getByRole('note', { name: 'As of' });

/** Whether all of the toolbar, and nothing but the window, can be seen in a window of that size. */
async function fits(
  { app, page }: Awaited<ReturnType<typeof launchTapedeck>>,
  width: number,
  height: number,
) {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0] ?? 0, size[1] ?? 0),
    [width, height],
  );
  await page.waitForFunction((expected) => innerWidth === expected, width);
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('[role=toolbar]')].every(
      ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth,
    ),
  );
}

/** Runs a command as somebody without a mouse does. */
async function command(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
}

test('is driven by the keyboard alone, and brings layouts and the replay back after it was killed', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'tapedeck-profile-'));
  const first = await launchTapedeck({ store: demoStore(), userData });
  const { page } = first;
  await expect(legend(page)).toContainText('SPY');
  expect(await fits(first, 900, 560)).toBe(true);
  expect(await fits(first, 1280, 720)).toBe(true);

  await command(page, 'kltr');
  await expect(legend(page)).toContainText('KLTR');
  await command(page, '15m');
  await expect(legend(page)).toContainText('15m');
  await command(page, 'add ema 21');
  await expect(page.getByRole('group', { name: 'EMA 21' })).toBeVisible();
  await command(page, 'close inspector');
  await expect(page.getByRole('tab', { name: 'Inspector' })).toBeHidden();

  await command(page, 'save layout');
  await expect(page.getByRole('textbox', { name: 'Name of the layout' })).toBeFocused();
  await page.keyboard.type('Two panes');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Two panes', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');

  await command(page, 'panels back');
  await expect(page.getByRole('tab', { name: 'Inspector' })).toBeVisible();
  await command(page, 'remove ema');
  await expect(page.getByRole('group', { name: 'EMA 21' })).toBeHidden();

  await page.keyboard.press('Alt+b');
  const bars = page.getByRole('grid', { name: 'Bars, newest first' });
  await expect(bars).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(bars).toHaveAttribute('aria-activedescendant', /./);
  await expect(legend(page)).toContainText(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}/);

  await page.keyboard.press('Alt+g');
  await expect(page.getByRole('textbox', { name: /Date and time/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+Shift+r');
  await expect(page.getByRole('textbox', { name: /as of/ })).toBeFocused();
  await page.keyboard.type('2025-09-10 12:00');
  await page.keyboard.press('Enter');
  await expect(badge(page)).toContainText('2025-09-10 12:00');
  await command(page, 'put the focus on the chart');
  await page.keyboard.press(']');
  await expect(badge(page)).toContainText('2025-09-10 12:30');
  await expect
    .poll(async () => (await savedWorkspace(userData)).chart?.asOf)
    .toBe(Date.UTC(2025, 8, 10, 16, 30));
  first.kill();

  const second = await launchTapedeck({ store: demoStore(), userData });
  const again = second.page;
  await expect(badge(again)).toContainText('2025-09-10 12:30');
  await expect(legend(again)).toContainText('KLTR');
  await command(again, 'two panes');
  await expect(again.getByRole('group', { name: 'EMA 21' })).toBeVisible();
  await expect(again.getByRole('tab', { name: 'Inspector' })).toBeHidden();
  await second.screenshot('layout-opened');
  await second.close();
  await rm(userData, { recursive: true, force: true });
});
