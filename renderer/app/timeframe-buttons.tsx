import { useMemo } from 'react';
import { CommandButton } from '../panels/command-button.tsx';
import { timeframeCommands } from '../state/commands/series-commands.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import styles from './toolbar.module.css';

/** The timeframes that the symbol is stored in or can be made of. */
export function TimeframeButtons() {
  const symbol = useWorkbench((state) => state.chart.key?.symbol ?? null);
  const catalog = useWorkbench((state) => state.catalog);
  const offered = useMemo(() => timeframeCommands(catalog, symbol), [catalog, symbol]);
  return (
    <div role="group" aria-label="Timeframe" className={styles.group}>
      {offered.map(({ timeframe, command }) => (
        <CommandButton key={timeframe} command={command}>
          {timeframe}
        </CommandButton>
      ))}
    </div>
  );
}
