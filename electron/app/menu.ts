import { app, Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  readonly newWindow: () => void;
  readonly openStore: () => void;
  readonly showStoreFolder: () => void;
}

export function installMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(actions)));
}

function template({ newWindow, openStore, showStoreFolder }: MenuActions): MenuItemConstructorOptions[] {
  const isMac = process.platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: '&New Window', accelerator: 'CmdOrCtrl+Shift+N', click: newWindow },
        { label: 'Open &Store…', accelerator: 'CmdOrCtrl+O', click: openStore },
        { label: 'Show Store in &Folder', click: showStoreFolder },
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
    { label: '&Help', submenu: [{ label: '&About Tapedeck', click: () => app.showAboutPanel() }] },
  ];
}
