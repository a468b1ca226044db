import { appCommands } from '#shared/domain/app-commands';
import { shortcut } from '../../data/shortcut.ts';
import {
  copyChartImage,
  copyChartLink,
  openAnotherStore,
  openWindow,
  saveChartImage,
  showStoreFolder,
} from '../share-commands.ts';
import { hasChart, isWorkbench, type Command } from './command.ts';

export const copyLink: Command = {
  id: 'share.copy-link',
  title: 'Copy link',
  section: 'Share',
  words: 'deep link address url clipboard',
  shortcuts: [shortcut('Alt+C')],
  isEnabled: hasChart,
  run: copyChartLink,
};

export const copyImage: Command = {
  id: 'share.copy-image',
  title: 'Copy image',
  section: 'Share',
  words: 'picture screenshot clipboard chart',
  isEnabled: ({ window }) => window.paintChart !== null,
  run: copyChartImage,
};

export const saveImage: Command = {
  id: 'share.save-image',
  title: 'Save image…',
  section: 'Share',
  words: 'picture screenshot snapshot png file chart',
  shortcuts: [shortcut('Alt+S')],
  isEnabled: ({ window }) => window.paintChart !== null,
  run: saveChartImage,
};

export const newWindow: Command = {
  id: appCommands.newWindow.id,
  title: 'New window',
  section: 'Share',
  words: 'second monitor',
  shortcuts: [shortcut(appCommands.newWindow.keys)],
  keysHold: 'menu',
  run: (store) => openWindow(store, null),
};

export const linkWindows: Command = {
  id: 'share.link-windows',
  title: 'Link with other windows',
  section: 'Share',
  words: 'sync follow symbol time',
  isOn: ({ window }) => window.isLinked,
  run: (store) => {
    const { window } = store.getState();
    window.setLinked(!window.isLinked);
  },
};

export const windowCommands: readonly Command[] = [
  copyLink,
  copyImage,
  saveImage,
  newWindow,
  linkWindows,
  {
    id: 'share.menu',
    title: 'Links, pictures and windows…',
    section: 'Share',
    isEnabled: isWorkbench,
    run: (store) => store.getState().overlay.show('share'),
  },
  {
    id: appCommands.openStore.id,
    title: 'Open a store…',
    section: 'Store',
    words: 'folder begin other',
    shortcuts: [shortcut(appCommands.openStore.keys)],
    keysHold: 'menu',
    run: openAnotherStore,
  },
  {
    id: 'store.show-folder',
    title: 'Show the store in its folder',
    section: 'Store',
    words: 'files explorer finder',
    run: showStoreFolder,
  },
];
