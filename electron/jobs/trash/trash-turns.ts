import { wordingDiskErrors } from '../../storage/disk-error.ts';
import type { Store } from '../../storage/store.ts';

const lastTurns = new WeakMap<Store, Promise<unknown>>();

/** One at a time: what one call moves, another must not purge or bring back. */
export function inTurn<T>(store: Store, act: () => Promise<T>): Promise<T> {
  const turn = (lastTurns.get(store) ?? Promise.resolve()).then(() => wordingDiskErrors(act));
  lastTurns.set(
    store,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Returns when nothing is being moved or removed. */
export async function turnsEnded(store: Store): Promise<void> {
  let last: Promise<unknown> | undefined;
  while (last !== lastTurns.get(store)) await (last = lastTurns.get(store));
}
