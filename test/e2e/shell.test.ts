import { expect, test } from '@playwright/test';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchTapedeck, type Launched } from '../helpers/launch-tapedeck.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

interface PageGlobals {
  readonly bridge: { readonly call: (channel: string, args: unknown) => Promise<unknown> };
}

function call({ page }: Launched, channel: string, args: unknown): Promise<unknown> {
  return page.evaluate(([name, given]) => (globalThis as unknown as PageGlobals).bridge.call(name, given), [
    channel,
    args,
  ] as const);
}

async function withProfile(work: (userData: string) => Promise<void>): Promise<void> {
  const userData = await mkdtemp(join(tmpdir(), 'tapedeck-profile-'));
  try {
    await work(userData);
  } finally {
    await rm(userData, { recursive: true, force: true });
  }
}

test('makes an empty store where --store names none', async () => {
  const launched = await launchTapedeck();
  await expect.poll(() => existsSync(join(launched.storeFolder, 'store.json'))).toBe(true);
  await launched.close();
});

test('keeps what was saved when all its processes are killed', () =>
  withProfile(async (userData) => {
    const first = await launchTapedeck({ userData });
    // Layouts, which the page writes only when it is told to.
    expect(await call(first, 'layouts.save', { text: '[{"name":"Day"}]' })).toMatchObject({ ok: true });
    first.kill();
    const second = await launchTapedeck({ userData });
    expect(await call(second, 'layouts.load', {})).toEqual({ ok: true, value: '[{"name":"Day"}]' });
    await second.close();
  }));

test('keeps the last of many saves made at once, whole', () =>
  withProfile(async (userData) => {
    const launched = await launchTapedeck({ userData });
    const texts = Array.from({ length: 20 }, (_, index) =>
      JSON.stringify({ index, filler: 'x'.repeat(100_000) }),
    );
    await Promise.all(texts.map((text) => call(launched, 'layouts.save', { text })));
    await launched.close();
    expect(await readFile(join(userData, 'layouts.json'), 'utf8')).toBe(texts.at(-1));
    expect((await readdir(userData)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  }));

test('opens where the window was the last time', () =>
  withProfile(async (userData) => {
    const placed = { x: 60, y: 40, width: 1200, height: 700 };
    const first = await launchTapedeck({ userData });
    await first.app.evaluate(
      ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]!.setBounds(bounds),
      placed,
    );
    await expect.poll(() => first.page.evaluate(() => outerWidth)).toBe(placed.width);
    await first.close();
    const second = await launchTapedeck({ userData });
    const bounds = await second.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.getBounds(),
    );
    await second.close();
    expect(bounds).toEqual(placed);
  }));

test('ends by itself on SIGTERM, and gives the store up', async () => {
  const launched = await launchTapedeck();
  await launched.page.waitForURL('app://tapedeck/index.html');
  const child = launched.app.process();
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  await launched.close().catch(() => undefined);
});

test('brings its page back when the page’s process dies', async () => {
  const launched = await launchTapedeck();
  await launched.page.waitForURL('app://tapedeck/index.html');
  const bridge = await launched.app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const isBack = new Promise((resolve) => webContents.once('did-finish-load', () => resolve(undefined)));
    process.kill(webContents.getOSProcessId(), 'SIGKILL');
    await isBack;
    return (await webContents.executeJavaScript('typeof bridge')) as unknown;
  });
  expect(bridge).toBe('object');
  await launched.close();
});

test('says in the window why a store cannot be opened', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tapedeck-broken-'));
  await writeFile(join(folder, 'store.json'), '{"format": not json');
  const launched = await launchTapedeck({ store: folder });
  await expect(launched.page.getByRole('heading')).toHaveText('This store cannot be opened');
  await expect(launched.page.getByRole('alert')).toContainText(launched.storeFolder);
  await launched.close();
  await rm(folder, { recursive: true, force: true });
});

/** Chooses File, Open Store… and then `folder` in the dialog. */
async function openFromMenu({ app }: Launched, folder: string): Promise<void> {
  await app.evaluate(({ dialog, Menu }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    const file = Menu.getApplicationMenu()!.items.find(({ label }) => label.includes('File'))!;
    const item = file.submenu!.items.find(({ label }) => label.includes('Open'))!;
    (item.click as () => void)();
  }, folder);
}

test('opens another store from the menu, in the same window', async () => {
  const launched = await launchTapedeck();
  const other = await mkdtemp(join(tmpdir(), 'tapedeck-other-'));
  const describe = () => call(launched, 'store.describe', {}).catch(() => 'loading');
  await expect.poll(describe).toMatchObject({ value: { folder: launched.storeFolder } });
  await openFromMenu(launched, other);
  await expect.poll(describe).toMatchObject({ value: { folder: other } });
  await launched.close();
  await rm(other, { recursive: true, force: true });
});

test('makes no store in a folder that holds other things', async () => {
  const launched = await launchTapedeck();
  const other = await mkdtemp(join(tmpdir(), 'tapedeck-other-'));
  await writeFile(join(other, 'letter.txt'), 'x');
  await launched.page.waitForURL('app://tapedeck/index.html');
  await openFromMenu(launched, other);
  await expect(launched.page.getByRole('heading')).toHaveText('This is not a store');
  expect(await readdir(other)).toEqual(['letter.txt']);
  await launched.close();
  await rm(other, { recursive: true, force: true });
});

test('a second start for the same user brings the first to the front, and ends', () =>
  withProfile(async (userData) => {
    const first = await launchTapedeck({ userData });
    const switches = (process.env['TAPEDECK_SWITCHES'] ?? '').split(' ').filter(Boolean);
    const second = spawn(process.env['TAPEDECK_ELECTRON'] ?? '', [
      ...switches,
      `--user-data-dir=${userData}`,
      root,
    ]);
    const output: string[] = [];
    second.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
    const code = await new Promise((resolve) => second.once('exit', resolve));
    expect({ code, output: output.join('') }).toEqual({
      code: 0,
      output: 'Tapedeck is open already; its window was brought to the front.\n',
    });
    await first.close();
  }));

test('an error that nobody caught ends the program instead of waiting in a dialog', async () => {
  const launched = await launchTapedeck();
  const ended = new Promise((resolve) => launched.app.process().once('exit', (code) => resolve(code)));
  await launched.app
    .evaluate(() =>
      setTimeout(() => {
        throw new Error('for the test');
      }, 10),
    )
    .catch(() => undefined);
  expect(await ended).toBe(1);
  await launched.close().catch(() => undefined);
});

test('--screenshot refuses with one sentence when its store cannot be opened', () => {
  const switches = (process.env['TAPEDECK_SWITCHES'] ?? '').split(' ').filter(Boolean);
  const args = [...switches, root, '--store', '/dev/null/none', '--screenshot', join(tmpdir(), 'never.png')];
  const { status, stdout, stderr } = spawnSync(process.env['TAPEDECK_ELECTRON'] ?? '', args, {
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('/dev/null/none');
});
