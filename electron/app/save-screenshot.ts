import type { BrowserWindow } from 'electron';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What was painted last needs a frame or two to reach the compositor. */
const settleMs = 300;

/** Saves what the window shows as a PNG file, and returns its size in pixels. */
export async function saveScreenshot(window: BrowserWindow, file: string) {
  // On a virtual display the pointer rests in the middle of the window, and the chart would follow it.
  window.webContents.sendInputEvent({ type: 'mouseMove', x: -1, y: -1 });
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const picture = await window.webContents.capturePage();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, picture.toPNG());
  return picture.getSize();
}
