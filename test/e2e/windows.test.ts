import { expect, test, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoStore } from '../helpers/demo-store.ts';
import { seriousFaults } from '../helpers/axe-faults.ts';
import { launchTapedeck, type Launched } from '../helpers/launch-tapedeck.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const screens = join(root, 'test', 'results', 'screens');

const legend = (page: Page) => page.getByLabel('Legend');
const symbol = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(name) });

async function onDemo(work: (launched: Launched) => Promise<void>, args: readonly string[] = []) {
  const launched = await launchTapedeck({ store: demoStore(), args });
  try {
    await expect(legend(launched.page)).toContainText('SPY');
    await work(launched);
  } finally {
    await launched.close();
  }
}

async function chooseFromMenu({ app }: Launched, menu: string, entry: string): Promise<void> {
  await app.evaluate(
    ({ Menu }, [first, second]) => {
      const { items } = Menu.getApplicationMenu()!.items.find(({ label }) => label.includes(first))!.submenu!;
      (items.find(({ label }) => label.includes(second))!.click as () => void)();
    },
    [menu, entry] as const,
  );
}

/** Does what opens another window, and hands that over. */
async function windowOf({ app }: Launched, act: () => Promise<void>): Promise<Page> {
  const [page] = await Promise.all([app.waitForEvent('window'), act()]);
  return page;
}

async function takeOut(launched: Launched, panel: string): Promise<Page> {
  return windowOf(launched, async () => {
    await launched.page.getByRole('button', { name: `${panel}: panel menu` }).click();
    await launched.page.getByRole('menuitem', { name: 'Open in a new window' }).click();
  });
}

const describeStore = (page: Page) =>
  page.evaluate(async () => {
    const { bridge } = globalThis as unknown as {
      bridge: { call: (channel: string, args: unknown) => Promise<unknown> };
    };
    return bridge.call('store.describe', {});
  });

/** Starts the program again for the same user. */
async function startAgain({ userData }: Launched, ...args: string[]) {
  const switches = (process.env['TAPEDECK_SWITCHES'] ?? '').split(' ').filter(Boolean);
  const second = spawn(process.env['TAPEDECK_ELECTRON'] ?? '', [
    ...switches,
    `--user-data-dir=${userData}`,
    root,
    ...args,
  ]);
  let output = '';
  second.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve) => second.once('exit', resolve));
  return { code, output };
}

test('opens a second window on what the first shows, on the same store', () =>
  onDemo(async (launched) => {
    const { page } = launched;
    await symbol(page, 'KLTR').click();
    await expect(legend(page)).toContainText('KLTR');
    await page.getByRole('button', { name: '15m', exact: true }).click();
    const second = await windowOf(launched, async () => {
      await page.getByRole('button', { name: 'Share' }).click();
      await page.getByRole('menuitem', { name: 'New window' }).click();
    });
    await expect(legend(second)).toContainText('KLTR');
    await expect(legend(second)).toContainText('15m');
    expect(await describeStore(second)).toMatchObject({ value: { access: 'owner' } });
    await symbol(second, 'EURUSD').click();
    await expect(legend(second)).toContainText('EURUSD');
    await expect(legend(page)).toContainText('KLTR');

    await page.close();
    expect(await describeStore(second)).toMatchObject({ value: { access: 'owner' } });
    const third = await windowOf(launched, () => chooseFromMenu(launched, 'File', 'New'));
    await expect(legend(third)).toContainText('EURUSD');
  }));

test('opens each panel in a window of its own, where it goes on following the chart', () =>
  onDemo(async (launched) => {
    const { page, app } = launched;
    const inspector = await takeOut(launched, 'Inspector');
    await expect(page.getByRole('tab', { name: 'Inspector' })).toBeHidden();
    await expect(inspector.getByRole('heading', { name: 'Inspector' })).toBeVisible();
    await page.getByRole('row', { name: /zone/ }).first().click();
    await expect(inspector.getByText('object_id')).toBeVisible();
    await inspector.screenshot({ path: join(screens, 'inspector-window.png') });
    await page.getByRole('button', { name: 'Layers', exact: true }).click();
    const zones = page.getByRole('checkbox', { name: 'Zones' });
    await zones.click();
    await expect(inspector.getByText('It is not on the chart: zones are switched off.')).toBeVisible();
    await zones.click();
    await page.keyboard.press('Escape');
    await expect(inspector.getByText(/switched off/)).toBeHidden();
    expect(await seriousFaults(inspector, 'body')).toEqual([]);

    await symbol(page, 'EURUSD').click();
    await expect(inspector.getByRole('banner')).toContainText('EURUSD');
    await inspector.close();
    await expect(page.getByRole('tab', { name: 'Inspector' })).toBeVisible();
    expect(app.windows()).toHaveLength(1);
  }));

test('moves the chart when a list in another window is used', () =>
  onDemo(async (launched) => {
    const { page } = launched;
    const objects = await takeOut(launched, 'Objects');
    await objects.getByRole('button', { name: 'On screen only' }).click();
    const flags = objects.getByRole('row', { name: /flag/ });
    // A window that has just opened does not tell the others at once where it looks.
    await expect(async () => {
      await flags.first().click();
      await flags.last().click();
      await expect(page.getByRole('button', { name: /Newest/ })).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(page.getByRole('tabpanel', { name: 'Inspector' }).getByText('object_id')).toBeVisible();
    await objects.screenshot({ path: join(screens, 'objects-window.png') });

    await page.getByRole('application').focus();
    await page.keyboard.press('Alt+1');
    await expect(objects.getByText(/hidden in Layers/)).toBeVisible();
    await expect(objects.getByRole('row', { name: /zone/ })).toHaveCount(0);
  }));

test('keeps linked windows on one symbol and one time, and leaves the others alone', () =>
  onDemo(async (launched) => {
    const { page } = launched;
    const second = await windowOf(launched, () => chooseFromMenu(launched, 'File', 'New'));
    await expect(legend(second)).toContainText('SPY');
    await symbol(page, 'EURUSD').click();
    await expect(legend(page)).toContainText('EURUSD');
    await page.getByRole('button', { name: 'Link with other windows' }).click();
    // It tells the others where it looks a moment later, and nothing of that is to be seen while none is linked.
    await page.waitForTimeout(500);
    await second.getByRole('button', { name: 'Link with other windows' }).click();
    // The window that is linked last leads: it has stayed where it was.
    await expect(legend(page)).toContainText('SPY');
    await expect(legend(second)).toContainText('SPY');
    await second.getByRole('button', { name: '1h', exact: true }).click();
    await symbol(second, 'KLTR').click();
    await expect(legend(page)).toContainText('KLTR');
    await expect(legend(page)).toContainText('5m');
  }));

test('follows a link that it is started with, and those that are handed to it, or says why not', () =>
  onDemo(
    async (launched) => {
      const { page, screenshot } = launched;
      await expect(legend(page)).toContainText('15m');
      await expect(page.getByRole('button', { name: /Newest/ })).toBeVisible();
      await screenshot('link');
      await page.getByRole('row', { name: /zone/ }).first().click();
      const id = await page
        .getByRole('tabpanel', { name: 'Inspector' })
        .getByRole('article')
        .getAttribute('aria-label');
      const object = encodeURIComponent((id ?? '').replace('zone ', ''));
      await symbol(page, 'BTC-USD').click();
      await expect(legend(page)).toContainText('BTC-USD');
      expect(await startAgain(launched, `tapedeck://chart?symbol=SPY&tf=1h&object=${object}`)).toEqual({
        code: 0,
        output: 'Tapedeck is open already; the link was handed to it.\n',
      });
      await expect(legend(page)).toContainText('SPY');
      await expect(legend(page)).toContainText('1h');
      await expect(page.getByRole('article')).toHaveAttribute('aria-label', id ?? '');

      await startAgain(launched, 'tapedeck://chart?symbol=../../etc');
      await expect(page.getByRole('status').getByText('../../etc, which is not in this store')).toBeVisible();
      await startAgain(launched, 'tapedeck://run?command=rm');
      await expect(page.getByText('does not have the form tapedeck://chart?symbol=')).toBeVisible();
      await expect(legend(page)).toContainText('SPY');
      expect(launched.app.windows()).toHaveLength(1);
    },
    ['tapedeck://chart?symbol=SPY&tf=15m&t=2025-08-20T14:00:00Z'],
  ));

test('opens a window beside the first when it is started again on another store', () =>
  onDemo(async (launched) => {
    const other = await mkdtemp(join(tmpdir(), 'tapedeck-other-'));
    const page = await windowOf(launched, () => startAgain(launched, '--store', other).then(() => undefined));
    await expect
      .poll(() => describeStore(page).catch(() => null))
      .toMatchObject({ value: { folder: other } });
    await expect(legend(launched.page)).toContainText('SPY');
    await startAgain(launched, '--store', other);
    expect(launched.app.windows()).toHaveLength(2);
    await page.close();
    await rm(other, { recursive: true, force: true });
  }));
