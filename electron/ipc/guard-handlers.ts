import { WorkbenchError } from '#shared/errors';
import type { StoreHandlers } from './handlers.ts';

/** The same answers for a store that may only be read: every call that would change it says why it cannot. */
export function refuseWrites(handlers: StoreHandlers, reason: string): StoreHandlers {
  const refuse = () => Promise.reject(new WorkbenchError('store-read-only', reason));
  return {
    ...handlers,
    candles: { ...handlers.candles, append: refuse, replaceDay: refuse },
    objects: { ...handlers.objects, append: refuse, rebuild: refuse },
    compaction: { ...handlers.compaction, run: refuse },
    rollups: { ...handlers.rollups, refresh: refuse },
    trash: { ...handlers.trash, restore: refuse, purge: refuse },
    verify: {
      run: (request, signal) => (request.repair === true ? refuse() : handlers.verify.run(request, signal)),
    },
    adoption: { run: refuse },
  };
}

/** The same answers, where those that list or merge files first take in what other programs have put there. */
export function afterDropped(handlers: StoreHandlers, takeIn: () => Promise<void>): StoreHandlers {
  // A disk that takes no more is no reason not to answer.
  const settled = () => takeIn().catch(() => undefined);
  return {
    ...handlers,
    compaction: {
      plan: (request, signal) => settled().then(() => handlers.compaction.plan(request, signal)),
      run: (request, signal) => settled().then(() => handlers.compaction.run(request, signal)),
    },
    files: { list: (request, signal) => settled().then(() => handlers.files.list(request, signal)) },
    verify: { run: (request, signal) => settled().then(() => handlers.verify.run(request, signal)) },
  };
}
