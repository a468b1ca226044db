import { useEffect } from 'react';
import { panels } from '../panels/index.ts';
import { Empty } from '../ui/empty.tsx';
import { ErrorScreen } from './error-screen.tsx';
import { GoToDate } from './go-to-date.tsx';
import { IndicatorsMenu } from './indicators-menu.tsx';
import { LayersMenu } from './layers-menu.tsx';
import { LinkSwitch } from './link-switch.tsx';
import styles from './panel-window.module.css';
import { StatusBar } from './status-bar.tsx';
import { TimeframeButtons } from './timeframe-buttons.tsx';
import { useWorkbench } from '../state/use-workbench.ts';

/** A window for one panel. */
export function PanelWindow({ id }: { readonly id: string }) {
  const panel = panels.find((each) => each.id === id);
  const key = useWorkbench((state) => state.chart.key);
  const noteVisible = useWorkbench((state) => state.workspace.noteVisiblePanels);
  useEffect(() => noteVisible([id]), [id, noteVisible]);
  return (
    <div className={styles.window}>
      <header className={styles.head}>
        <h1 className={styles.title}>{panel?.title ?? 'Tapedeck'}</h1>
        {key !== null && (
          <span className={styles.series}>
            {key.symbol} {key.timeframe}
          </span>
        )}
        {id === 'chart' && <ChartTools />}
        <span className={styles.space} />
        <LinkSwitch />
      </header>
      <main className={styles.panel}>
        <ErrorScreen>
          <div className="panel-frame">
            {panel === undefined ? (
              <Empty headline="This version has no such panel">Close the window.</Empty>
            ) : (
              <panel.Component />
            )}
          </div>
        </ErrorScreen>
      </main>
      <StatusBar />
    </div>
  );
}

/** What a chart cannot do without where there is no toolbar. */
function ChartTools() {
  return (
    <>
      <TimeframeButtons />
      <LayersMenu />
      <IndicatorsMenu />
      <GoToDate />
    </>
  );
}
