import { app } from 'electron';

const watchEveryMs = 2_000;

/** True when the launcher opened a display for this process that nobody sees. */
export function isOnVirtualDisplay(): boolean {
  return process.env['TAPEDECK_VIRTUAL_DISPLAY'] === '1';
}

/** Ends a window that nobody sees once its launcher is gone, as nobody is left to close it. */
export function quitWithLauncher(): void {
  const launcher = process.ppid;
  setInterval(() => {
    if (process.ppid !== launcher) app.quit();
  }, watchEveryMs).unref();
}
