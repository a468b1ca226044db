import { BrowserWindow, screen } from 'electron';
import type { TextFile } from '../platform/text-file.ts';
import {
  arrangementOf,
  parsePlaces,
  placeFor,
  smallestWindow,
  type Bounds,
  type WindowKind,
  type WindowPlace,
} from './window-bounds.ts';

export interface WindowOptions {
  readonly preload: string;
  /** Where the window was. Null opens at the same place every time, and remembers nothing. */
  readonly places: TextFile | null;
  readonly hasDevTools: boolean;
  readonly kind: WindowKind;
  /** Another window that this one must not cover when it opens for the first time. */
  readonly beside: Bounds | null;
}

/** A window that is shown once it has something to show, where it was the last time on these screens. */
export async function createWindow(options: WindowOptions): Promise<BrowserWindow> {
  const { places, kind, beside } = options;
  const remembered = parsePlaces(places === null ? null : await places.load());
  const { bounds, isMaximized } = placeFor(screensPrimaryFirst(), remembered, kind, beside);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestWindow[kind].width,
    minHeight: smallestWindow[kind].height,
    show: false,
    backgroundColor: '#0d1117',
    autoHideMenuBar: true,
    title: 'Tapedeck',
    webPreferences: safePreferences(options),
  });
  if (isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  if (places !== null) rememberPlace(window, places, remembered);
  return window;
}

/** A page that nobody sees, of a size of its own, for painting a picture. */
export function createHiddenWindow(
  size: { readonly width: number; readonly height: number },
  options: Pick<WindowOptions, 'preload' | 'hasDevTools'>,
): BrowserWindow {
  return new BrowserWindow({
    ...size,
    useContentSize: true,
    // Larger than the screen, if need be.
    enableLargerThanScreen: true,
    show: false,
    webPreferences: { ...safePreferences(options), backgroundThrottling: false },
  });
}

function safePreferences({ preload, hasDevTools }: Pick<WindowOptions, 'preload' | 'hasDevTools'>) {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    // Chromium would fetch dictionaries from the network.
    spellcheck: false,
    devTools: hasDevTools,
  } as const;
}

function rememberPlace(
  window: BrowserWindow,
  places: TextFile,
  before: Readonly<Record<string, WindowPlace>>,
): void {
  window.on('close', () => {
    const place: WindowPlace = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    const text = JSON.stringify({ ...before, [arrangementOf(screensPrimaryFirst())]: place });
    // Quitting waits for it; that it could not be kept is no reason to stay open.
    places
      .save(text)
      .catch((error: unknown) => console.error('The place of the window was not kept:', error));
  });
}

function screensPrimaryFirst(): Electron.Display[] {
  const primary = screen.getPrimaryDisplay();
  return [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)];
}
