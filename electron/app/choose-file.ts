import { dialog, type BrowserWindow } from 'electron';
import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';

export interface FileWanted {
  readonly title: string;
  /** The place and name that are offered. */
  readonly defaultPath: string;
  /** Added to a name without any, such as `csv`. */
  readonly ending: string;
  /** What files with it are, in the user's words. */
  readonly kind: string;
}

/**
 * Asks for the place of one file that is to be written; a file that is there is replaced only if the user agreed. Null
 * when the user rather not.
 */
export async function chooseFile(
  window: BrowserWindow,
  { title, defaultPath, ending, kind }: FileWanted,
): Promise<string | null> {
  const filters = [{ name: kind, extensions: [ending] }];
  const { canceled, filePath } = await dialog.showSaveDialog(window, { title, defaultPath, filters });
  if (canceled || filePath === '') return null;
  if (extname(filePath) !== '') return filePath;
  const file = `${filePath}.${ending}`;
  // The system has asked about the name without the ending.
  return !existsSync(file) || (await mayReplace(window, title, file)) ? file : null;
}

async function mayReplace(window: BrowserWindow, title: string, file: string): Promise<boolean> {
  const buttons = ['Cancel', 'Replace'];
  const { response } = await dialog.showMessageBox(window, {
    ...{ type: 'warning', title, buttons, defaultId: 0, cancelId: 0 },
    message: `${basename(file)} is there already. Replace it?`,
    detail: file,
  });
  return response === buttons.indexOf('Replace');
}
