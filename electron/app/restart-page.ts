import type { BrowserWindow } from 'electron';
import { noticeAddress } from './notice-page.ts';

const mostRestarts = 3;
const withinMs = 60_000;

/** Loads the page again when its process died, but not for ever: a page that always dies stays down, and says so. */
export function restartPageWhenGone(window: BrowserWindow): void {
  let restarts: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    console.error(`The process of the page ended: ${reason}`);
    const now = Date.now();
    restarts = [...restarts.filter((at) => now - at < withinMs), now];
    const restart = () => {
      if (window.isDestroyed()) return;
      if (restarts.length <= mostRestarts) window.webContents.reload();
      else void window.loadURL(gaveUp(reason));
    };
    // Chromium is still putting the dead process away.
    setImmediate(restart);
  });
}

function gaveUp(reason: string): string {
  return noticeAddress({
    title: 'The window keeps ending',
    text: `Its process ended ${mostRestarts + 1} times within a minute (${reason}). Your store is not touched by this. Close the window and start again.`,
    isBusy: false,
  });
}
