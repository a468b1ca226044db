import { clipboard, ClipboardItem, nativeImage, type NativeImage } from 'electron';

/** What versions of Electron before 44 offer in place of clipboard items. */
interface OlderClipboard {
  readonly writeImage: (image: NativeImage) => void;
}

/** Puts a PNG picture on the clipboard, whichever way this version of Electron has. */
export async function writePngToClipboard(png: Uint8Array): Promise<void> {
  if ('writeImage' in clipboard) {
    (clipboard as unknown as OlderClipboard).writeImage(nativeImage.createFromBuffer(Buffer.from(png)));
    return;
  }
  await clipboard.write([new ClipboardItem({ 'image/png': new Blob([Buffer.from(png)]) })]);
}
