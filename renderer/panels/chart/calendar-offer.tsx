import type { CalendarId } from '#shared/domain/session-calendar';
import { DAY } from '#shared/units';
import { useEffect, useState } from 'react';
import { settle } from '../../data/problem.ts';
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
 * Offers the session calendar that the latest bars keep, where the symbol is held to trade around the clock. It is
 * kept with the store's settings; nothing changes unasked, since days and hours of the symbol are counted by it.
 */
export function CalendarOffer() {
  const store = useWorkbenchStore();
  const symbol = useWorkbench((state) => state.chart.window?.key.symbol ?? '');
  const calendar = useWorkbench((state) => symbolIn(state.catalog, symbol)?.calendar ?? null);
  const isOwner = useWorkbench(
    ({ catalog: { summary } }) => summary.phase === 'ready' && summary.value.access === 'owner',
  );
  const [declined, setDeclined] = useDraft('calendars-declined');
  const [fault, setFault] = useState<string | null>(null);
  const isDeclined = declined.split(' ').includes(encodeURIComponent(symbol));
  const offered = useSuggested(isOwner && !isDeclined && calendar === 'crypto' ? symbol : null);
  if (offered === null) return null;

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

/** Asked once for each symbol, and again on another day: what keeps coming in tells more. */
function useSuggested(symbol: string | null): CalendarId | null {
  const suggest = useWorkbench((state) => state.catalog.suggestCalendar);
  const lastDay = useWorkbench(({ chart: { window, asOf } }) =>
    window?.extent == null || asOf !== null ? null : Math.floor(window.extent.last / DAY),
  );
  const [found, setFound] = useState<{
    readonly symbol: string;
    readonly calendar: CalendarId | null;
  } | null>(null);
  useEffect(() => {
    if (symbol === null || lastDay === null) return undefined;
    let isWanted = true;
    void settle(suggest(symbol)).then((answer) => {
      if (isWanted && answer.phase === 'ready') setFound({ symbol, calendar: answer.value });
    });
    return () => {
      isWanted = false;
    };
  }, [symbol, lastDay, suggest]);
  return found !== null && found.symbol === symbol ? found.calendar : null;
}
