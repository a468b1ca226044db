import { WorkbenchError } from '#shared/errors';
import type { OwnerLock } from '../platform/owner-lock.ts';

/** Whether this process still owns its store. What is lost once stays lost: another process may have written since. */
export interface Ownership {
  readonly isLost: () => boolean;
  /** Throws `store-owned` once it is lost. */
  readonly refuseLost: () => void;
  /** The same after a look at the lock. */
  readonly ensure: () => Promise<void>;
  /** Told once. */
  readonly onLost: (listener: () => void) => void;
}

/** Follows a lock, by its heartbeat and whenever it is asked. */
export function createOwnership(lock: OwnerLock, folder: string): Ownership {
  const listeners: (() => void)[] = [];
  let isLost = false;

  function lose(): void {
    if (isLost) return;
    isLost = true;
    for (const listener of listeners) listener();
  }

  function refuseLost(): void {
    if (!isLost) return;
    const what = 'its lock was removed, moved away or taken over';
    throw new WorkbenchError('store-owned', `${folder} is no longer owned by this process: ${what}`);
  }

  lock.onLost(lose);
  return {
    isLost: () => isLost,
    refuseLost,
    async ensure() {
      if (!isLost && !(await lock.isHeld())) lose();
      refuseLost();
    },
    onLost: (listener) => void listeners.push(listener),
  };
}
