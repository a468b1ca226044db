import { MINUTE } from '#shared/units';
import { vi } from 'vitest';
import { moveToTrash } from '../../../electron/jobs/trash/move-to-trash.ts';
import { candleRow, createLedger, type Account } from './ledger.ts';
import { fingerprint } from './fingerprint.ts';
import type { ModelDisk } from './model-disk.ts';
import { createModelFs } from './model-fs.ts';
import { modelStart, openModelStore, readerOf } from './model-store.ts';
import { readBack } from './read-back.ts';
import { batchesOf } from './stage.ts';
import { strayFiles, violations } from './violations.ts';

/** A disk as it was between two calls, and what the store had promised by then. */
export interface Moment {
  readonly call: number;
  readonly disk: ModelDisk;
  readonly account: Account;
  /** What was going on. */
  readonly step: string;
}

export interface Recovery {
  readonly wrong: readonly string[];
  readonly moments: readonly Moment[];
}

/** Of rows that no script writes. */
const firstLateNumber = 1_000_000;

/** Opens a store on a disk and checks that it holds what was promised and, if asked, that it can go on from there. */
export async function recover(disk: ModelDisk, account: Account, goesOn: boolean): Promise<Recovery> {
  const moments: Moment[] = [];
  const ledger = createLedger(account);
  const fs = createModelFs({
    disk,
    onCall: ({ number: call }, before) => {
      if (moments.at(-1)?.disk !== before)
        moments.push({ call, disk: before, account: ledger.account(), step: 'recovery' });
      return null;
    },
  });
  const wrong: string[] = [];
  try {
    // Of two equal disks one is the same as the other to the last name.
    const { store, compaction } = await openModelStore(fs, { writer: fingerprint(disk).slice(0, 8) });
    wrong.push(...violations(account, await readBack(store)).map((text) => `opened: ${text}`));
    if (!goesOn) return { wrong, moments };

    const number = firstLateNumber + account.writes.length;
    const row = candleRow(number, 'LATE', '5m', modelStart + (account.writes.length % 288) * 5 * MINUTE);
    const late = ledger.write([row]);
    await store.append(batchesOf([row]));
    ledger.acknowledge(late);
    await moveToTrash(store);
    await compaction.run({});
    wrong.push(...violations(ledger.account(), await readBack(store)).map((text) => `compacted: ${text}`));
    await store.close();

    const reader = await readerOf(fs);
    wrong.push(...violations(ledger.account(), await readBack(reader)).map((text) => `read again: ${text}`));
    wrong.push(...strayFiles(reader, fs.disk()).map((path) => `${path} was left behind`));
  } catch (error) {
    wrong.push(`failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    vi.clearAllTimers();
  }
  return { wrong, moments };
}
