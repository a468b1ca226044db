import type { ObjectState } from '#shared/domain/chart-object';
import { useEffect, useState, type RefObject } from 'react';
import { ChartHost, type ChartEvents } from '../../chart/chart-host.ts';
import { objectById } from '../../data/object-by-id.ts';
import { symbolIn } from '../../state/catalog-slice.ts';
import type { WorkbenchState, WorkbenchStore } from '../../state/store.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { driverOf } from './chart-driver.ts';
import { useStudySetting } from './use-shown-studies.ts';

/** A chart within an element, for as long as that is there; the rest of the window drives it through the store. */
export function useChartHost(
  container: RefObject<HTMLElement | null>,
  focusable: RefObject<HTMLElement | null>,
  onPanes: ChartEvents['onPanes'],
): ChartHost | null {
  const store = useWorkbenchStore();
  const [host, setHost] = useState<ChartHost | null>(null);
  useEffect(() => {
    if (container.current === null) return undefined;
    const made = new ChartHost(container.current, store.getState().settings, eventsFor(store, onPanes));
    // The element has to be there before a chart can be made in it.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setHost(made);
    const { setPaintChart, setChartDriver } = store.getState().window;
    setPaintChart((caption) => made.paint(caption));
    setChartDriver(driverOf(made, store, () => focusable.current?.focus()));
    return () => {
      setPaintChart(null);
      setChartDriver(null);
      made.close();
    };
  }, [store, container, focusable, onPanes]);
  return host;
}

/** Keeps a chart at what the window shows: indicators, bars, and how they look. */
export function useShownOn(host: ChartHost | null): void {
  const store = useWorkbenchStore();
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
  // Symbols of different prices have nothing in common but their changes.
  const priceScale = studies.compared.length > 0 ? 'percent' : ownScale;

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
  useEffect(() => host?.recolour(), [host, theme, candles]);
  useEffect(() => host?.emphasize({ hoveredId, selectedId }), [host, hoveredId, selectedId]);
}

function eventsFor(store: WorkbenchStore, onPanes: ChartEvents['onPanes']): ChartEvents {
  const chart = () => store.getState().chart;
  const objectOf = (id: string | null): ObjectState | null =>
    id === null ? null : objectById(chart().window?.objects ?? [], id);
  return {
    onView: (view, isFollowing) => chart().look(view, isFollowing),
    onCursor: (ts) => chart().point(ts),
    onHover: (id) => store.getState().selection.hover(objectOf(id)),
    onBreak: (reading) => chart().noteBreak(reading),
    onPick: (id) => store.getState().selection.select(objectOf(id)),
    onCounts: (counts) => chart().noteCounts(counts),
    onScreenBars: (count) => chart().setScreenBars(count),
    onPanes,
    onPaneShares: (paneShares) => store.getState().settings.change({ paneShares }),
    onShown: (faults) => {
      chart().noteFaults(faults);
      // Two frames on, what was handed over has reached the screen.
      requestAnimationFrame(() => requestAnimationFrame(() => chart().notePainted(performance.now())));
    },
  };
}

/** Of the symbol that is drawn: another one may be on its way. */
function calendarShown({ chart, catalog }: WorkbenchState) {
  return symbolIn(catalog, chart.window?.key.symbol ?? null)?.calendar ?? null;
}
