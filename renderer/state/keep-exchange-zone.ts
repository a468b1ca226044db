import { calendarZone } from '#shared/domain/session-calendar';
import { symbolIn } from './catalog-slice.ts';
import type { WorkbenchStore } from './store.ts';

/** Reads times by the clocks of the exchange, whichever symbol is shown, where the user wants that. */
export function keepExchangeZone(store: WorkbenchStore): void {
  store.subscribe(({ chart, catalog, settings }) => {
    if (!settings.isExchangeZone) return;
    const summary = symbolIn(catalog, chart.key?.symbol ?? null);
    if (summary === null) return;
    const zone = calendarZone(summary.calendar);
    if (zone !== settings.zone) settings.change({ zone });
  });
}
