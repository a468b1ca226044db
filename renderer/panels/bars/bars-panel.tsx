import { counted } from '#shared/counted';
import { lowerBound, noBars } from '#shared/domain/candle';
import { epochMs } from '#shared/units';
import { IconFileExport } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { decimalsOf } from '../../format/price.ts';
import { isWorkbench } from '../../state/commands/command.ts';
import { exportBetween, exportLoaded } from '../../state/commands/export-commands.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { DataGrid } from '../../ui/data-grid/data-grid.tsx';
import type { GridColumn, GridSort } from '../../ui/data-grid/grid-column.ts';
import { Empty } from '../../ui/empty.tsx';
import { MenuItem } from '../../ui/menu-items.tsx';
import { CommandButton } from '../command-button.tsx';
import { definePanel } from '../define-panel.ts';
import table from '../table.module.css';
import { barColumnsShown, sortedBars } from './bar-columns.ts';

export const barsPanel = definePanel({ id: 'bars', title: 'Bars', home: 'bottom', Component: BarsPanel });

function BarsPanel() {
  const store = useWorkbenchStore();
  const request = useWorkbench((state) => state.workspace.request);
  const panel = useRef<HTMLDivElement>(null);
  // The panel of exports is in the main window alone.
  const isInWorkbench = useWorkbench(isWorkbench);
  const bars = useWorkbench((state) => state.chart.window?.bars ?? noBars);
  const cursor = useWorkbench((state) => state.chart.cursor);
  const goTo = useWorkbench((state) => state.chart.goTo);
  // Beside a chart the crosshair goes along; the chart of another window is taken there.
  const show = useWorkbench((state) => state.window.chartDriver?.showBar) ?? goTo;
  const zone = useWorkbench((state) => state.settings.zone);
  const [sort, setSort] = useState<GridSort | null>(null);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const count = bars.ts.length;
  const order = useMemo(() => sortedBars(bars, sort), [bars, sort]);
  const wording = useMemo(() => ({ zone, decimals: decimalsOf(bars.close) }), [zone, bars]);
  const active = useMemo(() => {
    const bar = cursor === null ? -1 : lowerBound(bars.ts, cursor);
    return bar < 0 ? -1 : order.indexOf(bar);
  }, [bars, cursor, order]);

  useEffect(() => {
    if (request?.kind !== 'list-bars') return;
    panel.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
    store.getState().workspace.noteDone(request);
  }, [request, store]);

  if (count === 0) {
    return <Empty headline="No bars here">The bars that the chart has loaded are listed here.</Empty>;
  }
  const barOf = (row: number) => order[row] ?? 0;
  const textOf = (row: number, { id }: GridColumn) =>
    barColumnsShown.find((column) => column.id === id)?.text(bars, barOf(row), wording) ?? '';
  return (
    <div ref={panel} className={table.panel}>
      <div className={table.tools}>
        <CommandButton command={exportLoaded} look="outlined">
          Export…
        </CommandButton>
        <span className={table.total}>{counted(count, 'bar')}</span>
      </div>
      <DataGrid
        label={sort === null ? 'Bars, newest first' : 'Bars'}
        columns={barColumnsShown}
        rowCount={count}
        keyOf={(row) => String(bars.ts[barOf(row)])}
        textOf={textOf}
        sort={sort}
        onSort={setSort}
        widths={widths}
        onWidths={setWidths}
        activeRow={active}
        menuItems={(range, close) =>
          isInWorkbench && (
            <MenuItem
              icon={<IconFileExport size={15} />}
              // In another order the rows are no stretch of time.
              isDisabled={sort !== null && sort.column !== 'ts'}
              onChoose={() => {
                close();
                const [one, other] = [bars.ts[barOf(range.top)] ?? 0, bars.ts[barOf(range.bottom)] ?? 0];
                exportBetween(store, Math.min(one, other), Math.max(one, other) + 1);
              }}
            >
              {range.top === range.bottom ? 'Export this bar…' : 'Export these bars…'}
            </MenuItem>
          )
        }
        onActivate={(row) => show(epochMs(bars.ts[barOf(row)] ?? 0))}
      />
    </div>
  );
}
