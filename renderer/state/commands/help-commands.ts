import { appCommands } from '#shared/domain/app-commands';
import { shortcut } from '../../data/shortcut.ts';
import type { Command } from './command.ts';

export const openPalette: Command = {
  id: appCommands.palette.id,
  title: 'Find a command…',
  section: 'Help',
  words: 'palette search',
  shortcuts: [shortcut('Mod+K')],
  run: (store) => {
    const { overlay } = store.getState();
    if (overlay.open === 'palette') overlay.hide('palette');
    else overlay.show('palette');
  },
};

export const openShortcuts: Command = {
  id: appCommands.shortcuts.id,
  title: 'Keyboard shortcuts',
  section: 'Help',
  words: 'keys sheet help',
  shortcuts: [shortcut('?')],
  run: (store) => store.getState().overlay.show('shortcuts'),
};

export const openAbout: Command = {
  id: appCommands.about.id,
  title: 'About Tapedeck',
  section: 'Help',
  words: 'version licences attribution',
  run: (store) => store.getState().overlay.show('about'),
};

export const helpCommands: readonly Command[] = [openPalette, openShortcuts, openAbout];
