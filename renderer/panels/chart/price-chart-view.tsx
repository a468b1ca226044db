import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { Box } from '../../chart/primitives/labels/place-labels.ts';
import type { ChartHost } from '../../chart/chart-host.ts';
import type { PanePlace } from '../../chart/studies/study-setting.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { barReading } from './bar-reading.ts';
import styles from './chart-panel.module.css';
import { PaneLegends } from './pane-legends.tsx';
import { studyReading } from './study-reading.ts';
import { useChartHost, useShownOn } from './use-chart-host.ts';

export interface PriceChartViewProps {
  /** What lies over the chart: labels keep clear of its rows. */
  readonly over: RefObject<HTMLElement | null>;
}

/** The chart itself: a canvas that can be focused, driven by keys, and read out. */
export function PriceChartView({ over }: PriceChartViewProps) {
  const container = useRef<HTMLDivElement>(null);
  const wrapper = useRef<HTMLDivElement>(null);
  const [panes, setPanes] = useState<readonly PanePlace[]>([]);
  const host = useChartHost(container, wrapper, setPanes);
  useShownOn(host);
  const reading = useReading(host);
  const isHovering = useWorkbench((state) => state.selection.hovered !== null);

  useEffect(() => {
    const covering = over.current;
    if (host === null || covering === null) return undefined;
    host.coverWith(() => boxesOver(covering, container.current));
    const observer = new ResizeObserver(() => host.redrawLabels());
    observer.observe(covering);
    return () => observer.disconnect();
  }, [host, over]);

  return (
    <>
      <div
        ref={wrapper}
        className={styles.chart}
        role="application"
        aria-roledescription="chart"
        aria-label="Price chart. Arrow keys step through bars, plus and minus zoom, Enter inspects an object, Alt+B lists the bars in a table."
        tabIndex={0}
        onBlur={() => host?.leaveCursor()}
      >
        <div ref={container} className={styles.canvas} data-hover={isHovering} />
        <p className="visually-hidden" aria-live="polite">
          {reading}
        </p>
      </div>
      <PaneLegends places={panes} />
    </>
  );
}

/** The rows that lie over the chart, in pixels of the chart. */
function boxesOver(covering: HTMLElement, chart: HTMLElement | null): readonly Box[] {
  const origin = chart?.getBoundingClientRect();
  if (origin === undefined) return [];
  return [...covering.querySelectorAll(':scope > * > *')]
    .map((row) => row.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0)
    .map(({ left, top, width, height }) => ({
      left: left - origin.left,
      top: top - origin.top,
      width,
      height,
    }));
}

/** What is read out of the bar under the crosshair, once it has stayed there for a moment. */
function useReading(host: ChartHost | null): string {
  const store = useWorkbenchStore();
  const cursor = useWorkbench((state) => state.chart.cursor);
  const [reading, setReading] = useState('');
  const read = useCallback(() => {
    const { chart, settings } = store.getState();
    if (host === null || chart.window === null || cursor === null) return '';
    const { window } = chart;
    return [
      barReading(window, cursor, host.objectsAt(cursor), settings.zone, host.decimals),
      studyReading(window, cursor, settings.indicators, host.decimals),
    ]
      .filter((said) => said !== '')
      .join('; ');
  }, [store, host, cursor]);
  useEffect(() => {
    const timer = setTimeout(() => setReading(read()), 250);
    return () => clearTimeout(timer);
  }, [read]);
  return reading;
}
