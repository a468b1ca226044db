import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { SeriesKey } from '../../data/bar-window.ts';
import { importFiles } from '../../state/commands/import-commands.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CommandButton } from '../command-button.tsx';
import { definePanel } from '../define-panel.ts';
import { AsOfBadge } from './as-of-badge.tsx';
import { ChartNotices, GoLive } from './chart-notices.tsx';
import styles from './chart-panel.module.css';
import { Legend } from './legend.tsx';
import { PriceChartView } from './price-chart-view.tsx';
import { ReplayBar } from './replay-bar.tsx';
import { StudyLegend } from './study-legend.tsx';

export const chartPanel = definePanel({
  id: 'chart',
  title: 'Chart',
  home: 'middle',
  goesOnHidden: true,
  Component: ChartPanel,
});

function ChartPanel() {
  const symbols = useWorkbench((state) => state.catalog.symbols);
  const loadCatalog = useWorkbench((state) => state.catalog.load);
  const hasWindow = useWorkbench((state) => state.chart.window !== null);
  const problem = useWorkbench((state) => state.chart.problem);
  const retry = useWorkbench((state) => state.chart.retry);
  const overlay = useRef<HTMLDivElement>(null);

  if (symbols.phase === 'failed') {
    return <Said content={<Failure {...symbols.problem} onRetry={() => void loadCatalog()} />} />;
  }
  if (symbols.phase === 'ready' && symbols.value.length === 0) {
    return (
      <Said
        content={
          <Empty headline="This store has no candles yet">
            Drop files or folders of bars here, CSV, JSON, Parquet and others:{' '}
            <CommandButton command={importFiles} look="outlined">
              Import…
            </CommandButton>
            <br />
            Rows from <code>tapedeck append candles --store DIR</code> and Parquet parts in its{' '}
            <code>data</code> folder show here at once.
          </Empty>
        }
      />
    );
  }
  if (!hasWindow && problem !== null) return <Said content={<Failure {...problem} onRetry={retry} />} />;
  if (!hasWindow) return <Skeleton rows={12} label="Reading candles" />;
  return (
    <div className={styles.column}>
      <AsOfBadge />
      <div className={styles.panel}>
        <PriceChartView over={overlay} />
        <div ref={overlay} className={styles.overlay}>
          <Legend />
          <StudyLegend />
          <ChartNotices />
        </div>
        <GoLive />
        <Opening />
      </div>
      <ReplayBar />
    </div>
  );
}

/** Most series are there before anybody could read this. */
const patienceMs = 150;

/** Says what is being read, where that takes long enough to be noticed. */
function Opening() {
  const opened = useWorkbench(({ chart }) => (chart.isOpening ? chart.key : null));
  const [slow, setSlow] = useState<SeriesKey | null>(null);
  useEffect(() => {
    if (opened === null) return undefined;
    const timer = setTimeout(() => setSlow(opened), patienceMs);
    return () => clearTimeout(timer);
  }, [opened]);
  if (opened === null || slow !== opened) return null;
  return (
    <div className={styles.opening} role="status">
      Reading {opened.symbol} {opened.timeframe}…
    </div>
  );
}

/** Something in place of a chart: that, too, is what the window has to show. */
function Said({ content }: { readonly content: ReactNode }) {
  const notePainted = useWorkbench((state) => state.chart.notePainted);
  useEffect(() => notePainted(performance.now()), [notePainted]);
  return content;
}
