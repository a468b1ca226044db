import { appCommands } from '#shared/domain/app-commands';
import { readDeepLink } from '#shared/domain/deep-link';
import { app, session } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createTextFile } from '../platform/text-file.ts';
import { parseAppArguments, type AppArguments } from './app-arguments.ts';
import { demoStoreFolder } from './demo-store.ts';
import { guardAllContents } from './guard-contents.ts';
import { guardSession } from './guard-session.ts';
import { installMenu } from './menu.ts';
import { shareStores } from './open-stores.ts';
import { createPicturePage } from './paint-picture.ts';
import { usePrivateProfile } from './profile.ts';
import { claimLinks, passedOn, readPassedOn } from './second-start.ts';
import { quitCleanly } from './quit-cleanly.ts';
import { firstKey, parseRemembered, remembering, windowsToOpen } from './remembered-windows.ts';
import { serveIpc } from './serve-ipc.ts';
import { declareScheme, servePage } from './serve-page.ts';
import { showFolder } from './show-folder.ts';
import type { StoreServices, StoreTarget } from './show-store.ts';
import { startUtilityFrom } from './start-utility.ts';
import { takePicture } from './take-picture.ts';
import { isOnVirtualDisplay, quitWithLauncher } from './virtual-display.ts';
import type { WorkbenchWindow } from './workbench-window.ts';
import { createWorkbenchWindows, type WorkbenchWindows } from './workbench-windows.ts';
import { workspaceFiles } from './workspace-files.ts';

/** Opens the workbench as the command line asks, and runs until its last window is closed. */
export function runApp(services: StoreServices): void {
  const asked = parseAppArguments(process.argv, process.cwd());
  const demo = demoStoreFolder(app.getPath('userData'));

  declareScheme();
  guardAllContents();
  // It would also undo --no-sandbox, and as root every page would then die at birth.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

  if (asked.screenshotFile !== null || asked.picture !== null) usePrivateProfile();
  else if (!app.requestSingleInstanceLock(passedOn(asked))) {
    const what = asked.link === null ? 'its window was brought to the front' : 'the link was handed to it';
    console.log(`Tapedeck is open already; ${what}.`);
    app.exit(0);
    return;
  }
  if (isOnVirtualDisplay()) quitWithLauncher();
  const followLinks = claimLinks();
  void app.whenReady().then(() => start(services, asked, demo, followLinks));
}

async function start(
  services: StoreServices,
  asked: AppArguments,
  demo: string,
  followLinks: ReturnType<typeof claimLinks>,
): Promise<void> {
  const out = join(app.getAppPath(), 'build', 'out');
  const developmentServer = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null);
  guardSession(session.defaultSession, developmentServer);
  servePage(session.defaultSession, join(out, 'renderer'), developmentServer);
  const preload = join(out, 'preload', 'preload.cjs');
  const startChild = startUtilityFrom(join(out, 'main'));

  if (asked.picture !== null) {
    const page = createPicturePage(asked.picture, {
      preload,
      storeFolder: asked.storeFolder ?? demo,
      openStore: services.openStore,
      startChild,
    });
    serveIpc(() => page.calls);
    quitCleanly(page.close);
    await page.run();
    return;
  }

  const userData = app.getPath('userData');
  const files = workspaceFiles(userData);
  const memory = asked.screenshotFile === null ? createTextFile(join(userData, 'windows.json')) : null;
  const remembered = parseRemembered(memory === null ? null : await memory.load());
  const targetOf = (folder: string | null): StoreTarget => ({
    folder: folder ?? demo,
    isDemo: folder === null || folder === demo,
  });
  let isEnding = false;
  app.on('before-quit', () => (isEnding = true));
  const windows: WorkbenchWindows = createWorkbenchWindows({
    preload,
    hasDevTools: !app.isPackaged,
    startChild,
    stores: { ...services, openStore: shareStores(services.openStore) },
    files,
    remembersPlaces: memory !== null,
    onChange: () => {
      if (isEnding || memory === null) return;
      const text = JSON.stringify(
        remembering(remembered, asked.storeFolder ?? '', windows.all().flatMap(toRemember)),
      );
      memory.save(text).catch(logError);
    },
  });

  serveIpc((contents) => windows.ofPage(contents)?.calls ?? null);
  quitCleanly(async () => {
    await Promise.all([files.settled(), memory?.settled()]);
    await windows.settled();
  });
  installMenu({
    newWindow: () => openBeside(windows, targetOf(null)),
    openStore: () => void windows.latest()?.store.askForStore().catch(logError),
    showStoreFolder: () =>
      void showFolder(windows.latest()?.store.shown()?.folder ?? userData).catch(logError),
    runInWindow: (command) => windows.latest()?.askFor(command) ?? false,
  });
  const comeForward = (data: unknown) => {
    const { storeFolder, link } = readPassedOn(data);
    const target = storeFolder === null ? null : targetOf(storeFolder);
    openOrRaise(windows, target, link, targetOf(null)).catch(logError);
  };
  app.on('second-instance', (_event, _argv, _folder, data) => comeForward(data));
  app.on('activate', () => {
    if (windows.all().length === 0) openBeside(windows, targetOf(null));
  });
  const wanted =
    memory === null
      ? [{ key: firstKey, panel: null, folder: asked.storeFolder, opener: null }]
      : windowsToOpen(remembered, asked.storeFolder, existsSync);
  for (const [index, { folder, opener, ...each }] of wanted.entries()) {
    const link = index === 0 && asked.link !== null ? readDeepLink(asked.link) : null;
    const { window, shown } = windows.open({ ...each, target: targetOf(folder), openerKey: opener, link });
    const opened = await window;
    if (asked.screenshotFile !== null) await takePicture(opened, asked.screenshotFile, shown);
    else shown.catch(logError);
    if (index === 0 && memory !== null) opened.window.once('show', () => announce(targetOf(folder)));
  }
  followLinks((link) => comeForward({ storeFolder: null, link }));

  function toRemember({ key, panel, opener, store }: WorkbenchWindow) {
    const shown = store.shown();
    return shown === null ? [] : [{ key, panel, opener, folder: shown.isDemo ? null : shown.folder }];
  }
}

/** A further window on the store of the one that was used last, looking at the same. */
function openBeside(windows: WorkbenchWindows, fallback: StoreTarget): void {
  const opener = windows.latest();
  if (opener !== null && opener.askFor(appCommands.newWindow.id)) return;
  const { shown } = windows.open({ target: opener?.store.shown() ?? fallback, opener });
  shown.catch(logError);
}

/** Someone started the program again, or followed a link: shows what they want, in the window that has it already. */
async function openOrRaise(
  windows: WorkbenchWindows,
  target: StoreTarget | null,
  link: string | null,
  fallback: StoreTarget,
): Promise<void> {
  const arrival = link === null ? null : readDeepLink(link);
  const latest = windows.latest();
  const shows = ({ panel, store }: WorkbenchWindow) =>
    panel === null && (target === null || store.shown()?.folder === target.folder);
  const known = latest !== null && shows(latest) ? latest : windows.all().find(shows);
  if (known === undefined) {
    await windows.open({ target: target ?? latest?.store.shown() ?? fallback, link: arrival }).shown;
    return;
  }
  if (known.window.isMinimized()) known.window.restore();
  known.window.focus();
  if (arrival !== null) known.follow(arrival);
}

/** On a display that nobody sees, the terminal is where one learns what is open. */
function announce({ folder, isDemo }: StoreTarget): void {
  if (!isOnVirtualDisplay()) return;
  console.log(
    `Tapedeck ${app.getVersion()} · ${isDemo ? 'demo store' : 'store'} at ${folder} · on a virtual display`,
  );
}

function logError(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}
