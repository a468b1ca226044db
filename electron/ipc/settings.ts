import type { ChangedSettings, StoreSettings } from '#shared/domain/store-settings';
import type { Contract } from '#shared/ipc';
import type { Handlers } from './handlers.ts';

export interface Settings {
  readonly read: () => StoreSettings;
  readonly change: (change: Readonly<Record<string, unknown>>) => Promise<ChangedSettings>;
}

export function settingsHandlers(settings: Settings): Handlers<Contract['settings']> {
  return {
    read: () => Promise.resolve(settings.read()),
    change: ({ change }) => settings.change(change),
  };
}
