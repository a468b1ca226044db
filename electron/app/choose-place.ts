import { dialog, type BrowserWindow } from 'electron';
import { dirname, join } from 'node:path';
import { offerFolder } from './offer-folder.ts';

export interface PlaceWanted {
  /** Of an export, a file or a folder; or the folder of a tier, or of a backup. */
  readonly kind: 'file' | 'folder' | 'tier' | 'backup';
  /** Name of the file that is offered; unused for a folder. */
  readonly name: string;
}

/** Asks where files are to go, for exports the store's own folder being offered. Null when the user rather not. */
export async function choosePlace(
  window: BrowserWindow,
  storeFolder: string,
  { kind, name }: PlaceWanted,
): Promise<{ readonly path: string } | null> {
  // Both lie outside of the store.
  if (kind === 'backup') return chooseFolder(window, 'Back up to a folder', dirname(storeFolder));
  if (kind === 'tier') return chooseFolder(window, 'Folder of the tier', dirname(storeFolder));
  const offered = join(storeFolder, 'exports');
  return offerFolder(offered, async () => {
    if (kind === 'folder') return chooseFolder(window, 'Export to a folder', offered);
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Export to a file',
      defaultPath: join(offered, name),
    });
    return canceled || filePath === '' ? null : { path: filePath };
  });
}

async function chooseFolder(
  window: BrowserWindow,
  title: string,
  defaultPath: string,
): Promise<{ readonly path: string } | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    defaultPath,
    properties: ['openDirectory', 'createDirectory'],
  });
  const [path] = filePaths;
  return canceled || path === undefined ? null : { path };
}
