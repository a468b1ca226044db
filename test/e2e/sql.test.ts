import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck } from '../helpers/launch-tapedeck.ts';

test('asks the store in SQL: completes, runs, sorts, shows a row and a line on the chart, and says where a fault is', async () => {
  const first = await launchTapedeck({ store: demoStore() });
  const { page, consoleLines } = first;
  await page.getByRole('tab', { name: 'SQL', exact: true }).click();
  const editor = page.getByRole('textbox', { name: 'SQL statement' });
  const type = async (text: string) => {
    await editor.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(text);
  };
  const rows = page.getByRole('grid', { name: 'Rows of the result' });

  await editor.click();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(rows.getByText('BTC-USD').first()).toBeVisible();

  await type('select clo');
  await page.keyboard.press('Control+Space');
  await expect(page.getByRole('option', { name: /close/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');

  await type(
    "select symbol, timeframe, ts, close, avg(close) over (order by ts rows 20 preceding) as mean from candles where symbol = 'SPY' and timeframe = '5m' order by ts",
  );
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(rows.getByRole('columnheader', { name: 'mean' })).toBeVisible();
  await rows.getByRole('button', { name: 'close' }).click();
  await rows.getByRole('button', { name: 'close' }).click();
  await expect(rows.getByRole('columnheader', { name: 'close' })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('button', { name: 'Statistics' }).click();
  await expect(page.getByRole('region', { name: /Statistics of/ }).getByText('Distinct')).toBeVisible();
  await page.getByRole('button', { name: 'Draw' }).click();
  await page.getByRole('menuitem', { name: 'mean' }).click();
  await expect(page.getByRole('group', { name: 'SQL: mean' })).toBeVisible();
  await rows.getByRole('gridcell', { name: 'SPY' }).first().dblclick();
  await rows.getByRole('gridcell', { name: 'SPY' }).first().click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Copy row as CSV' })).toBeInViewport();
  await page.keyboard.press('Escape');

  await type("select 'first' as one;\nselect 'second' as two;");
  await page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(rows.getByText('second')).toBeVisible();
  await type('select 1 as one;\nselect nothing;\nselect 2 as two;');
  await page.getByRole('button', { name: /^Run all/ }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'nothing' })).toContainText('Line 2, column 8');
  await expect(rows.getByRole('columnheader', { name: 'one' })).toBeVisible();

  await type('select symbol,\n  clsoe\nfrom candles');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'clsoe' })).toContainText('Line 2, column 3');

  await type('select 1 as kept_text');
  await expect.poll(() => editor.textContent()).toContain('kept_text');
  await page.getByRole('button', { name: 'Explain' }).click();
  await expect(page.getByLabel('Plan of the query')).toContainText('PROJECTION');
  expect(consoleLines.filter((line) => /^(error|uncaught|warning)/.test(line))).toEqual([]);
  await first.screenshot('sql');

  // What was typed outlives a crash.
  await expect.poll(() => readFile(join(first.userData, 'workspace.json'), 'utf8')).toContain('kept_text');
  first.kill();
  const second = await launchTapedeck({ storeFolder: first.storeFolder, userData: first.userData });
  await expect(second.page.getByRole('textbox', { name: 'SQL statement' })).toContainText('kept_text');
  await second.close();
});
