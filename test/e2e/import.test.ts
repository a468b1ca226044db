import { expect, test, type Page } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { axeFaults } from '../helpers/axe-faults.ts';
import { demoStore } from '../helpers/demo-store.ts';
import { minuteLines } from '../helpers/import-files.ts';
import { launchTapedeck } from '../helpers/launch-tapedeck.ts';

test('imports files that fall into the window, after a look at what they hold', async () => {
  const launched = await launchTapedeck({ store: demoStore() });
  const { page, storeFolder, screenshot, consoleLines } = launched;
  try {
    await expect(page.getByLabel('Legend')).toContainText('SPY');
    const lines = minuteLines(400);
    lines[200] = lines[200]?.replace(',302,', ',3o2,') ?? '';
    const file = join(dirname(storeFolder), 'in', 'gbpusd-1m-bid-2024-01.csv');
    await mkdir(dirname(file));
    await writeFile(file, `moment,first price,high,low,close\n${lines.join('\n')}\n`);

    await dropFiles(page, [file], () => screenshot('import-drop'));
    const sheet = page.getByRole('dialog', { name: 'Import' });
    await expect(sheet.getByText(/has no column that is known to be the/)).toBeVisible();
    await sheet.getByLabel('Column of time', { exact: true }).selectOption('#1');
    await sheet.getByLabel('Column of open').selectOption('#2');
    await expect(sheet.getByLabel('Symbol', { exact: true })).toHaveValue('GBPUSD');
    await expect(sheet.getByLabel('Timeframe', { exact: true })).toHaveValue('1m');
    await sheet.getByLabel('Zone of times').fill('America/New_York');
    await expect(sheet.getByText('399 bars of GBPUSD 1m would be stored')).toBeVisible();
    const first = sheet.getByRole('grid', { name: 'First bars as they would be stored' });
    await expect(first).toContainText('2024-01-02 09:30:00 EST');
    await expect(first).toContainText('2024-01-02 14:30:00 UTC');
    await screenshot('import-look');
    await sheet.getByRole('button', { name: 'Problems 1' }).click();
    await expect(sheet.getByRole('grid', { name: 'Problems' })).toContainText('is not a number: "3o2"');
    const violations = await axeFaults(page, ['[role="dialog"]']);
    expect(violations.map(({ id }) => id)).toEqual([]);

    await sheet.getByRole('button', { name: 'Import', exact: true }).click();
    await sheet.getByRole('button', { name: 'Show GBPUSD on the chart' }).click();
    await expect(sheet).toBeHidden();
    await expect(page.getByLabel('Legend')).toContainText('GBPUSD');

    // The same file again: nothing of it is new.
    await dropFiles(page, [file]);
    await sheet.getByLabel('Column of time', { exact: true }).selectOption('#1');
    await sheet.getByLabel('Column of open').selectOption('#2');
    await sheet.getByLabel('Zone of times').fill('America/New_York');
    await expect(sheet.getByText('399 there already')).toBeVisible();
    await expect(sheet.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
    expect(consoleLines).toEqual([]);
  } finally {
    await launched.close();
  }
});

/** Lets files fall into the middle of the window, as the system does. */
async function dropFiles(page: Page, files: string[], whileOver?: () => Promise<void>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const at = { x: 400, y: 300, data: { items: [], files, dragOperationsMask: 1 } };
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at });
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at });
  await expect(page.getByText('Drop to import')).toBeVisible();
  await whileOver?.();
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at });
  await session.detach();
}
