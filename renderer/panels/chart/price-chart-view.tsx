import type { ObjectState } from '#shared/domain/chart-object';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { Box } from '../../chart/primitives/labels/place-labels.ts';
import { ChartHost } from '../../chart/chart-host.ts';
import type { PanePlace } from '../../chart/studies/study-setting.ts';
import { objectById } from '../../data/object-by-id.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { symbolIn } from '../../state/catalog-slice.ts';
import type { WorkbenchState } from '../../state/store.ts';
import { barReading } from './bar-reading.ts';
import styles from './chart-panel.module.css';
import { PaneLegends } from './pane-legends.tsx';
import { studyReading } from './study-reading.ts';
import { driverOf } from './chart-driver.ts';
import { useStudySetting } from './use-shown-studies.ts';

export interface PriceChartViewProps {
  /** What lies over the chart: labels keep clear of its rows. */
  readonly over: RefObject<HTMLElement | null>;
}

/** The chart itself: a canvas that can be focused, driven by keys, and read out. */
export function PriceChartView({ over }: PriceChartViewProps) {
  const store = useWorkbenchStore();
  const container = useRef<HTMLDivElement>(null);
  const wrapper = useRef<HTMLDivElement>(null);
  const [host, setHost] = useState<ChartHost | null>(null);
  const window = useWorkbench((state) => state.chart.window);
  const zone = useWorkbench((state) => state.settings.zone);
  const ownScale = useWorkbench((state) => state.settings.priceScale);
  const layers = useWorkbench((state) => state.settings.layers);
  const objectFilters = useWorkbench((state) => state.settings.objectFilters);
  const objectStyles = useWorkbench((state) => state.settings.objectStyles);
  const hasSessionShading = useWorkbench((state) => state.settings.hasSessionShading);
  const hasGaps = useWorkbench((state) => state.settings.hasGaps);
  const calendar = useWorkbench(calendarShown);
  const theme = useWorkbench((state) => state.settings.theme);
  const candles = useWorkbench((state) => state.settings.candles);
  const hoveredId = useWorkbench((state) => state.selection.hovered?.object_id ?? null);
  const selectedId = useWorkbench((state) => state.selection.selected?.object_id ?? null);
  const studies = useStudySetting();
  const isComparing = studies.compared.length > 0;
  const [panes, setPanes] = useState<readonly PanePlace[]>([]);
  const reading = useReading(host);
  // Symbols of different prices have nothing in common but their changes.
  const priceScale = isComparing ? 'percent' : ownScale;

  useEffect(() => {
    if (container.current === null) return undefined;
    const { settings } = store.getState();
    const chart = () => store.getState().chart;
    const objectOf = (id: string | null): ObjectState | null =>
      id === null ? null : objectById(chart().window?.objects ?? [], id);
    const made = new ChartHost(container.current, settings, {
      onView: (view, isFollowing) => chart().look(view, isFollowing),
      onCursor: (ts) => chart().point(ts),
      onHover: (id) => store.getState().selection.hover(objectOf(id)),
      onBreak: (reading) => chart().noteBreak(reading),
      onPick: (id) => store.getState().selection.select(objectOf(id)),
      onCounts: (counts) => chart().noteCounts(counts),
      onScreenBars: (count) => chart().setScreenBars(count),
      onPanes: setPanes,
      onPaneShares: (paneShares) => store.getState().settings.change({ paneShares }),
      onShown: (faults) => {
        chart().noteFaults(faults);
        // Two frames on, what was handed over has reached the screen.
        requestAnimationFrame(() => requestAnimationFrame(() => chart().notePainted(performance.now())));
      },
    });
    setHost(made);
    const { setPaintChart, setChartDriver } = store.getState().window;
    setPaintChart((caption) => made.paint(caption));
    setChartDriver(driverOf(made, store, () => wrapper.current?.focus()));
    return () => {
      setPaintChart(null);
      setChartDriver(null);
      made.close();
    };
  }, [store]);

  // Before the bars, so that these never show without.
  useEffect(() => host?.setStudies(studies), [host, studies]);
  useEffect(() => {
    if (host === null || window === null) return;
    host.setWindow(window);
    store.getState().selection.follow(window.objects);
  }, [host, window, store]);

  useEffect(
    () =>
      host?.setLook({
        zone,
        priceScale,
        layers,
        objectFilters,
        objectStyles,
        calendar,
        hasSessionShading,
        hasGaps,
      }),
    [host, zone, priceScale, layers, objectFilters, objectStyles, calendar, hasSessionShading, hasGaps],
  );
  useEffect(() => {
    const covering = over.current;
    if (host === null || covering === null) return undefined;
    host.coverWith(() => boxesOver(covering, container.current));
    const observer = new ResizeObserver(() => host.redrawLabels());
    observer.observe(covering);
    return () => observer.disconnect();
  }, [host, over]);
  useEffect(() => host?.recolour(), [host, theme, candles]);
  useEffect(() => host?.emphasize({ hoveredId, selectedId }), [host, hoveredId, selectedId]);

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
        <div ref={container} className={styles.canvas} data-hover={hoveredId !== null} />
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

/** Of the symbol that is drawn: another one may be on its way. */
function calendarShown({ chart, catalog }: WorkbenchState) {
  return symbolIn(catalog, chart.window?.key.symbol ?? null)?.calendar ?? null;
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
