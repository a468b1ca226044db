import type { ProfileList } from '#shared/domain/export-profile';
import type { Client } from '#shared/ipc';
import { settle, type Loadable } from '../data/problem.ts';

/** Ways to export, and what of exporting is asked of main. */
export interface ExportsSlice {
  readonly profiles: Loadable<ProfileList>;
  readonly calls: Client['exports'];
  /** Reads the profiles again; those that are shown stay until they are there. */
  readonly load: () => Promise<void>;
}

/** Without profiles until `load`, which shows why it failed; `calls` reject with a `WorkbenchError`. */
export function exportsSlice(client: Client, set: (change: Partial<ExportsSlice>) => void): ExportsSlice {
  return {
    profiles: { phase: 'idle' },
    calls: client.exports,
    load: async () => set({ profiles: await settle(client.exports.profiles({})) }),
  };
}
