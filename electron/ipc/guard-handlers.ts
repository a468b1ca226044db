import { WorkbenchError } from '#shared/errors';
import type { StoreHandlers } from './handlers.ts';

/** The same answers for a store that may only be read: every call that would change it says why it cannot. */
export function refuseWrites(handlers: StoreHandlers, reason: string): StoreHandlers {
  const refuse = () => Promise.reject(new WorkbenchError('store-read-only', reason));
  return {
    ...handlers,
    candles: { ...handlers.candles, append: refuse, replaceDay: refuse },
    objects: { ...handlers.objects, append: refuse, rebuild: refuse },
    journal: { ...handlers.journal, append: refuse },
    compaction: { ...handlers.compaction, start: refuse, run: refuse },
    jobs: { ...handlers.jobs, resume: refuse },
    schedules: { ...handlers.schedules, save: refuse, remove: refuse, run: refuse },
    rollups: { ...handlers.rollups, start: refuse, refresh: refuse },
    holds: { ...handlers.holds, add: refuse, release: refuse },
    retention: { ...handlers.retention, saveSettings: refuse, start: refuse },
    trash: { ...handlers.trash, restore: refuse, startRestore: refuse, purge: refuse, startPurge: refuse },
    verify: {
      run: (request, signal, caller) =>
        request.repair === true ? refuse() : handlers.verify.run(request, signal, caller),
      start: (request, signal, caller) =>
        request.repair === true ? refuse() : handlers.verify.start(request, signal, caller),
    },
    adoption: { run: refuse, start: refuse },
    imports: { ...handlers.imports, start: refuse },
    tiers: { ...handlers.tiers, save: refuse, start: refuse },
    store: { ...handlers.store, checkpoint: refuse },
    quality: {
      ...handlers.quality,
      markExpected: refuse,
      withdrawMark: refuse,
      startQuarantine: refuse,
    },
    settings: { ...handlers.settings, change: refuse },
    sql: { ...handlers.sql, saveQuery: refuse, deleteQuery: refuse },
    exports: { ...handlers.exports, saveProfile: refuse, deleteProfile: refuse },
  };
}

/** The same answers, where those that list, copy or merge files first take in what other programs have put there. */
export function afterDropped(handlers: StoreHandlers, takeIn: () => Promise<void>): StoreHandlers {
  let last: Promise<unknown> = Promise.resolve();
  /** In the order of the calls: one that takes the place of an earlier one must not come before it. */
  const settled = () => {
    // A disk that takes no more is no reason not to answer.
    const turn = Promise.all([last, takeIn().catch(() => undefined)]);
    last = turn;
    return turn;
  };
  return {
    ...handlers,
    compaction: {
      plan: (...call) => settled().then(() => handlers.compaction.plan(...call)),
      overview: (...call) => settled().then(() => handlers.compaction.overview(...call)),
      start: (...call) => settled().then(() => handlers.compaction.start(...call)),
      run: (...call) => settled().then(() => handlers.compaction.run(...call)),
    },
    retention: {
      ...handlers.retention,
      plan: (...call) => settled().then(() => handlers.retention.plan(...call)),
      start: (...call) => settled().then(() => handlers.retention.start(...call)),
    },
    imports: {
      // Whoever ends a look must not come before it.
      endLook: (...call) => settled().then(() => handlers.imports.endLook(...call)),
      inspect: (...call) => settled().then(() => handlers.imports.inspect(...call)),
      start: (...call) => settled().then(() => handlers.imports.start(...call)),
    },
    files: { list: (...call) => settled().then(() => handlers.files.list(...call)) },
    quality: {
      ...handlers.quality,
      assess: (...call) => settled().then(() => handlers.quality.assess(...call)),
      startCheck: (...call) => settled().then(() => handlers.quality.startCheck(...call)),
    },
    verify: {
      run: (...call) => settled().then(() => handlers.verify.run(...call)),
      start: (...call) => settled().then(() => handlers.verify.start(...call)),
    },
    backups: {
      plan: (...call) => settled().then(() => handlers.backups.plan(...call)),
      start: (...call) => settled().then(() => handlers.backups.start(...call)),
    },
    exports: {
      ...handlers.exports,
      plan: (...call) => settled().then(() => handlers.exports.plan(...call)),
      start: (...call) => settled().then(() => handlers.exports.start(...call)),
      run: (...call) => settled().then(() => handlers.exports.run(...call)),
    },
  };
}
