import { app } from 'electron';
import { performance } from 'node:perf_hooks';
import { saveScreenshot } from './save-screenshot.ts';
import type { WorkbenchWindow } from './workbench-window.ts';

const limitMs = 120_000;

/** Saves what a window shows once it has painted, prints one line of JSON about it, and ends the program. */
export async function takePicture(
  { window, firstPaint }: WorkbenchWindow,
  file: string,
  opened: Promise<void>,
): Promise<void> {
  const shownAt = new Promise<number>((resolve) => window.once('show', () => resolve(Date.now())));
  const limit = setTimeout(() => {
    console.error(`Nothing was painted within ${limitMs / 1000} s, so there is no picture.`);
    app.exit(1);
  }, limitMs);
  try {
    await opened;
    const painted = await firstPaint.happened;
    // The page may have painted before the window is on the screen, and then there is nothing to capture.
    const shown = await shownAt;
    const size = await saveScreenshot(window, file);
    const started = startedAt();
    console.log(
      JSON.stringify({
        file,
        ...size,
        windowMs: Math.round(shown - started),
        paintedMs: Math.round(painted.at - started),
        pageMs: Math.round(painted.elapsedMs),
        bars: painted.bars,
        objects: painted.objects,
        electron: process.versions.electron,
        chrome: process.versions.chrome,
      }),
    );
    app.quit();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    app.exit(1);
  } finally {
    clearTimeout(limit);
  }
}

/** When the launcher started this process; without a launcher, when its first script could run. */
export function startedAt(): number {
  const told = Number(process.env['TAPEDECK_STARTED_AT']);
  return told > 0 ? told : performance.timeOrigin;
}
