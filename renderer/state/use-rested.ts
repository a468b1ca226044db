import { useEffect, useState } from 'react';
import type { WorkbenchState } from './store.ts';
import { useWorkbenchStore } from './use-workbench.ts';

const restMs = 150;

/**
 * A part of the state as it last came to rest: what is panned or dragged changes with every frame, and a long list
 * made anew for each of them would hold the chart up. The selector has to be the same one every time.
 */
export function useRested<T>(select: (state: WorkbenchState) => T): T {
  const store = useWorkbenchStore();
  const [rested, setRested] = useState(() => select(store.getState()));
  useEffect(() => {
    let latest = select(store.getState());
    let timer = setTimeout(() => setRested(() => latest), restMs);
    const unsubscribe = store.subscribe((state) => {
      const next = select(state);
      if (next === latest) return;
      latest = next;
      clearTimeout(timer);
      timer = setTimeout(() => setRested(() => next), restMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [store, select]);
  return rested;
}
