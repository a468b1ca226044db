import type { BrowserWindow, NativeImage } from 'electron';
import { dirname } from 'node:path';
import { makeFolder } from '../platform/make-folder.ts';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';

/** What was painted last needs a frame or two to reach the compositor. */
const settleMs = 300;
const mostTries = 20;

/**
 * Saves what the window shows as a PNG file, whole or not at all, and returns its size in pixels.
 *
 * Throws when the compositor hands out nothing but empty pictures for several seconds.
 */
export async function saveScreenshot(window: BrowserWindow, file: string) {
  // On a virtual display the pointer rests in the middle of the window, and the chart would follow it.
  window.webContents.sendInputEvent({ type: 'mouseMove', x: -1, y: -1 });
  const picture = await captureWindow(window);
  await makeFolder(dirname(file));
  await writeFileAtomically(file, picture.toPNG());
  return picture.getSize();
}

/** Before the window has reached the screen, and at times on a loaded machine, the compositor has no picture of it. */
async function captureWindow(window: BrowserWindow): Promise<NativeImage> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const picture = await window.webContents.capturePage();
    if (!picture.isEmpty()) return picture;
    // A page on which nothing moves would never be painted again, at times not even when it is told to: another size
    // gives it another surface.
    window.webContents.invalidate();
    const [width = 0, height = 0] = window.getContentSize();
    window.setContentSize(width, height + 1);
    window.setContentSize(width, height);
  }
  throw new Error('The window could not be captured: its picture is empty.');
}
