import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { WorkbenchState, WorkbenchStore } from './store.ts';

export const StoreContext = createContext<WorkbenchStore | null>(null);

/** The store itself, for handlers that read when they run. Throws outside `StoreContext`. */
export function useWorkbenchStore(): WorkbenchStore {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('useWorkbenchStore outside StoreContext');
  return store;
}

/** Reads the store. `select` must return something already in the state: derive with `useMemo`, not here. */
export function useWorkbench<T>(select: (state: WorkbenchState) => T): T {
  return useStore(useWorkbenchStore(), select);
}
