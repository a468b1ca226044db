import { appCommands } from '#shared/domain/app-commands';
import { shortcut } from '../../data/shortcut.ts';
import type { Command } from './command.ts';

/** Opens the sheet of an import, as it was left. */
export const importFiles: Command = {
  id: appCommands.importFiles.id,
  title: 'Import…',
  section: 'Store',
  hint: 'Bars from CSV, JSON, Parquet, Arrow, Lean and Binance files',
  words: 'files folder csv json parquet arrow lean binance klines load drop wizard',
  shortcuts: [shortcut(appCommands.importFiles.keys)],
  keysHold: 'menu',
  run: (store) => store.getState().overlay.show('import'),
};
