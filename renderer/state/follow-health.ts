import { hasEnded } from '#shared/domain/job';
import type { Client } from '#shared/ipc';
import type { WorkbenchStore } from './store.ts';

const intervalMs = 60_000;

/** Looks at the health of the store every minute, and when a job has ended. */
export function followHealth(store: WorkbenchStore, client: Client): void {
  const load = () => void store.getState().upkeep.loadHealth();
  client.jobs.changed((jobs) => {
    if (jobs.some(hasEnded)) load();
  });
  setInterval(load, intervalMs);
  load();
}
