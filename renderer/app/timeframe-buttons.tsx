import { useMemo } from 'react';
import { timeframesOf } from '../data/timeframes.ts';
import { symbolIn } from '../state/catalog-slice.ts';
import { showTimeframe } from '../state/commands.ts';
import { useWorkbench, useWorkbenchStore } from '../state/use-workbench.ts';
import { TextButton } from '../ui/text-button.tsx';
import styles from './toolbar.module.css';

/** The timeframes that the symbol is stored in or can be made of. */
export function TimeframeButtons() {
  const store = useWorkbenchStore();
  const key = useWorkbench((state) => state.chart.key);
  const base = useWorkbench((state) => state.chart.base);
  const catalog = useWorkbench((state) => state.catalog);
  const summary = symbolIn(catalog, key?.symbol ?? null);
  const stored = useMemo(
    () => new Set(summary?.timeframes.map(({ timeframe }) => timeframe) ?? []),
    [summary],
  );
  const offered = useMemo(() => timeframesOf(summary), [summary]);
  return (
    <div role="group" aria-label="Timeframe" className={styles.group}>
      {offered.map((timeframe) => (
        <TextButton
          key={timeframe}
          isOn={timeframe === base}
          title={
            stored.has(timeframe) ? `Bars of ${timeframe}` : `Bars of ${timeframe}, made from shorter ones`
          }
          onClick={() => showTimeframe(store, timeframe)}
        >
          {timeframe}
        </TextButton>
      ))}
    </div>
  );
}
