import type { ObjectState } from '#shared/domain/chart-object';
import { passesFilter } from '../../data/object-filter.ts';
import { hasChartTools } from '../../state/commands/command.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './inspector.module.css';

/** Says that layers or filters keep an object off the chart, and beside the chart puts it back there. */
export function HiddenOnChart({ object }: { readonly object: ObjectState }) {
  const { object_type: type } = object;
  const isOn = useWorkbench((state) => state.settings.layers[type]);
  const filter = useWorkbench((state) => state.settings.objectFilters[type]);
  const toggle = useWorkbench((state) => state.settings.toggleLayer);
  const clear = useWorkbench((state) => state.settings.clearFilter);
  const isHeld = !passesFilter(object, filter);
  const hasChart = useWorkbench(hasChartTools);
  // A window of its own knows what the chart shows that it is linked with, and changes nothing there.
  const isLinked = useWorkbench((state) => state.window.isLinked);
  if (!(hasChart || isLinked) || (isOn && !isHeld)) return null;
  return (
    <p className={styles.hidden} role="status">
      {isOn
        ? `The filter of ${type}s keeps it off the chart.`
        : `It is not on the chart: ${type}s are switched off.`}
      {hasChart && (
        <TextButton
          look="outlined"
          onClick={() => {
            if (!isOn) toggle(type);
            if (isHeld) clear(type);
          }}
        >
          {isOn ? `Show all ${type}s` : `Show ${type}s`}
        </TextButton>
      )}
    </p>
  );
}
