import { expect, test, type Locator } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck, type Launched } from '../helpers/launch-tapedeck.ts';

const patience = { timeout: 30_000 };

async function openPanel({ page }: Launched): Promise<Locator> {
  await page.locator('.dv-tab', { hasText: 'Retention' }).click();
  const panel = page.locator('.panel-frame', { has: page.getByRole('group', { name: 'Retention' }) });
  await expect(panel.getByRole('table', { name: 'Policies' })).toBeVisible(patience);
  return panel;
}

/** The first column of every row of a table that is in sight. */
const firstCells = (grid: Locator) => grid.locator('[role=row] [role=gridcell]:first-child').allInnerTexts();

test('shows what would go, removes exactly that once it is typed, and has it back', async () => {
  const tapedeck = await launchTapedeck({ store: demoStore() });
  const { page, app } = tapedeck;
  const panel = await openPanel(tapedeck);

  await panel.getByRole('textbox', { name: 'candles 5m age' }).fill('-3d');
  await expect(panel.getByRole('alert').filter({ hasText: 'at least 1 day' })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Dry run…' })).toBeDisabled();
  await panel.getByRole('textbox', { name: 'candles 5m age' }).fill('90d');
  await panel.getByRole('checkbox', { name: 'candles 5m on' }).check();
  await panel.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(panel.getByRole('button', { name: 'Save', exact: true })).toBeDisabled(patience);

  await panel.getByRole('button', { name: 'Holds' }).click();
  await panel.getByRole('textbox', { name: 'Reason' }).fill('audit');
  await panel.getByRole('textbox', { name: 'Owner' }).fill('ann');
  await panel.getByRole('textbox', { name: 'Paths' }).fill('**');
  await panel.getByRole('button', { name: 'Hold', exact: true }).click();
  await expect(panel.getByRole('alert').filter({ hasText: 'matches every file' })).toBeVisible(patience);
  await panel.getByRole('textbox', { name: 'Paths' }).fill('data/5m/*-01*');
  await panel.getByRole('button', { name: 'Hold', exact: true }).click();
  await expect(panel.getByRole('table', { name: 'Holds' })).toContainText('data/5m/*-01*', patience);
  await tapedeck.screenshot('retention-holds');

  await panel.getByRole('button', { name: 'Policies' }).click();
  await panel.getByRole('button', { name: 'Dry run…' }).click();
  const going = panel.getByRole('grid', { name: 'Files that would go' });
  await expect(going).toBeVisible(patience);
  const planned = await firstCells(going);
  expect(planned.length).toBeGreaterThan(0);
  await tapedeck.screenshot('retention-dry-run');
  const file = join(tapedeck.userData, 'plan.csv');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await panel.getByRole('button', { name: 'Save CSV…' }).click();
  await expect
    .poll(() => readFile(file, 'utf8').catch(() => ''), patience)
    .toContain(`goes,${planned[0] ?? ''},`);
  const listed = (await readFile(file, 'utf8'))
    .split('\n')
    .flatMap((line) => (line.startsWith('goes,') ? (line.split(',')[1] ?? []) : []));

  await panel.getByRole('button', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Remove' })).toBeDisabled();
  await tapedeck.screenshot('retention-confirm');
  const words = listed.length === 1 ? 'remove 1 file' : `remove ${listed.length} files`;
  await dialog.getByRole('textbox').fill(words);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(panel.getByText('went to the trash')).toBeVisible(patience);
  for (const path of listed) await expect(panel.getByText(path, { exact: true })).toHaveCount(1);
  await panel.getByRole('button', { name: 'Done' }).click();

  await panel.getByRole('button', { name: 'Trash' }).click();
  const job = panel.getByRole('gridcell', { name: /-retain-/ });
  await job.click(patience);
  await tapedeck.screenshot('retention-trash');
  await panel.getByRole('button', { name: 'Restore' }).click();
  await expect(panel.getByText('Files that belong to the store again')).toBeVisible(patience);
  for (const path of listed) await expect(panel.getByText(path, { exact: true })).toHaveCount(1);
  await panel.getByRole('button', { name: 'Done' }).click();
  await expect(job).toHaveCount(0, patience);

  await panel.getByRole('button', { name: 'Audit' }).click();
  await expect(panel.getByRole('gridcell', { name: 'restored' }).first()).toBeVisible(patience);
  await tapedeck.screenshot('retention-audit');

  // In the same window: what is done by itself, beginning with the dry run of these policies.
  await page.locator('.dv-tab', { hasText: 'Schedules' }).click();
  await expect(page.getByText('Nothing is scheduled')).toBeVisible(patience);
  await page.getByRole('button', { name: 'Weekly retention dry run…' }).click();
  const next = page.getByRole('table', { name: 'Next runs' });
  await expect(next.getByRole('row')).toHaveCount(6, patience);
  await page.getByRole('textbox', { name: /^When/ }).fill('0 0 30 2 *');
  await expect(page.getByText('never fires')).toBeVisible(patience);
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeDisabled();
  await page.getByRole('textbox', { name: /^When/ }).fill('0 6 * * SUN');
  await expect(next).toBeVisible(patience);
  await tapedeck.screenshot('schedules-form');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: 'Run Weekly retention dry run now' }).click();
  const last = page.getByRole('table', { name: 'Schedules' }).getByRole('button', { name: /^done / });
  await expect(last).toBeVisible(patience);
  await tapedeck.screenshot('schedules');
  await last.click();
  await expect(page.getByText('would go to the trash; nothing was removed')).toBeVisible(patience);
  await tapedeck.screenshot('schedules-job');
  await tapedeck.close();
});
