import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { axeFaults } from '../helpers/axe-faults.ts';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck } from '../helpers/launch-tapedeck.ts';

test('exports what the chart shows by a profile of its own, after a look at what would be written', async () => {
  const launched = await launchTapedeck({ store: demoStore() });
  const { app, page, storeFolder, screenshot, consoleLines } = launched;
  try {
    await expect(page.getByLabel('Legend')).toContainText('SPY');
    await page.keyboard.press('Alt+E');
    const form = page.getByRole('form', { name: 'Export' });
    await expect(form.getByLabel('Symbols')).toHaveValue('SPY');
    await expect(form.getByLabel('Timeframe')).toHaveValue('5m');

    await page.getByRole('button', { name: /Copy this profile/ }).click();
    const dialog = page.getByRole('dialog', { name: 'New export profile' });
    await dialog.getByLabel('Name of ts in the file').fill('when');
    await dialog.getByLabel('Zone of times and days').selectOption('America/New_York');
    await screenshot('export-profile');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByLabel('Profile', { exact: true })).toHaveValue('csv-2');

    const out = join(storeFolder, 'exports', 'shown.csv');
    await form.getByLabel('To', { exact: true }).fill(out);
    await form.getByLabel('Quality report').check();
    await expect(page.getByRole('region', { name: 'First rows of candles' })).toContainText('when');
    await expect(page.getByRole('list', { name: 'Checks' })).toContainText('Disk space');
    await screenshot('exports');
    const violations = await axeFaults(page, ['[aria-label="Export"]']);
    expect(violations.map(({ id }) => id)).toEqual([]);

    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByText(/^Done: \d/)).toBeVisible();
    const [head, first] = (await readFile(out, 'utf8')).split('\n');
    expect(head).toBe('symbol,timeframe,when,open,high,low,close,volume');
    expect(first).toMatch(/^SPY,5m,\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000-0[45]:00,/);
    await expect(page.getByRole('list', { name: 'Checks' })).toContainText('shown.csv exists already');

    // Some bars of the table, by its menu.
    await page.getByRole('tab', { name: 'Bars', exact: true }).click();
    const bars = page.getByRole('grid', { name: 'Bars, newest first' });
    await bars.getByRole('gridcell', { name: '2025-09-26 15:55:00 EDT' }).click();
    await page.keyboard.press('Shift+ArrowDown');
    await bars.getByRole('gridcell', { name: '2025-09-26 15:50:00 EDT' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Export these bars…' }).click();
    await expect(form.getByLabel(/^From,/)).toHaveValue(/^2025-09-26 15:50/);
    await expect(form.getByLabel(/^Until,/)).toHaveValue(/^2025-09-26 15:55:00.001/);
    expect(consoleLines).toEqual([]);

    // The page beside it is for who has no Tapedeck; the product's own windows open no files.
    const [report] = await Promise.all([
      app.waitForEvent('window'),
      app.evaluate(({ BrowserWindow }) =>
        new BrowserWindow({ width: 1_000, height: 800 }).loadURL('about:blank'),
      ),
    ]);
    await report.setContent(await readFile(join(storeFolder, 'exports', 'shown.quality.html'), 'utf8'));
    await expect(report.getByRole('heading', { level: 1 })).toHaveText('Data quality of SPY 5m');
    for (const colorScheme of ['dark', 'light'] as const) {
      await report.emulateMedia({ colorScheme });
      const violations = await axeFaults(report, ['html']);
      expect(violations.map(({ id, nodes }) => `${colorScheme} ${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
    await report.screenshot({ path: 'test/results/screens/quality-report.png' });
  } finally {
    await launched.close();
  }
});
