import { WorkbenchError } from '#shared/errors';
import { nativeImage, type BrowserWindow } from 'electron';
import { dirname, join } from 'node:path';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';
import { imagePath } from '../storage/layout.ts';
import { chooseFile } from './choose-file.ts';
import { writePngToClipboard } from './compat.ts';
import { offerFolder } from './offer-folder.ts';

export interface ChartImage {
  readonly png: Uint8Array;
  readonly symbol: string;
  readonly timeframe: string;
}

/** Asks where to save a picture, the store's own folder for images being offered. Null when the user rather not. */
export async function saveImage(
  window: BrowserWindow,
  storeFolder: string,
  { png, symbol, timeframe }: ChartImage,
): Promise<{ readonly file: string } | null> {
  const offered = join(storeFolder, ...imagePath(symbol, timeframe).split('/'));
  return offerFolder(dirname(offered), async () => {
    const file = await chooseFile(window, {
      title: 'Save a picture of the chart',
      defaultPath: offered,
      ending: 'png',
      kind: 'PNG picture',
    });
    if (file === null) return null;
    await write(file, png);
    return { file };
  });
}

/** Puts a picture on the clipboard. */
export async function copyImage(png: Uint8Array): Promise<null> {
  const image = nativeImage.createFromBuffer(Buffer.from(png));
  if (image.isEmpty()) throw new WorkbenchError('argument-invalid', 'window.copyImage: the PNG is damaged');
  await writePngToClipboard(png);
  return null;
}

async function write(file: string, png: Uint8Array): Promise<void> {
  await writeFileAtomically(file, png).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    const kind = code === 'ENOSPC' ? 'disk-full' : code === 'EACCES' ? 'permission-denied' : 'disk-failed';
    throw new WorkbenchError(kind, `${file} was not written: ${message}`, { cause: error });
  });
}
