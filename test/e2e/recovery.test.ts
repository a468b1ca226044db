import { expect, test } from '@playwright/test';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoStore } from '../helpers/demo-store.ts';
import { launchTapedeck } from '../helpers/launch-tapedeck.ts';
import { savedWorkspace } from '../helpers/saved-workspace.ts';

test('brings windows, charts, layout and typed text back after all processes were killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tapedeck-recovery-'));
  const [storeFolder, userData] = [join(folder, 'store'), join(folder, 'user-data')];
  await cp(demoStore(), storeFolder, { recursive: true });

  const { page, app, kill } = await launchTapedeck({ storeFolder, userData });
  await page.getByRole('option', { name: /KLTR/ }).click();
  await page.getByRole('button', { name: '15m', exact: true }).click();
  await expect(page.getByLabel('Legend')).toContainText('KLTR');
  await page.getByRole('row', { name: /zone/ }).first().click();
  const inspected = await page.getByRole('article').getAttribute('aria-label');
  await page.getByRole('button', { name: 'Panels' }).click();
  await page.getByRole('checkbox', { name: 'Bars' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Find object' }).fill('zone');
  await page.getByRole('textbox', { name: 'Find symbol' }).fill('usd');
  const [inspector] = await Promise.all([
    app.waitForEvent('window'),
    (async () => {
      await page.getByRole('tab', { name: 'Inspector' }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Open in a new window' }).click();
    })(),
  ]);
  await expect(inspector.getByRole('article')).toHaveAttribute('aria-label', inspected ?? '');
  await expect
    .poll(() => savedWorkspace(userData))
    .toMatchObject({ search: 'usd', drafts: { objects: 'zone' } });
  await expect
    .poll(async () => (await savedWorkspace(userData)).layout?.panels)
    .not.toHaveProperty('inspector');
  await expect
    .poll(() => readFile(join(userData, 'workspace-inspector.json'), 'utf8').catch(() => ''))
    .toContain('"selected":"');
  await expect.poll(() => readFile(join(userData, 'windows.json'), 'utf8')).toContain('"panel":"inspector"');
  kill();

  const again = await launchTapedeck({ storeFolder, userData });
  const titled = async (pattern: RegExp, isWanted: boolean) => {
    for (const window of again.app.windows()) {
      if (pattern.test(await window.title()) === isWanted) return window;
    }
    return undefined;
  };
  await expect.poll(() => titled(/^Inspector · KLTR/, true).then(Boolean)).toBe(true);
  await expect.poll(() => again.app.windows().length).toBe(2);
  const panel = (await titled(/^Inspector/, true))!;
  const back = (await titled(/^Inspector/, false))!;
  await expect(back.getByLabel('Legend')).toContainText('KLTR');
  await expect(back.getByLabel('Legend')).toContainText('15m');
  await expect(back.getByRole('textbox', { name: 'Find symbol' })).toHaveValue('usd');
  await expect(back.getByRole('textbox', { name: 'Find object' })).toHaveValue('zone');
  await expect(back.getByRole('tab', { name: 'Bars' })).toBeHidden();
  await expect(back.getByRole('tab', { name: 'Inspector' })).toBeHidden();
  await expect(panel.getByRole('article')).toHaveAttribute('aria-label', inspected ?? '');
  await back.screenshot({ path: 'test/results/screens/recovered.png' });

  await panel.close();
  await expect(back.getByRole('tab', { name: 'Inspector' })).toBeVisible();
  await again.close();
  await rm(folder, { recursive: true, force: true });
});
