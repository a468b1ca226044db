import { randomBytes } from 'node:crypto';
import { createExporter } from './exports/exporter.ts';
import { collectChanges } from './host/collect-changes.ts';
import type { HostOptions } from './host/host-options.ts';
import { createServices } from './host/services.ts';
import { createStoreChangers } from './host/store-changers.ts';
import { openStoreCore } from './host/store-core.ts';
import { createStoreReaders } from './host/store-readers.ts';
import { startUpkeep } from './host/store-upkeep.ts';
import { afterDropped, refuseWrites } from './ipc/guard-handlers.ts';
import type { StoreHandlers } from './ipc/handlers.ts';
import { JobQueue } from './jobs/queue/job-queue.ts';
import { systemClock } from './platform/clock.ts';
import type { Store } from './storage/store.ts';

/** A store opened in this process, and the answers to its contract. */
export interface StoreHost {
  readonly store: Store;
  readonly handlers: StoreHandlers;
  /** Told of every event of the contract that concerns the store. */
  readonly onEvent: (listener: (channel: string, payload: unknown) => void) => void;
  /** Stops what runs and queues nothing more; the store still answers. */
  readonly stopJobs: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Builds the services of one store and hands them to one another. */
export async function createStoreHost(options: HostOptions): Promise<StoreHost> {
  const isOwner = options.access === 'owner';
  const core = await openStoreCore(options);
  const { store, source, tiers } = core;
  const jobs = new JobQueue({
    fs: store.fs,
    clock: systemClock,
    access: options.access,
    keepsHistory: isOwner || options.keepsHistory === true,
    drawSuffix: () => randomBytes(2).toString('hex'),
  });
  const readers = createStoreReaders(core, options);
  const changers = createStoreChangers(core, readers, options);
  const { adoption, currentObjects, trash } = changers;
  if (isOwner) {
    await currentObjects.start();
    adoption.start();
  } else source?.follow(store);
  const exporter = createExporter(options.startChild);
  const services = createServices({ core, readers, changers, options, jobs, exporter });
  const { schedules, health, handlers, backups } = services;
  const stopUpkeep = startUpkeep({ store, tiers, trash, health, backups, isOwner });
  const stopJobs = async () => {
    await schedules.close();
    await jobs.close();
  };
  return {
    store,
    handlers:
      source === null
        ? afterDropped(handlers, adoption.takeIn)
        : refuseWrites(handlers, source.readOnlyReason),
    onEvent(listener) {
      collectChanges(store, (payload) => listener('store.changed', payload));
      jobs.onChange((payload) => listener('jobs.changed', payload));
      schedules.onChange(() => listener('schedules.changed', { atMs: systemClock() }));
    },
    stopJobs,
    async close() {
      stopUpkeep();
      await stopJobs();
      for (const reader of [...readers.barReaders, changers.averagedBars]) reader.close();
      for (const program of [changers.compactor, changers.importer, readers.userQueries, exporter])
        program.close();
      await adoption.close();
      await source?.close();
      if (isOwner) await currentObjects.close().catch(() => undefined);
      await trash.settled();
      await store.close();
      core.closeEngines();
    },
  };
}
