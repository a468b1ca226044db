import type { CalendarId } from '#shared/domain/session-calendar';
import { timeframeLength } from '#shared/domain/timeframe';
import { useMemo, useState } from 'react';
import { suggestCalendar } from '../../data/suggest-calendar.ts';
import { symbolIn } from '../../state/catalog-slice.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { Chip } from '../../ui/chip.tsx';

const hoursOf: Readonly<Record<CalendarId, string>> = {
  'us-equity': 'the hours of US equities',
  fx: 'the week of FX',
  crypto: 'no hours',
};

/**
 * Offers the session calendar that the bars on show keep, where the symbol is held to trade around the clock. It is
 * kept with the store's settings; nothing changes unasked, since days and hours of the symbol are counted by it.
 */
export function CalendarOffer() {
  const store = useWorkbenchStore();
  const window = useWorkbench((state) => state.chart.window);
  const symbol = window?.key.symbol ?? '';
  const calendar = useWorkbench((state) => symbolIn(state.catalog, symbol)?.calendar ?? null);
  const isOwner = useWorkbench(
    ({ catalog: { summary } }) => summary.phase === 'ready' && summary.value.access === 'owner',
  );
  const [declined, setDeclined] = useDraft('calendars-declined');
  const [fault, setFault] = useState<string | null>(null);
  const isDeclined = declined.split(' ').includes(encodeURIComponent(symbol));
  const offered = useMemo(() => {
    if (window === null || calendar === null) return null;
    return suggestCalendar(
      { ts: window.bars.ts, barLength: timeframeLength(window.key.timeframe) },
      calendar,
    );
  }, [window, calendar]);
  if (offered === null || !isOwner || isDeclined) return null;

  async function take(chosen: CalendarId): Promise<void> {
    const { upkeep } = store.getState();
    await upkeep.loadSettings();
    const { settings } = store.getState().upkeep;
    if (settings.phase !== 'ready') {
      setFault('The settings of the store cannot be read');
      return;
    }
    const problem = await upkeep.changeSettings({
      calendars: { ...settings.value.calendars, [symbol]: chosen },
    });
    if (problem !== null) {
      setFault(problem.message);
      return;
    }
    const { catalog, chart } = store.getState();
    await catalog.load();
    await chart.knowAsOf(chart.asOf, { kind: 'keep' });
  }

  return (
    <span role="group" aria-label={`Session calendar of ${symbol}`}>
      <Chip
        tone={fault === null ? 'accent' : 'danger'}
        title={`Shades sessions, and counts days and hours of ${symbol} by that calendar from here on; Settings has it under Calendars of symbols`}
        onClick={() => void take(offered)}
      >
        {fault ?? `Bars of ${symbol} keep ${hoursOf[offered]} · Use that calendar`}
      </Chip>{' '}
      <Chip
        title={`${symbol} goes on to be held to trade around the clock`}
        onClick={() => setDeclined([declined, encodeURIComponent(symbol)].join(' ').trim())}
      >
        Not for {symbol}
      </Chip>
    </span>
  );
}
