import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { axeFaults } from '../helpers/axe-faults.ts';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck } from '../helpers/launch-tapedeck.ts';

test('says how good the bars are, leads to them on the chart, and takes a mark that holds', async () => {
  const launched = await launchTapedeck({ store: demoStore() });
  const { page, storeFolder, screenshot, consoleLines } = launched;
  try {
    const legend = page.getByLabel('Legend');
    await expect(legend).toContainText('SPY');
    await page.getByRole('tab', { name: 'Quality' }).click();
    await expect(page.getByLabel('Grade A')).toBeVisible();
    await expect(page.getByRole('gridcell', { name: /Mon Sep 1 2025: closed, Labor Day/ })).toBeVisible();
    await screenshot('quality');

    await page.getByRole('combobox', { name: 'Symbol' }).selectOption('KLTR');
    await page.getByRole('combobox', { name: 'Timeframe' }).selectOption('15m');
    await page.getByRole('gridcell', { name: /Tue Aug 12 2025/ }).click();
    await expect(legend).toContainText('KLTR');
    await expect(legend).toContainText('15m');

    await page.getByRole('combobox', { name: 'Filter' }).selectOption('missing');
    await page.getByRole('grid', { name: 'Gaps' }).getByRole('gridcell').first().click();
    await screenshot('quality-gap');
    await page.getByRole('button', { name: 'Import again…' }).click();
    await expect(page.getByRole('dialog', { name: 'Import' })).toContainText(
      /Bars of KLTR 15m from 2025-\S+ /,
    );
    await screenshot('quality-import');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Mark as expected…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Mark as expected' });
    await dialog.getByLabel('Why').fill('nobody traded');
    await dialog.getByRole('button', { name: 'Mark as expected' }).click();
    await expect(page.getByText('100.0')).toBeVisible();
    await page.getByRole('combobox', { name: 'Filter' }).selectOption('expected');
    await expect(page.getByRole('grid', { name: 'Gaps' })).toContainText('nobody traded');
    const kept = await readFile(join(storeFolder, '_quality', 'expected-gaps.json'), 'utf8');
    expect(kept).toContain('nobody traded');

    for (const theme of ['dark', 'light']) {
      const violations = await axeFaults(page, [
        '[aria-label="Coverage by day"]',
        '[aria-label="Score"]',
        '[aria-label="Gaps and findings"]',
      ]);
      expect(violations.map(({ id, nodes }) => `${theme} ${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
      await screenshot(`quality-${theme}`);
      await page.keyboard.press('Alt+t');
    }
    await page.getByRole('button', { name: 'How it is judged' }).click();
    await expect(page.getByRole('dialog', { name: 'How it is judged' })).toContainText('Spike');
    await screenshot('quality-rules');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'All series' }).click();
    await page.getByRole('button', { name: 'Check all series' }).click();
    const series = page.getByRole('grid', { name: 'All series' });
    await expect(series.getByRole('row', { name: /KLTR 15m/ })).toContainText('100.0');
    await screenshot('quality-all-series');
    const violations = await axeFaults(page, ['[aria-label="All series"]']);
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
    await series.getByRole('button', { name: 'KLTR' }).first().click();
    await expect(page.getByRole('combobox', { name: 'Symbol' })).toHaveValue('KLTR');
    expect(consoleLines).toEqual([]);
  } finally {
    await launched.close();
  }
});
