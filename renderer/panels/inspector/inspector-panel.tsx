import { useMemo } from 'react';
import { stateAsOf } from '../../data/known-objects.ts';
import { formatInstant } from '../../format/time.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { definePanel } from '../define-panel.ts';
import { ObjectDetails } from './object-details.tsx';

export const inspectorPanel = definePanel({
  id: 'inspector',
  title: 'Inspector',
  home: 'right',
  Component: InspectorPanel,
});

function InspectorPanel() {
  const selected = useWorkbench((state) => state.selection.selected);
  const hovered = useWorkbench((state) => state.selection.hovered);
  const history = useWorkbench((state) => state.selection.history);
  const asOf = useWorkbench((state) => state.chart.window?.asOf ?? null);
  const zone = useWorkbench((state) => state.settings.zone);
  const known = useMemo(
    () =>
      selected === null
        ? null
        : stateAsOf(selected, history.phase === 'ready' ? history.value.events : null, asOf),
    [selected, history, asOf],
  );
  const object = selected === null ? hovered : known;
  if (selected !== null && known === null) {
    return (
      <Empty headline="Not known yet">
        {selected.object_type} {selected.object_id} was first written after {formatInstant(asOf, zone)}.
      </Empty>
    );
  }
  if (object === null) {
    return (
      <Empty headline="Nothing is selected">
        Point at a zone, level, flag or marker to see its fields; click it to keep it here with its history.
      </Empty>
    );
  }
  return <ObjectDetails key={object.object_id} object={object} isSelected={selected !== null} />;
}
