import type { AuditEntry, AuditList, Fate } from '#shared/domain/trash';
import { z } from 'zod';
import { findDataset } from '#schemas/index';
import { tombstoneFolder } from '../../storage/layout.ts';
import type { Store } from '../../storage/store.ts';
import { walkFiles } from '../../storage/walk-files.ts';

export type Audit = (limit?: number) => Promise<AuditList>;

const tombstoneRecord = z.object({
  job: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      dataset: z.string(),
      timeframe: z.string(),
      rows: z.number(),
      sizeBytes: z.number(),
      atMs: z.number(),
      deadlineMs: z.number().nullable(),
      replacedBy: z.string().nullable(),
      reason: z.string().optional(),
    }),
  ),
});

type TombstoneRecord = z.infer<typeof tombstoneRecord>;

const usualLimit = 2_000;

/** Tells of every file that ever left a store: what it was, why, when, by which job, and where it is now. */
export function createAudit(store: Store): Audit {
  // A tombstone is written once and never changes.
  const known = new Map<string, TombstoneRecord>();

  async function read(path: string): Promise<TombstoneRecord | null> {
    const before = known.get(path);
    if (before !== undefined) return before;
    try {
      const bytes = await store.fs.read(path);
      const record = tombstoneRecord.parse(JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())));
      known.set(path, record);
      return record;
    } catch {
      return null;
    }
  }

  function fateOf(path: string, job: string, dataset: string): Fate {
    const dead = store.catalog.deadFile(path);
    if (dead?.job === job) return dead.place === 'trash' ? 'in-trash' : 'in-place';
    if (findDataset(dataset) === undefined) return 'purged';
    return store.catalog.get(path) !== undefined || dead !== undefined ? 'restored' : 'purged';
  }

  return async (limit = usualLimit) => {
    const entries: AuditEntry[] = [];
    const unreadable: string[] = [];
    const recorded = new Set<string>();
    for (const { path, kind } of (await walkFiles(store.fs, tombstoneFolder)).files) {
      if (kind !== 'file' || !path.endsWith('.json')) continue;
      const record = await read(path);
      if (record === null) {
        unreadable.push(path);
        continue;
      }
      for (const { reason, ...file } of record.files) {
        recorded.add(`${record.job}|${file.path}`);
        entries.push({
          ...file,
          job: record.job,
          reason: reason ?? usualReason(file.replacedBy, file.dataset),
          fate: fateOf(file.path, record.job, file.dataset),
        });
      }
    }
    // Those of this moment, whose record is not written before they are moved.
    for (const dead of store.catalog.deadFiles()) {
      if (recorded.has(`${dead.job}|${dead.path}`)) continue;
      const { path, dataset, timeframe, rows, sizeBytes, job, atMs, deadlineMs, replacedBy } = dead;
      entries.push({
        ...{ path, dataset, timeframe, rows, sizeBytes, job, atMs, deadlineMs, replacedBy },
        reason: dead.reason ?? usualReason(replacedBy, dataset),
        fate: dead.place === 'trash' ? 'in-trash' : 'in-place',
      });
    }
    entries.sort((a, b) => b.atMs - a.atMs || (a.path < b.path ? -1 : 1));
    return { entries: entries.slice(0, limit), more: Math.max(0, entries.length - limit), unreadable };
  };
}

function usualReason(replacedBy: string | null, dataset: string): string {
  if (replacedBy !== null) return 'its rows are in another file now';
  return dataset === 'rollups' ? 'what it was made from has changed' : 'it was not needed any more';
}
