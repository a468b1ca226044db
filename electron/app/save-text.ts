import { dialog, type BrowserWindow } from 'electron';
import { extname, join } from 'node:path';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';
import { diskError } from '../storage/disk-error.ts';

export interface SavedText {
  readonly text: string;
  /** With `.csv` or `.json`. */
  readonly name: string;
}

/** Asks where to save a text, beside the store's folder at first. Null when the user rather not. */
export async function saveText(
  window: BrowserWindow,
  storeFolder: string,
  { text, name }: SavedText,
): Promise<{ readonly file: string } | null> {
  const extension = extname(name).slice(1);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save a list',
    defaultPath: join(storeFolder, '..', name),
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  });
  if (canceled || filePath === '') return null;
  const file = extname(filePath) === '' ? `${filePath}.${extension}` : filePath;
  await writeFileAtomically(file, text).catch((error: unknown) => {
    throw diskError(error);
  });
  return { file };
}
