import type { ReadLink } from '#shared/domain/deep-link';
import type { SharedFocus } from '#shared/domain/window-purpose';
import type { BrowserWindow } from 'electron';
import type { TextFile } from '../platform/text-file.ts';
import type { StartChild } from '../platform/child.ts';
import { chooseResultFile } from './choose-result-file.ts';
import { createArrivals } from './arrivals.ts';
import { createFirstPaint, type FirstPaint } from './first-paint.ts';
import { chooseImports } from './choose-imports.ts';
import { createChosenFiles, guardFiles } from './guard-files.ts';
import { restartPageWhenGone } from './restart-page.ts';
import { choosePlace } from './choose-place.ts';
import { copyImage, saveImage } from './save-image.ts';
import { saveText } from './save-text.ts';
import type { PageCalls } from './serve-ipc.ts';
import { createStoreWindow, type StoreServices, type StoreWindow } from './show-store.ts';
import { createStoreSession } from './store-session.ts';
import { showFile, showFolder } from './show-folder.ts';
import { windowHandlers } from './window-handlers.ts';

/** One window of the workbench: the store in it, what its page may call, and what it is told. */
export interface WorkbenchWindow {
  readonly key: string;
  readonly panel: string | null;
  readonly opener: string | null;
  readonly window: BrowserWindow;
  readonly store: StoreWindow;
  readonly calls: PageCalls;
  readonly firstPaint: FirstPaint;
  /** Takes the window to where a link leads, as soon as there is a page in it. */
  readonly follow: (link: ReadLink) => void;
  /** Asks the page to run one of its commands; false when there is no page to ask. */
  readonly askFor: (command: string) => boolean;
  readonly send: (channel: string, payload: unknown) => void;
  /** Gives up its store. */
  readonly close: () => Promise<void>;
}

export interface WorkbenchWindowParts {
  readonly key: string;
  readonly panel: string | null;
  readonly opener: string | null;
  readonly window: BrowserWindow;
  readonly workspace: Pick<TextFile, 'load' | 'save'>;
  readonly layouts: Pick<TextFile, 'load' | 'save'>;
  readonly startChild: StartChild;
  readonly stores: StoreServices;
  readonly openWindow: (link: ReadLink | null, panel: string | null) => Promise<void>;
  readonly share: (focus: SharedFocus) => void;
  readonly focus: () => SharedFocus | null;
  readonly onStoreShown: () => void;
}

/** Makes a workbench of a window that shows nothing yet. Whoever sees it closed calls `close` to give the store up. */
export function createWorkbenchWindow(parts: WorkbenchWindowParts): WorkbenchWindow {
  const { key, panel, opener, window, workspace, openWindow, share } = parts;
  const firstPaint = createFirstPaint(Date.now);
  const send = (channel: string, payload: unknown) => {
    if (!window.isDestroyed()) window.webContents.send(channel, payload);
  };
  const arrivals = createArrivals((link) => send('window.navigated', link));
  window.webContents.on('did-navigate', arrivals.forgetPage);
  restartPageWhenGone(window);
  const session = createStoreSession(send);
  const toRead = createChosenFiles();
  const toReplace = createChosenFiles();
  const store = createStoreWindow(window, session, parts.startChild, parts.stores, parts.onStoreShown);
  const handlers = windowHandlers({
    panel,
    workspace,
    layouts: parts.layouts,
    firstPaint,
    arrivals,
    openWindow,
    share,
    focus: parts.focus,
    saveText: (saved) => saveText(window, store.shown()?.folder ?? '', saved),
    chooseResultFile: async (wanted) => {
      const found = await chooseResultFile(window, wanted);
      if (found !== null) toReplace.add([found.file]);
      return found;
    },
    chooseImports: async (wanted) => {
      const found = await chooseImports(window, wanted);
      toRead.add(found?.paths ?? []);
      return found;
    },
    choosePlace: (wanted) => choosePlace(window, store.shown()?.folder ?? '', wanted),
    saveImage: (image) => saveImage(window, store.shown()?.folder ?? '', image),
    copyImage,
    openStore: store.askForStore,
    showStoreFolder: () => showFolder(store.shown()?.folder ?? ''),
    showFile: (path) => showFile(store.shown()?.folder ?? '', path),
    picture: null,
  });
  return {
    key,
    panel,
    opener,
    window,
    store,
    calls: {
      handlers,
      callStore: guardFiles(session.call, { toRead, toReplace }),
      onDropped: (paths) => {
        toRead.add(paths);
        send('window.filesDropped', { paths });
      },
    },
    firstPaint,
    follow: arrivals.arrive,
    askFor: (command) => {
      const isHeard = arrivals.isHeard();
      if (isHeard) send('window.commandAsked', { command });
      return isHeard;
    },
    send,
    close: session.close,
  };
}
