import { useEffect } from 'react';
import { panels } from '../panels/index.ts';
import { useWorkbench } from '../state/use-workbench.ts';

/** Names the window after what it shows, so that several can be told apart in a task bar. It renders nothing. */
export function WindowTitle(): null {
  const key = useWorkbench((state) => state.chart.key);
  const store = useWorkbench((state) =>
    state.catalog.summary.phase === 'ready' ? state.catalog.summary.value.name : null,
  );
  const panel = useWorkbench((state) => state.window.purpose?.panel ?? null);
  const shown = panel === null ? null : panels.find(({ id }) => id === panel)?.title;
  const parts = [shown, key === null ? null : `${key.symbol} ${key.timeframe}`, store, 'Tapedeck'];
  const title = parts.filter((part) => part != null && part !== '').join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
