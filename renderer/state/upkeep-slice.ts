import type { HealthReport } from '#shared/domain/health';
import type { StoreSettings } from '#shared/domain/store-settings';
import type { Client } from '#shared/ipc';
import { problemOf, settle, type Loadable, type Problem } from '../data/problem.ts';

/** How the store is, and what can be chosen for it. */
export interface UpkeepSlice {
  /** What is shown stays until there is newer. */
  readonly health: Loadable<HealthReport>;
  readonly settings: Loadable<StoreSettings>;
  readonly loadHealth: () => Promise<void>;
  readonly loadSettings: () => Promise<void>;
  /** Answers why a change was refused; null when it holds. */
  readonly changeSettings: (change: Readonly<Record<string, unknown>>) => Promise<Problem | null>;
  /** Shortens the log to what the store holds now. */
  readonly writeCheckpoint: () => Promise<void>;
  /** Begins a check of every file. */
  readonly verify: Client['verify']['start'];
}

/**
 * Knows nothing until it is loaded. What fails is shown, or answered as a problem; `writeCheckpoint` and `verify`
 * reject with a `WorkbenchError`.
 */
export function upkeepSlice(
  client: Client,
  set: (change: Partial<UpkeepSlice>) => void,
  get: () => UpkeepSlice,
): UpkeepSlice {
  return {
    health: { phase: 'idle' },
    settings: { phase: 'idle' },
    verify: (request) => client.verify.start(request),

    async loadHealth() {
      if (get().health.phase === 'idle') set({ health: { phase: 'loading' } });
      set({ health: await settle(client.health.check({})) });
    },

    async loadSettings() {
      if (get().settings.phase === 'idle') set({ settings: { phase: 'loading' } });
      set({ settings: await settle(client.settings.read({})) });
    },

    async changeSettings(change) {
      try {
        const { settings } = await client.settings.change({ change });
        set({ settings: { phase: 'ready', value: settings } });
        return null;
      } catch (error) {
        return problemOf(error);
      }
    },

    async writeCheckpoint() {
      await client.store.checkpoint({});
      await get().loadHealth();
    },
  };
}
