import type { Bridge } from '#shared/ipc';

declare global {
  interface Window {
    /** Put there by preload. */
    readonly bridge: Bridge;
  }
}
