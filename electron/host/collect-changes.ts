import type { StoreChange } from '#shared/domain/store-summary';
import type { Store } from '../storage/store.ts';

const changeIntervalMs = 50;

/** Joins what changes within a moment into one event: a busy bot would otherwise send hundreds a second. */
export function collectChanges(
  store: Store,
  listener: (payload: { readonly sequence: number; readonly changes: readonly StoreChange[] }) => void,
): void {
  let changes: StoreChange[] = [];
  let timer: NodeJS.Timeout | undefined;
  store.onChange((change) => {
    changes.push(...change.changes);
    timer ??= setTimeout(() => {
      timer = undefined;
      listener({ sequence: store.sequence, changes: joinChanges(changes) });
      changes = [];
    }, changeIntervalMs);
  });
}

function joinChanges(changes: readonly StoreChange[]): StoreChange[] {
  const joined = new Map<string, StoreChange>();
  for (const change of changes) {
    const key = `${change.dataset}|${change.timeframe}|${change.symbol}`;
    const known = joined.get(key) ?? change;
    joined.set(key, {
      ...change,
      from: Math.min(known.from, change.from),
      until: Math.max(known.until, change.until),
      hasNewRows: known.hasNewRows || change.hasNewRows,
    });
  }
  return [...joined.values()];
}
