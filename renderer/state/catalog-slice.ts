import type { StoreSummary, SymbolSummary } from '#shared/domain/store-summary';
import type { Client } from '#shared/ipc';
import { settle, type Loadable } from '../data/problem.ts';

/** The store as a whole, and what it holds. */
export interface CatalogSlice {
  readonly summary: Loadable<StoreSummary>;
  readonly symbols: Loadable<readonly SymbolSummary[]>;
  /** When something was last committed to the store, by the clock of this window; null until then. */
  readonly changedAt: number | null;
  /** When rows last came in, by the same clock; merging and moving files brings none. */
  readonly rowsAt: number | null;
  /** Reads both again; what is shown stays until the answers are there. */
  readonly load: () => Promise<void>;
  readonly noteChange: (at: number, hasRows: boolean) => void;
}

export function catalogSlice(
  client: Client,
  set: (change: Partial<CatalogSlice>) => void,
  get: () => CatalogSlice,
): CatalogSlice {
  let latest = 0;
  return {
    summary: { phase: 'idle' },
    symbols: { phase: 'idle' },
    changedAt: null,
    rowsAt: null,

    async load() {
      const ticket = ++latest;
      if (get().symbols.phase === 'idle')
        set({ summary: { phase: 'loading' }, symbols: { phase: 'loading' } });
      const [summary, symbols] = await Promise.all([
        settle(client.store.describe({})),
        settle(client.symbols.list({})),
      ]);
      if (ticket === latest) set({ summary, symbols });
    },

    noteChange(at, hasRows) {
      set(hasRows ? { changedAt: at, rowsAt: at } : { changedAt: at });
    },
  };
}

export function symbolIn(catalog: CatalogSlice, symbol: string | null): SymbolSummary | null {
  if (catalog.symbols.phase !== 'ready') return null;
  return catalog.symbols.value.find((summary) => summary.symbol === symbol) ?? null;
}
