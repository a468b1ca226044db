import type { BrowserWindow } from 'electron';
import { extname, join } from 'node:path';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';
import { diskError } from '../storage/disk-error.ts';
import { chooseFile } from './choose-file.ts';

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
  const ending = extname(name).slice(1);
  const file = await chooseFile(window, {
    title: 'Save a list',
    defaultPath: join(storeFolder, '..', name),
    ending,
    kind: ending.toUpperCase(),
  });
  if (file === null) return null;
  await writeFileAtomically(file, text).catch((error: unknown) => {
    throw diskError(error);
  });
  return { file };
}
