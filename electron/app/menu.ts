import { acceleratorOf, appCommands } from '#shared/domain/app-commands';
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  readonly newWindow: () => void;
  readonly openStore: () => void;
  readonly showStoreFolder: () => void;
  /** Asks the window in front to run one of its commands; false when there is no page in it. */
  readonly runInWindow: (command: string) => boolean;
}

/** Replaces the menu of all windows. Reloading and developer tools are in it only where the program is not packaged. */
export function installMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(actions)));
}

function template({
  newWindow,
  openStore,
  showStoreFolder,
  runInWindow,
}: MenuActions): MenuItemConstructorOptions[] {
  const isMac = process.platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: '&New Window', accelerator: acceleratorOf(appCommands.newWindow.keys), click: newWindow },
        { label: 'Open &Store…', accelerator: acceleratorOf(appCommands.openStore.keys), click: openStore },
        { label: 'Show Store in &Folder', click: showStoreFolder },
        { type: 'separator' },
        {
          label: '&Import…',
          accelerator: acceleratorOf(appCommands.importFiles.keys),
          click: () => void runInWindow(appCommands.importFiles.id),
        },
        { type: 'separator' },
        { role: 'close' },
        ...(isMac ? [] : [{ role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged
          ? []
          : [
              { type: 'separator' } as const,
              { role: 'reload' } as const,
              { role: 'toggleDevTools' } as const,
            ]),
      ],
    },
    { role: 'windowMenu' },
    {
      label: '&Help',
      submenu: [
        { label: '&Find a Command…', click: () => void runInWindow(appCommands.palette.id) },
        { label: '&Keyboard Shortcuts', click: () => void runInWindow(appCommands.shortcuts.id) },
        { type: 'separator' },
        {
          label: '&About Tapedeck',
          click: () => {
            // A window that says why it has no store has no page of ours to ask.
            if (!runInWindow(appCommands.about.id)) app.showAboutPanel();
          },
        },
      ],
    },
  ];
}
