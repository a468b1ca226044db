import type { ReadLink } from '#shared/domain/deep-link';
import type { SharedFocus } from '#shared/domain/window-purpose';
import { BrowserWindow, type WebContents } from 'electron';
import type { StartChild } from '../platform/child.ts';
import { createWindow } from './create-window.ts';
import { freeKey } from './remembered-windows.ts';
import type { StoreServices, StoreTarget } from './show-store.ts';
import { createWorkbenchWindow, type WorkbenchWindow } from './workbench-window.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

export interface OpenRequest {
  /** Left out, the first free one of its kind. */
  readonly key?: string;
  readonly panel?: string | null;
  readonly target: StoreTarget;
  readonly link?: ReadLink | null;
  /** The window that asked: the new one begins as a copy of it. */
  readonly opener?: WorkbenchWindow | null;
  /** Key of the window that asked in an earlier run. */
  readonly openerKey?: string | null;
}

/** All windows of the workbench. */
export interface WorkbenchWindows {
  /** Opens a window. Rejects when its store cannot be opened: the window then says why. */
  readonly open: (request: OpenRequest) => {
    readonly window: Promise<WorkbenchWindow>;
    readonly shown: Promise<void>;
  };
  /** In the order in which they were opened. */
  readonly all: () => readonly WorkbenchWindow[];
  /** The one that was used last. */
  readonly latest: () => WorkbenchWindow | null;
  readonly ofPage: (contents: WebContents) => WorkbenchWindow | null;
  /** Resolves when every window that was closed has given its store up. */
  readonly settled: () => Promise<void>;
}

export interface WorkbenchWindowsParts {
  readonly preload: string;
  readonly hasDevTools: boolean;
  readonly startChild: StartChild;
  readonly stores: StoreServices;
  readonly files: WorkspaceFiles;
  /** False for a run that leaves nothing behind. */
  readonly remembersPlaces: boolean;
  /** Which windows there are, or what they show, has changed. Not told while the program ends. */
  readonly onChange: () => void;
}

/** Keeps the windows of this run. One that is closed gives its store up; those on one store share what they look at. */
export function createWorkbenchWindows(parts: WorkbenchWindowsParts): WorkbenchWindows {
  let windows: readonly WorkbenchWindow[] = [];
  let lastUsed: WorkbenchWindow | null = null;
  const closing = new Set<Promise<void>>();
  const reserved = new Set<string>();
  /** What linked windows look at, for each store. */
  const shared = new Map<string, SharedFocus>();

  function open(request: OpenRequest) {
    const window = create(request);
    return { window, shown: window.then(({ store }) => store.show(request.target)) };
  }

  async function create(request: OpenRequest): Promise<WorkbenchWindow> {
    const { panel = null, opener = null } = request;
    const key = request.key ?? freeKey(panel, [...windows.map((each) => each.key), ...reserved]);
    reserved.add(key);
    try {
      const { workspace, places } = parts.files.of(key);
      if (opener !== null) await begin(key, opener, panel !== null);
      const window = await createWindow({
        preload: parts.preload,
        hasDevTools: parts.hasDevTools,
        places: parts.remembersPlaces ? places : null,
        kind: panel === null ? 'workbench' : 'panel',
        beside: opener === null || opener.window.isDestroyed() ? null : opener.window.getBounds(),
      });
      const made: WorkbenchWindow = createWorkbenchWindow({
        key,
        panel,
        opener: opener?.key ?? request.openerKey ?? null,
        window,
        workspace,
        layouts: {
          load: () => parts.files.layouts.load(),
          save: async (text) => {
            await parts.files.layouts.save(text);
            for (const each of windows) if (each !== made) each.send('layouts.changed', { text });
          },
        },
        startChild: parts.startChild,
        stores: parts.stores,
        openWindow: async (link, wanted) => {
          const target = made.store.shown();
          if (target === null) return;
          const { window: opened, shown } = open({ target, link, panel: wanted, opener: made });
          // The new window says by itself why it cannot show its store.
          shown.catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
          await opened;
        },
        share: (focus) => share(made, focus),
        focus: () => (panel === null ? null : (shared.get(made.store.shown()?.folder ?? '') ?? null)),
        onStoreShown: parts.onChange,
      });
      windows = [...windows, made];
      window.on('focus', () => (lastUsed = made));
      window.once('closed', () => forget(made));
      if (request.link != null) made.follow(request.link);
      return made;
    } finally {
      reserved.delete(key);
    }
  }

  /** A further workbench keeps the layout it had; one that never was, and every panel, begins like its opener. */
  async function begin(key: string, opener: WorkbenchWindow, isPanel: boolean): Promise<void> {
    const { workspace } = parts.files.of(key);
    if (!isPanel && (await workspace.load()) !== null) return;
    const text = await parts.files.of(opener.key).workspace.load();
    if (text !== null) await workspace.save(text);
  }

  function forget(closed: WorkbenchWindow): void {
    windows = windows.filter((each) => each !== closed);
    if (lastUsed === closed) lastUsed = null;
    const ended = closed.close().catch((error: unknown) => console.error(error));
    closing.add(ended);
    void ended.then(() => closing.delete(ended));
    if (closed.panel !== null) {
      windows.find(({ key }) => key === closed.opener)?.send('window.panelReturned', { panel: closed.panel });
    }
    // The last window is remembered as open: it is where the next run begins.
    if (windows.length > 0) parts.onChange();
  }

  function share(from: WorkbenchWindow, focus: SharedFocus): void {
    const folder = from.store.shown()?.folder ?? '';
    shared.set(folder, focus);
    for (const each of windows) {
      if (each !== from && each.store.shown()?.folder === folder) each.send('window.shared', focus);
    }
  }

  return {
    open,
    all: () => windows,
    latest() {
      const focused = BrowserWindow.getFocusedWindow();
      const used = windows.find(({ window }) => window === focused);
      return used ?? lastUsed ?? windows.at(-1) ?? null;
    },
    ofPage: (contents) => windows.find(({ window }) => window.webContents === contents) ?? null,
    async settled() {
      await Promise.all([...closing, ...windows.map((each) => each.close())]);
    },
  };
}
