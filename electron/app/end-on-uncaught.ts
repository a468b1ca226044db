import { app } from 'electron';

/**
 * Ends the process on what nobody caught. Electron would open a dialog instead, which without a screen waits for ever.
 * Imported first, for its effect.
 */
function end(error: unknown): void {
  console.error('Tapedeck ended on an error nobody caught:', error);
  app.exit(1);
}

process.on('uncaughtException', end);
process.on('unhandledRejection', end);
