import type { Contract } from '#shared/ipc';
import type { Settings } from '../jobs/store-settings.ts';
import type { Handlers } from './handlers.ts';

export function settingsHandlers(settings: Settings): Handlers<Contract['settings']> {
  return {
    read: () => Promise.resolve(settings.read()),
    change: ({ change }) => settings.change(change),
  };
}
