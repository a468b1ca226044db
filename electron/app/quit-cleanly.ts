import { app } from 'electron';

/**
 * Lets `finish` run after the last window is gone and before the process ends, however it was asked to end.
 *
 * `finish` bounds its own time. The exit code is 1 when it failed.
 */
export function quitCleanly(finish: () => Promise<void>): void {
  let isFinishing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isFinishing) return;
    isFinishing = true;
    void finish().then(
      () => app.exit(0),
      (error: unknown) => {
        console.error('Tapedeck did not end cleanly:', error);
        app.exit(1);
      },
    );
  });
  app.on('window-all-closed', () => {
    // A Mac's programs stay without windows, and open one when they are chosen again.
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('browser-window-created', (_event, window) => {
    // Windows ends a session without a signal.
    if (process.platform === 'win32') window.on('session-end', () => app.quit());
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}
