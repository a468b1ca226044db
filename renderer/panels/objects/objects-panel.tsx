import { objectTypes, type ObjectState, type ObjectType } from '#shared/domain/chart-object';
import { epochMs } from '#shared/units';
import { useDeferredValue, useMemo, useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { decimalsOf, formatPrice } from '../../format/price.ts';
import { formatInstant } from '../../format/time.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { VirtualRows } from '../../ui/virtual-rows.tsx';
import { definePanel } from '../define-panel.ts';
import table from '../table.module.css';
import { matchingObjects, newestFirst } from './matching-objects.ts';

export const objectsPanel = definePanel({
  id: 'objects',
  title: 'Objects',
  home: 'bottom',
  Component: ObjectsPanel,
});

const nobody: readonly ObjectState[] = [];

function ObjectsPanel() {
  const objects = useWorkbench((state) => state.chart.window?.objects ?? nobody);
  const bars = useWorkbench((state) => state.chart.window?.bars ?? null);
  const view = useDeferredValue(useWorkbench((state) => state.chart.view));
  const selected = useWorkbench((state) => state.selection.selected);
  const select = useWorkbench((state) => state.selection.select);
  const goTo = useWorkbench((state) => state.chart.goTo);
  const zone = useWorkbench((state) => state.settings.zone);
  const [typed, setTyped] = useDraft('objects');
  const [type, setType] = useState<ObjectType | 'all'>('all');
  const [isOnScreenOnly, setOnScreenOnly] = useState(true);
  const sorted = useMemo(() => newestFirst(objects), [objects]);
  const found = useMemo(
    () => matchingObjects(sorted, { typed, type, within: isOnScreenOnly ? view : null }),
    [sorted, typed, type, isOnScreenOnly, view],
  );
  const decimals = useMemo(() => (bars === null ? 2 : decimalsOf(bars.close)), [bars]);

  const pick = (index: number) => {
    const object = found[index];
    if (object === undefined) return;
    select(object);
    const isInSight = view !== null && object.t_start >= view.from && object.t_start <= view.until;
    const isReaching = view !== null && object.t_start < view.until && (object.t_end ?? Infinity) > view.from;
    if (!isInSight && !isReaching) goTo(epochMs(object.t_start));
  };

  if (objects.length === 0) {
    return (
      <Empty headline="No objects here">
        Zones, levels, flags and markers that touch what the chart shows are listed here.
      </Empty>
    );
  }
  return (
    <div className={table.panel}>
      <div className={table.tools}>
        <SearchField label="Find object" value={typed} onChange={setTyped} />
        <div role="group" aria-label="Type of object" className={table.group}>
          {(['all', ...objectTypes] as const).map((option) => (
            <TextButton key={option} isOn={option === type} onClick={() => setType(option)}>
              {option === 'all' ? 'All' : `${option[0]?.toUpperCase() ?? ''}${option.slice(1)}s`}
            </TextButton>
          ))}
        </div>
        <TextButton isOn={isOnScreenOnly} onClick={() => setOnScreenOnly(!isOnScreenOnly)}>
          On screen only
        </TextButton>
        <span className={table.total}>
          {formatCount(found.length)} of {formatCount(objects.length)} loaded
        </span>
      </div>
      <div className={table.head} aria-hidden>
        <span className={table.narrow}>Type</span>
        <span className={table.wide}>Id</span>
        <span className={table.narrow}>TF</span>
        <span className={table.time}>From</span>
        <span className={table.time}>Until</span>
        <span className={table.number}>Low</span>
        <span className={table.number}>High</span>
        <span className={table.wide}>Reason</span>
      </div>
      {found.length === 0 ? (
        <Empty headline="None of the objects matches" />
      ) : (
        <VirtualRows
          label="Objects"
          count={found.length}
          rowHeight={24}
          active={found.findIndex(({ object_id }) => object_id === selected?.object_id)}
          keyOf={(index) => found[index]?.object_id ?? ''}
          onActivate={pick}
          row={(index) => {
            const object = found[index];
            return object === undefined ? null : <Row object={object} zone={zone} decimals={decimals} />;
          }}
        />
      )}
    </div>
  );
}

interface RowProps {
  readonly object: ObjectState;
  readonly zone: string;
  readonly decimals: number;
}

function Row({ object, zone, decimals }: RowProps) {
  return (
    <>
      <span className={table.narrow}>{object.object_type}</span>
      <span className={table.wide} title={object.object_id}>
        {object.object_id}
      </span>
      <span className={table.narrow}>{object.timeframe}</span>
      <span className={table.time}>{formatInstant(object.t_start, zone)}</span>
      <span className={table.time}>{object.t_end === null ? 'open' : formatInstant(object.t_end, zone)}</span>
      <span className={table.number}>{formatPrice(object.y_min ?? object.y, decimals)}</span>
      <span className={table.number}>{formatPrice(object.y_max ?? object.y, decimals)}</span>
      <span className={table.wide} title={object.reason ?? ''}>
        {object.reason ?? ''}
      </span>
    </>
  );
}
