import { objectTypes, type ObjectState } from '#shared/domain/chart-object';
import { epochMs } from '#shared/units';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useMemo } from 'react';
import { objectFaults } from '../../data/object-faults.ts';
import { shownObjects } from '../../data/object-filter.ts';
import { formatCount } from '../../format/count.ts';
import { decimalsOf } from '../../format/price.ts';
import { hasChartTools } from '../../state/commands/command.ts';
import type { ObjectListSetting } from '../../state/settings-slice.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useRested } from '../../state/use-rested.ts';
import type { WorkbenchState } from '../../state/store.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { DataGrid } from '../../ui/data-grid/data-grid.tsx';
import type { GridColumn } from '../../ui/data-grid/grid-column.ts';
import { Empty } from '../../ui/empty.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { useSameList } from '../../ui/use-same-list.ts';
import { definePanel } from '../define-panel.ts';
import table from '../table.module.css';
import { matchingObjects } from './matching-objects.ts';
import { objectColumns, sortedObjects } from './object-columns.ts';
import styles from './objects-panel.module.css';

export const objectsPanel = definePanel({
  id: 'objects',
  title: 'Objects',
  home: 'bottom',
  Component: ObjectsPanel,
});

const nobody: readonly ObjectState[] = [];
const viewOf = ({ chart }: WorkbenchState) => chart.view;

function ObjectsPanel() {
  const objects = useWorkbench((state) => state.chart.window?.objects ?? nobody);
  const hasObjects = objects.length > 0;
  if (!hasObjects) {
    return (
      <Empty headline="No objects here">
        Zones, levels, flags and markers that touch what the chart shows are listed here.
      </Empty>
    );
  }
  return <ObjectList objects={objects} />;
}

function ObjectList({ objects }: { readonly objects: readonly ObjectState[] }) {
  const bars = useWorkbench((state) => state.chart.window?.bars ?? null);
  const view = useDeferredValue(useRested(viewOf));
  const layers = useDeferredValue(useWorkbench((state) => state.settings.layers));
  const filters = useDeferredValue(useWorkbench((state) => state.settings.objectFilters));
  const selected = useWorkbench((state) => state.selection.selected);
  const select = useWorkbench((state) => state.selection.select);
  const hover = useWorkbench((state) => state.selection.hover);
  const goTo = useWorkbench((state) => state.chart.goTo);
  const zone = useWorkbench((state) => state.settings.zone);
  const list = useWorkbench((state) => state.settings.objectList);
  const changeSettings = useWorkbench((state) => state.settings.change);
  const [typed, setTyped] = useDraft('objects');
  const wanted = useDeferredValue(typed);
  // In a window of its own there is a chart to be in step with while it is linked.
  const hasChart = useWorkbench((state) => hasChartTools(state) || state.window.isLinked);
  const { type, isOnScreenOnly, sort, widths } = list;
  const isAsOnChart = hasChart && list.isAsOnChart;
  const change = (changed: Partial<ObjectListSetting>) =>
    changeSettings({ objectList: { ...list, ...changed } });

  const offered = useMemo(
    () => (isAsOnChart ? shownObjects(objects, layers, filters) : objects),
    [objects, layers, filters, isAsOnChart],
  );
  const sorted = useMemo(() => sortedObjects(offered, sort), [offered, sort]);
  const found = useSameList(
    useMemo(
      () => matchingObjects(sorted, { typed: wanted, type, within: isOnScreenOnly ? view : null }),
      [sorted, wanted, type, isOnScreenOnly, view],
    ),
  );
  const keyOf = useCallback((row: number) => found[row]?.object_id ?? '', [found]);
  const wording = useMemo(
    () => ({ zone, decimals: bars === null ? 2 : decimalsOf(bars.close) }),
    [zone, bars],
  );
  const active = useMemo(
    () => found.findIndex(({ object_id }) => object_id === selected?.object_id),
    [found, selected],
  );
  const held = objects.length - offered.length;

  const pick = (index: number) => {
    const object = found[index];
    if (object === undefined) return;
    select(object);
    if (!isInSight(object, view)) goTo(epochMs(object.t_start));
  };
  const textOf = (row: number, { id }: GridColumn) => {
    const object = found[row];
    const column = objectColumns.find((each) => each.id === id);
    return object === undefined || column === undefined ? '' : column.text(object, wording);
  };

  return (
    <div className={table.panel}>
      <ListTools
        hasChart={hasChart}
        typed={typed}
        onType={setTyped}
        total={`${formatCount(found.length)} of ${formatCount(objects.length)} loaded${held > 0 ? `, ${formatCount(held)} hidden in Layers` : ''}`}
      />
      {found.length === 0 ? (
        <Empty headline={held === objects.length ? 'All objects are hidden' : 'None of the objects matches'}>
          {held > 0 && 'Layers that are off and filters hide objects here as they do on the chart.'}
        </Empty>
      ) : (
        <DataGrid
          label="Objects"
          columns={objectColumns}
          rowCount={found.length}
          keyOf={keyOf}
          textOf={textOf}
          cellOf={(row, column) =>
            column.id === 'type' ? <Type object={found[row]} text={textOf(row, column)} /> : undefined
          }
          isFaint={(row) => found[row]?.t_end !== null}
          sort={sort}
          onSort={(next) => change({ sort: next })}
          widths={widths}
          onWidths={(next) => change({ widths: next })}
          activeRow={active}
          onActivate={pick}
          onPoint={(row) => hover(row === null ? null : (found[row] ?? null))}
        />
      )}
    </div>
  );
}

interface ListToolsProps {
  /** Whether there is a chart that the list can be in step with. */
  readonly hasChart: boolean;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly total: string;
}

/** Which of the objects are listed. */
function ListTools({ hasChart, typed, onType, total }: ListToolsProps) {
  const list = useWorkbench((state) => state.settings.objectList);
  const changeSettings = useWorkbench((state) => state.settings.change);
  const { type, isOnScreenOnly } = list;
  const isAsOnChart = hasChart && list.isAsOnChart;
  const change = (changed: Partial<ObjectListSetting>) =>
    changeSettings({ objectList: { ...list, ...changed } });
  return (
    <div className={table.tools}>
      <SearchField label="Find object" value={typed} onChange={onType} />
      <div role="group" aria-label="Type of object" className={table.group}>
        {(['all', ...objectTypes] as const).map((option) => (
          <TextButton key={option} isOn={option === type} onClick={() => change({ type: option })}>
            {option === 'all' ? 'All' : `${option[0]?.toUpperCase() ?? ''}${option.slice(1)}s`}
          </TextButton>
        ))}
      </div>
      <TextButton isOn={isOnScreenOnly} onClick={() => change({ isOnScreenOnly: !isOnScreenOnly })}>
        On screen only
      </TextButton>
      {hasChart && (
        <TextButton
          isOn={isAsOnChart}
          title="Leaves out what the Layers menu hides: layers that are off, and what filters hold back"
          onClick={() => change({ isAsOnChart: !isAsOnChart })}
        >
          As on chart
        </TextButton>
      )}
      <span className={table.total} role="status">
        {total}
      </span>
    </div>
  );
}

interface TypeProps {
  readonly object: ObjectState | undefined;
  readonly text: string;
}

/** With a sign where something about the object is not as it should be. */
function Type({ object, text }: TypeProps) {
  const faults = object === undefined ? [] : objectFaults(object);
  if (faults.length === 0) return text;
  return (
    <span className={styles.faulty} title={faults.join('\n')}>
      {text} <IconAlertTriangle size={13} role="img" aria-label={faults.join(' ')} />
    </span>
  );
}

function isInSight(
  { t_start, t_end }: ObjectState,
  view: { readonly from: number; readonly until: number } | null,
): boolean {
  if (view === null) return false;
  const begins = t_start >= view.from && t_start <= view.until;
  return begins || (t_start < view.until && (t_end ?? Infinity) > view.from);
}
