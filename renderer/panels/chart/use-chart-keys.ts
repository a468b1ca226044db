import { useCallback, type KeyboardEvent } from 'react';
import type { ChartHost } from '../../chart/chart-host.ts';
import { useWorkbenchStore } from '../../state/use-workbench.ts';

/** What keys do while the chart has the focus. */
export function useChartKeys(host: ChartHost | null): (event: KeyboardEvent) => void {
  const store = useWorkbenchStore();
  return useCallback(
    (event) => {
      if (host === null || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = event.shiftKey ? 10 : 1;
      const actions: Readonly<Record<string, () => void>> = {
        ArrowLeft: () => host.stepCursor(-step),
        ArrowRight: () => host.stepCursor(step),
        Home: () => host.moveCursorToEnd('first'),
        End: () => host.moveCursorToEnd('last'),
        '+': () => host.zoom(1 / 1.25),
        '=': () => host.zoom(1 / 1.25),
        '-': () => host.zoom(1.25),
        Enter: () => inspectNext(),
        Escape: () => host.leaveCursor(),
      };
      /** The object at the bar that follows the one that is inspected. */
      const inspectNext = () => {
        const { chart, selection } = store.getState();
        const objects = chart.cursor === null ? [] : host.objectsAt(chart.cursor);
        const current = objects.findIndex(({ object_id }) => object_id === selection.selected?.object_id);
        selection.select(objects[(current + 1) % Math.max(1, objects.length)] ?? null);
      };
      const action = actions[event.key];
      if (action === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    },
    [host, store],
  );
}
