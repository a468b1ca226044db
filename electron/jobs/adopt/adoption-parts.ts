import type { Engine } from '../../engine/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import { isDroppedPart } from '../../imports/dropped-parts.ts';
import type { Store } from '../../storage/store.ts';
import type { PartitionLocks } from '../partition-locks.ts';

export interface AdoptionParts {
  readonly store: Store;
  readonly root: string;
  readonly storeId: string;
  readonly zone: string;
  readonly clock: Clock;
  readonly trashDays: number;
  readonly locks: PartitionLocks;
  /** Files come and change under their names here, so that nothing that was read once may be taken for granted. */
  readonly createEngine: () => Promise<Engine>;
}

/** What the steps of taking files in share while a store is open. */
export interface AdoptionStep extends AdoptionParts {
  /** Started when it is first needed. */
  readonly engine: () => Promise<Engine>;
  /** Says something about a file, once. */
  readonly note: (text: string) => void;
}

/** Whether a file is a part that the store does not have. */
export function isCandidate(store: Store, path: string): boolean {
  // What this process writes itself has its record a moment after its name.
  return !path.includes(`-${store.writer}-`) && isDroppedPart(store.catalog, path);
}
