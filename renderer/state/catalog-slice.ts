import { noBars, unpackBars } from '#shared/domain/candle';
import type { CalendarId } from '#shared/domain/session-calendar';
import type { KnownSymbol, StoreSummary, SymbolSummary } from '#shared/domain/store-summary';
import { suggestCalendar } from '#shared/domain/suggest-calendar';
import { timeframeLength, parseTimeframe } from '#shared/domain/timeframe';
import type { Client } from '#shared/ipc';
import { DAY, epochMs } from '#shared/units';
import { settle, type Loadable } from '../data/problem.ts';
import { coverageIn } from '../data/timeframes.ts';

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
  /** Every symbol of which a bar had closed by then. */
  readonly knownAsOf: (at: number) => Promise<readonly KnownSymbol[]>;
  /** The calendar that the latest bars of a symbol keep, if it is held to trade around the clock; null for none. */
  readonly suggestCalendar: (symbol: string) => Promise<CalendarId | null>;
}

/** So much of the latest bars tells which hours a market keeps: weeks of them, holidays or not. */
const judged = 30 * DAY;
const hour = parseTimeframe('1h');

/**
 * Empty until `load`; of loads that overlap only the last one shows. What goes wrong in it is shown;
 * `knownAsOf` and `suggestCalendar` reject, with main's `WorkbenchError`.
 */
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

    knownAsOf: (at) => client.symbols.asOf({ at }),

    async suggestCalendar(symbol) {
      const summary = symbolIn(get(), symbol);
      const coverage = hour === null ? null : coverageIn(summary, hour);
      if (summary === null || hour === null || coverage === null || summary.calendar !== 'crypto')
        return null;
      const range = { from: epochMs(coverage.last - judged), until: epochMs(coverage.last + 1) };
      const { bars } = await client.candles.viewport({ symbol, timeframe: hour, ...range, objects: false });
      const { ts } = bars.byteLength === 0 ? noBars : unpackBars(bars);
      return suggestCalendar({ ts, barLength: timeframeLength(hour) }, summary.calendar);
    },
  };
}

/** Null while the symbols are not there, and for one that the store does not hold. */
export function symbolIn(catalog: CatalogSlice, symbol: string | null): SymbolSummary | null {
  if (catalog.symbols.phase !== 'ready') return null;
  return catalog.symbols.value.find((summary) => summary.symbol === symbol) ?? null;
}
