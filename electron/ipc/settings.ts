import type { Contract } from '#shared/ipc';
import type { Settings } from '../jobs/store-settings.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on the store's settings, changes once they are on disk. */
export function settingsHandlers(settings: Settings): Handlers<Contract['settings']> {
  return {
    read: () => Promise.resolve(settings.read()),
    change: ({ change }) => settings.change(change),
  };
}
