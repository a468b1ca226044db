/**
 * What the application menu does through the window in front, or the window through main. Keys are written as
 * `Mod+Shift+N`, `Mod` being ⌘ on a Mac and Ctrl elsewhere; those without any are bound by the window itself.
 */
export const appCommands = {
  newWindow: { id: 'window.new', keys: 'Mod+Shift+N' },
  openStore: { id: 'store.open', keys: 'Mod+O' },
  importFiles: { id: 'store.import', keys: 'Mod+I' },
  palette: { id: 'help.palette' },
  shortcuts: { id: 'help.shortcuts' },
  about: { id: 'help.about' },
} as const;

/** The same keys as Electron's menus write them. */
export function acceleratorOf(keys: string): string {
  return keys.replace('Mod', 'CmdOrCtrl');
}
