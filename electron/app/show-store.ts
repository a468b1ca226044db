import { app, dialog, type BrowserWindow } from 'electron';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { usualPace } from '../jobs/schedules/schedules.ts';
import type { OpenStoreOptions } from '../host/backend.ts';
import type { StoreBridge } from '../open-store.ts';
import type { StartChild } from '../platform/child.ts';
import { makeDemoStoreAt } from './demo-store.ts';
import { noticeAddress, type Notice } from './notice-page.ts';
import { pageAddress } from './origin.ts';
import type { StoreSession } from './store-session.ts';

/** How stores come to be. Given by the main file, so that this folder knows of windows alone. */
export interface StoreServices {
  readonly openStore: (options: OpenStoreOptions) => Promise<StoreBridge>;
  readonly makeDemoStore: (folder: string) => Promise<void>;
  /** Whether another program keeps its data there: such a folder is shown and not touched. */
  readonly isForeignFolder: (folder: string) => Promise<boolean>;
}

export interface StoreTarget {
  readonly folder: string;
  readonly isDemo: boolean;
}

/** A window and the store in it. */
export interface StoreWindow {
  /** Shows a store. When it cannot, the window says why, and the error is thrown. */
  readonly show: (target: StoreTarget) => Promise<void>;
  readonly shown: () => StoreTarget | null;
  readonly askForStore: () => Promise<void>;
}

/** Shows stores in a window that is there already. `onShown` is told before it is known whether one can be opened. */
export function createStoreWindow(
  window: BrowserWindow,
  session: StoreSession,
  startChild: StartChild,
  { openStore, makeDemoStore, isForeignFolder }: StoreServices,
  onShown: () => void,
): StoreWindow {
  let shown: StoreTarget | null = null;

  const load = async (address: string) => {
    // Fails when another address takes its place, or the window is closed meanwhile: neither is a fault.
    if (!window.isDestroyed()) await window.loadURL(address).catch(() => undefined);
  };
  const say = (notice: Notice) => load(noticeAddress(notice));

  const makeDemo = async (folder: string) => {
    const saying = say({
      title: 'Making the demo store',
      text: `Four symbols, eight weeks of candles and objects. This happens once, and is kept in ${folder}.`,
      isBusy: true,
    });
    await makeDemoStoreAt(folder, makeDemoStore);
    await saying;
  };

  const show = async ({ folder, isDemo }: StoreTarget) => {
    shown = { folder, isDemo };
    onShown();
    try {
      if (isDemo && !existsSync(folder)) await makeDemo(folder);
      const open = () =>
        openStore({
          ...{ folder, create: !isDemo, startChild, appVersion: app.getVersion() },
          schedules: usualPace,
        });
      // The page starts while the store opens: its first questions wait for the answer.
      const opened = session.show(open);
      await Promise.all([load(pageAddress), opened]);
    } catch (error) {
      await say({ title: 'This store cannot be opened', text: reasonOf(folder, error), isBusy: false });
      throw error;
    }
  };

  const askForStore = async () => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: 'Open a store, or an empty folder to begin one in',
      properties: ['openDirectory', 'createDirectory'],
    });
    const [folder] = filePaths;
    if (folder === undefined) return;
    if ((await isStoreOrEmpty(folder)) || (await isForeignFolder(folder)))
      await show({ folder, isDemo: false });
    else
      await say({
        title: 'This is not a store',
        text: `${folder} holds other things. Choose a store or an empty folder.`,
        isBusy: false,
      });
  };

  return { show, shown: () => shown, askForStore };
}

async function isStoreOrEmpty(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  return names.length === 0 || names.includes('store.json');
}

function reasonOf(folder: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message}\n\n${folder}\nPress Ctrl+O to open another one.`;
}
