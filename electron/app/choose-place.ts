import { dialog, type BrowserWindow } from 'electron';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface PlaceWanted {
  readonly kind: 'file' | 'folder';
  /** Name of the file that is offered; unused for a folder. */
  readonly name: string;
}

/** Asks where files are to go, the store's own folder for exports being offered. Null when the user rather not. */
export async function choosePlace(
  window: BrowserWindow,
  storeFolder: string,
  { kind, name }: PlaceWanted,
): Promise<{ readonly path: string } | null> {
  const offered = join(storeFolder, 'exports');
  // A dialog cannot begin in a folder that is not there. Where it cannot be made, it begins elsewhere.
  await mkdir(offered, { recursive: true }).catch(() => undefined);
  if (kind === 'file') {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Export to a file',
      defaultPath: join(offered, name),
    });
    return canceled || filePath === '' ? null : { path: filePath };
  }
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Export to a folder',
    defaultPath: offered,
    properties: ['openDirectory', 'createDirectory'],
  });
  const [path] = filePaths;
  return canceled || path === undefined ? null : { path };
}
