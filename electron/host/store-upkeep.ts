import type { BackupState } from '../jobs/backup/backup-state.ts';
import { moveToTrash } from '../jobs/trash/move-to-trash.ts';
import type { Trash } from '../jobs/trash/trash.ts';
import type { Tiers } from '../jobs/tiers/tiers.ts';
import type { Health } from '../queries/health/health.ts';
import type { Store } from '../storage/store.ts';

const purgeIntervalMs = 3_600_000;
/** A sample is taken where the newest is an hour old. */
const sizeIntervalMs = 60_000;
/** How soon a disk that comes or goes is noticed. */
const tierIntervalMs = 10_000;
/** A backup that is run again at once goes on with what the one before has copied. */
const settleDelayMs = 1_000;

export interface UpkeepParts {
  readonly store: Store;
  readonly tiers: Tiers;
  readonly trash: Trash;
  readonly health: Health;
  readonly backups: Pick<BackupState, 'settle'>;
  /** Others than the owner only look whether disks come and go. */
  readonly isOwner: boolean;
}

/**
 * Looks every while whether the disks of the tiers are there. An owner finishes what a crash left of moving files to the
 * trash and of backups, empties the trash of what is past its deadline, and keeps sizes so that growth can be told.
 * Answers what ends all that.
 */
export function startUpkeep({ store, tiers, trash, health, backups, isOwner }: UpkeepParts): () => void {
  const stops = [every(tierIntervalMs, tiers.look)];
  if (isOwner) {
    const keepTrash = async () => {
      await moveToTrash(store);
      await trash.purge();
    };
    keepTrash().catch(() => undefined);
    const timer = setTimeout(() => void backups.settle().catch(() => undefined), settleDelayMs);
    timer.unref();
    stops.push(() => clearTimeout(timer));
    stops.push(every(purgeIntervalMs, keepTrash), every(sizeIntervalMs, health.remember));
  }
  return () => stops.forEach((stop) => stop());
}

/** What cannot be done now is tried again, and is nothing that readers see. */
function every(intervalMs: number, act: () => Promise<unknown>): () => void {
  const timer = setInterval(() => void act().catch(() => undefined), intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
