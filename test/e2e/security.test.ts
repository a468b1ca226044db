import { expect, test } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { launchTapedeck, type Launched } from '../helpers/launch-tapedeck.ts';

/** The bridge as an attacker in the page sees it. */
interface PageGlobals {
  readonly bridge: {
    readonly call: (channel: string, args: unknown) => Promise<unknown>;
    readonly subscribe: (channel: string, listener: () => void) => () => void;
  };
}

// One window for all: each test leaves it as it was.
let launched: Launched;
test.beforeAll(async () => {
  launched = await launchTapedeck();
  await launched.page.waitForURL('app://tapedeck/index.html');
});
test.afterAll(() => launched.close());

/** What `code` does when the page runs it: through a timer, because the debugger's own evaluation escapes the policy. */
async function inPage(code: () => unknown): Promise<string> {
  return launched.page.evaluate(
    (body) =>
      new Promise<string>((resolve) => {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the page must run it as its own code
        const run = new Function(`return (${body})()`) as () => unknown;
        setTimeout(() => {
          try {
            Promise.resolve(run()).then(
              (value) => resolve(String(value)),
              (error: unknown) => resolve(`threw ${(error as Error).name}`),
            );
          } catch (error) {
            resolve(`threw ${(error as Error).name}`);
          }
        }, 0);
      }),
    code.toString(),
  );
}

test('loads nothing from the network', async () => {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits += 1;
    response.setHeader('access-control-allow-origin', '*').end('x');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const outcome = await launched.page.evaluate(async (address) => {
    const image = new Image();
    image.src = `http://${address}/image.png`;
    const frame = document.createElement('iframe');
    frame.src = `http://${address}/frame`;
    document.body.append(image, frame);
    new WebSocket(`ws://${address}/socket`);
    const fetched = await fetch(`http://${address}/fetch`).then(
      () => 'answered',
      () => 'failed',
    );
    navigator.sendBeacon(`http://${address}/beacon`, 'x');
    await new Promise((resolve) => setTimeout(resolve, 300));
    image.remove();
    frame.remove();
    return fetched;
  }, `127.0.0.1:${port}`);
  server.close();
  expect({ outcome, hits }).toEqual({ outcome: 'failed', hits: 0 });
});

test('gives the page nothing of Node', async () => {
  const kinds = await launched.page.evaluate(() =>
    ['require', 'process', 'Buffer', 'module', 'global', '__dirname'].map(
      (name) => typeof Reflect.get(globalThis, name),
    ),
  );
  expect(new Set(kinds)).toEqual(new Set(['undefined']));
});

test('keeps preload out of reach of what the page does to built-ins', async () => {
  const refused = await launched.page.evaluate(async () => {
    const original = Object.getOwnPropertyDescriptor(Set.prototype, 'has') ?? {};
    Set.prototype.has = () => true;
    try {
      const { bridge } = globalThis as unknown as PageGlobals;
      return await bridge.call('ELECTRON_BROWSER_REQUIRE', {}).then(
        () => 'answered',
        (error: unknown) => String(error),
      );
    } finally {
      Object.defineProperty(Set.prototype, 'has', original);
    }
  });
  expect(refused).toContain('Not in the contract');
});

test('offers the page two functions, and no way to replace them', async () => {
  const seen = await launched.page.evaluate(() => {
    const { bridge } = globalThis as unknown as PageGlobals;
    const replacement = async () => undefined;
    Reflect.set(bridge, 'call', replacement);
    return { keys: Object.keys(bridge).sort(), replaced: (bridge.call as unknown) === replacement };
  });
  expect(seen).toEqual({ keys: ['call', 'subscribe'], replaced: false });
});

test('runs pages in Chromium’s sandbox', async () => {
  test.skip(process.geteuid?.() === 0, 'Chromium has no sandbox for root.');
  const pid = await launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
  );
  expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/Seccomp:\s+2/);
});

/** What a window may do, of all that Electron lets it be told. */
function preferencesOf(index: number) {
  return launched.app.evaluate(({ BrowserWindow }, at) => {
    const { webContents } = BrowserWindow.getAllWindows().sort((a, b) => a.id - b.id)[at]!;
    const contents = webContents as unknown as { getLastWebPreferences: () => Record<string, unknown> };
    const {
      sandbox,
      contextIsolation,
      nodeIntegration,
      nodeIntegrationInSubFrames,
      nodeIntegrationInWorker,
      webSecurity,
      allowRunningInsecureContent,
      experimentalFeatures,
      enableBlinkFeatures,
      webviewTag,
    } = contents.getLastWebPreferences();
    return {
      sandbox,
      contextIsolation,
      isOpen: [
        nodeIntegration,
        nodeIntegrationInSubFrames,
        nodeIntegrationInWorker,
        allowRunningInsecureContent,
        experimentalFeatures,
        webviewTag,
      ].some(Boolean),
      webSecurity,
      enableBlinkFeatures: enableBlinkFeatures ?? '',
    };
  }, index);
}

const safe = {
  sandbox: true,
  contextIsolation: true,
  isOpen: false,
  webSecurity: true,
  enableBlinkFeatures: '',
};

test('opens windows with the safe preferences only', async () => {
  expect(await preferencesOf(0)).toEqual(safe);
});

test('has no file imported that the user did not choose, nor one that a page says was dropped', async () => {
  const answers = await launched.page.evaluate(async () => {
    const { bridge } = globalThis as unknown as PageGlobals;
    const dropped = new DataTransfer();
    dropped.items.add(new File(['1,2,3,4,5'], '/etc/passwd'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped }));
    const request = { files: ['/etc/passwd'], symbol: 'X', timeframe: '1m' };
    return [await bridge.call('imports.inspect', request), await bridge.call('imports.start', request)];
  });
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, code: 'permission-denied' });
});

test('opens further windows as it did the first, and only those that the contract knows', async () => {
  const call = (args: unknown) =>
    launched.page.evaluate((given) => {
      const { bridge } = globalThis as unknown as PageGlobals;
      return bridge.call('window.open', given);
    }, args);
  for (const panel of ['../../etc', 'Inspector', 'https://example.com', 7]) {
    expect(await call({ link: null, panel })).toMatchObject({ ok: false, code: 'argument-invalid' });
  }
  const [second] = await Promise.all([
    launched.app.waitForEvent('window'),
    call({ link: null, panel: 'inspector' }),
  ]);
  await second.waitForURL('app://tapedeck/index.html');
  expect(await preferencesOf(1)).toEqual(safe);
  expect(
    await second.evaluate(() => [typeof Reflect.get(globalThis, 'require'), String(window.opener)]),
  ).toEqual(['undefined', 'null']);
  expect(await second.evaluate(() => window.open('app://tapedeck/index.html') === null)).toBe(true);
  await second.close();
  expect(launched.app.windows()).toHaveLength(1);
});

test('saves and copies nothing but pictures, and paints none that was not asked for', async () => {
  const answers = await launched.page.evaluate(async () => {
    const { bridge } = globalThis as unknown as PageGlobals;
    const png = new Uint8Array(64);
    const script = new TextEncoder().encode('#!/bin/sh\n'.padEnd(80));
    const place = { symbol: 'SPY', timeframe: '5m' };
    png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
    const large = new Uint8Array(65 * 1_048_576);
    large.set(png);
    return Promise.all([
      bridge.call('window.saveImage', { png: script, ...place }),
      bridge.call('window.saveImage', { png: large, ...place }),
      bridge.call('window.saveImage', { png, ...place, file: '/etc/cron.d/x' }),
      bridge.call('window.copyImage', { png: script }),
      bridge.call('window.copyImage', { png }),
      bridge.call('window.finishPicture', { png, bars: 1, objects: 0 }),
    ]);
  });
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, code: 'argument-invalid' });
});

test('denies every permission', async () => {
  const states = await launched.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
    const queried = await Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
    );
    return [...queried, await Notification.requestPermission()];
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
});

test.describe('content policy', () => {
  const attempts: Readonly<Record<string, () => unknown>> = {
    eval: () => String((0, eval)('"ran"')),
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the attempt that is refused
    'new Function': () => (new Function('return "ran"') as () => unknown)(),
    'a timer with a string': () => {
      Reflect.set(globalThis, 'ranByTimer', false);
      (setTimeout as (code: string) => void)('globalThis.ranByTimer = true');
      return new Promise((resolve) =>
        setTimeout(() => resolve(Reflect.get(globalThis, 'ranByTimer') ? 'ran' : 'refused'), 100),
      );
    },
    'an inline script': () => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ranInline = true';
      document.body.append(script);
      return Reflect.get(globalThis, 'ranInline') ? 'ran' : 'refused';
    },
    innerHTML: () => {
      document.createElement('div').innerHTML = '<b>x</b>';
      return 'ran';
    },
    'an inline event handler': () => {
      const button = document.createElement('button');
      button.setAttribute('onclick', 'globalThis.ranHandler = true');
      document.body.append(button);
      button.click();
      button.remove();
      return Reflect.get(globalThis, 'ranHandler') ? 'ran' : 'refused';
    },
    'a style attribute': () => {
      const element = document.createElement('div');
      element.setAttribute('style', 'width: 7px');
      document.body.append(element);
      const ran = getComputedStyle(element).width === '7px';
      element.remove();
      return ran ? 'ran' : 'refused';
    },
    'a base element': () => {
      const base = document.createElement('base');
      base.href = 'https://example.com/';
      document.head.append(base);
      const ran = document.baseURI.startsWith('https://example.com');
      base.remove();
      return ran ? 'ran' : 'refused';
    },
  };
  for (const [name, attempt] of Object.entries(attempts)) {
    test(`refuses ${name}`, async () => {
      expect(await inPage(attempt)).toMatch(/^(refused|threw (EvalError|TypeError))$/);
    });
  }

  test('lets the page set styles by script, which components need', async () => {
    const width = await inPage(() => {
      const element = document.createElement('div');
      element.style.width = '7px';
      document.body.append(element);
      const { width } = getComputedStyle(element);
      element.remove();
      return width;
    });
    expect(width).toBe('7px');
  });

  test('isolates the page from other origins', async () => {
    expect(await launched.page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test('is on every answer, on those that find nothing too', async () => {
    const policies = await launched.page.evaluate(async () =>
      Promise.all(
        ['/index.html', '/none.html', '/'].map(async (path) =>
          (await fetch(path)).headers.get('content-security-policy'),
        ),
      ),
    );
    for (const policy of policies) expect(policy).toContain("default-src 'none'");
  });
});

test('shows its page without one refusal of the policy', async () => {
  const before = launched.consoleLines.length;
  await launched.page.reload();
  await expect(launched.page.getByRole('tab').first()).toBeVisible();
  const refusals = () =>
    launched.consoleLines.slice(before).filter((line) => /policy|refused|trusted/i.test(line));
  // One that is asked for comes behind all of the page's own.
  await launched.page.evaluate(() => {
    new Image().src = 'http://127.0.0.1:9/asked-for.png';
  });
  await expect.poll(refusals).not.toEqual([]);
  expect(refusals().filter((line) => !line.includes('asked-for.png'))).toEqual([]);
});

test('knows no webview element', async () => {
  const name = await launched.page.evaluate(() => document.createElement('webview').constructor.name);
  expect(name).toBe('HTMLElement');
});

test('stays on its page whatever address it is sent to', async () => {
  const addresses = [
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'data:text/html,x',
    'app://elsewhere/index.html',
    'about:blank',
  ];
  for (const address of addresses) {
    await launched.page.evaluate((to) => {
      location.href = to;
    }, address);
    // A call that follows it is answered when main has heard of it. What is refused may end the first of them.
    const call = () => (globalThis as unknown as PageGlobals).bridge.call('store.describe', {});
    await expect(() => inPage(call)).toPass();
    const isLoading = () =>
      launched.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().some(({ webContents }) => webContents.isLoadingMainFrame()),
      );
    await expect.poll(isLoading, address).toBe(false);
    expect(launched.page.url(), address).toBe('app://tapedeck/index.html');
  }
});

test('opens no further window', async () => {
  const opened = await launched.page.evaluate(() => window.open('app://tapedeck/index.html') === null);
  expect(opened).toBe(true);
  expect(launched.app.windows()).toHaveLength(1);
});

test('hands only known https addresses to the browser', async () => {
  const addresses = [
    'http://www.tradingview.com/',
    'https://www.tradingview.com.example.com/',
    'https://user:secret@www.tradingview.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://www.tradingview.com/',
  ];
  await launched.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'openedOutside', opened);
    shell.openExternal = async (address) => void opened.push(address);
  });
  await launched.page.evaluate((all) => {
    for (const address of all) window.open(address);
  }, addresses);
  const opened = () => launched.app.evaluate(() => Reflect.get(globalThis, 'openedOutside') as string[]);
  // It was asked for last.
  await expect.poll(opened).toContain('https://www.tradingview.com/');
  expect(await opened()).toEqual(['https://www.tradingview.com/']);
});

for (const address of ['data:text/html,<h1>x</h1>', 'about:blank']) {
  test(`answers no call from ${address.split(',')[0] ?? address} with our preload`, async () => {
    const answer = await launched.app.evaluate(async ({ app, BrowserWindow }, to) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${app.getAppPath()}/build/out/preload/preload.cjs`, sandbox: true },
      });
      // Where it may not be loaded at all, Chromium's error page stands in, with our preload in it.
      await window.loadURL(to).catch(() => undefined);
      const reply = (await window.webContents.executeJavaScript(
        'bridge.call("symbols.list", {})',
      )) as unknown;
      window.destroy();
      return reply;
    }, address);
    expect(answer).toMatchObject({ ok: false, code: 'permission-denied' });
  });
}

test('answers no call from a frame inside our page', async () => {
  const answer = await launched.page.evaluate(() => typeof Reflect.get(globalThis, 'bridge'));
  expect(answer).toBe('object');
  const frameSees = await launched.page.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const seen = typeof Reflect.get(frame.contentWindow ?? {}, 'bridge');
    frame.remove();
    return seen;
  });
  expect(frameSees).toBe('undefined');
});

test('reads no file outside the page’s folder', async () => {
  const paths = [
    'app://tapedeck/../package.json',
    'app://tapedeck/%2e%2e/preload/preload.cjs',
    'app://tapedeck/..%2fpreload/preload.cjs',
    'app://tapedeck/%5c..%5cpackage.json',
    'app://tapedeck/%252e%252e/package.json',
    'app://tapedeck//etc/passwd',
    'app://tapedeck/index.html%00.js',
    'app://elsewhere/index.html',
    'file:///etc/passwd',
  ];
  const outcomes = await launched.page.evaluate(
    async (all) =>
      Promise.all(
        all.map((path) =>
          fetch(path).then(
            ({ status }) => status,
            () => 'failed',
          ),
        ),
      ),
    paths,
  );
  for (const [index, outcome] of outcomes.entries()) expect([404, 'failed'], paths[index]).toContain(outcome);
});

test('refuses calls outside the contract, and arguments outside their types', async () => {
  const answers = await launched.page.evaluate(async () => {
    const { bridge } = globalThis as unknown as PageGlobals;
    return {
      unknown: await bridge.call('window.close', {}).then(
        () => 'answered',
        () => 'refused',
      ),
      mistyped: await bridge.call('workspace.save', { text: 7 }),
    };
  });
  expect(answers).toMatchObject({ unknown: 'refused', mistyped: { ok: false, code: 'argument-invalid' } });
});
