import type { ChartHost } from '../../chart/chart-host.ts';
import type { WorkbenchStore } from '../../state/store.ts';
import type { ChartDriver } from '../../state/window-slice.ts';

/** A chart as commands move it. */
export function driverOf(host: ChartHost, store: WorkbenchStore, focus: () => void): ChartDriver {
  return {
    step: (bars) => host.stepCursor(bars),
    moveToEnd: (end) => host.moveCursorToEnd(end),
    showBar: (ts) => host.moveCursorTo(ts),
    zoom: (factor) => host.zoom(factor),
    leave: () => host.leaveCursor(),
    fitPrices: () => host.fitPrices(),
    focus,
    inspectNext() {
      const { chart, selection } = store.getState();
      const objects = chart.cursor === null ? [] : host.objectsAt(chart.cursor);
      const current = objects.findIndex(({ object_id }) => object_id === selection.selected?.object_id);
      selection.select(objects[(current + 1) % Math.max(1, objects.length)] ?? null);
    },
  };
}
