import { objectTypes, type ObjectType } from '#shared/domain/chart-object';
import { IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { filteredTypes } from '../data/object-filter.ts';
import { sumOf } from '../data/object-counts.ts';
import { formatCount } from '../format/count.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { TextButton } from '../ui/text-button.tsx';
import { DropDown } from './drop-down.tsx';
import { LayerSection, type Unfolded } from './layers/layer-section.tsx';
import styles from './layers/layers.module.css';
import toolbar from './toolbar.module.css';

const layerNames: readonly { readonly type: ObjectType; readonly name: string }[] = [
  { type: 'zone', name: 'Zones' },
  { type: 'level', name: 'Levels' },
  { type: 'flag', name: 'Flags' },
  { type: 'marker', name: 'Markers' },
];

/** Switches layers of the chart on and off, filters and styles them, and says how much of each is on the screen. */
export function LayersMenu() {
  const layers = useWorkbench((state) => state.settings.layers);
  const filters = useWorkbench((state) => state.settings.objectFilters);
  const off = Object.values(layers).filter((isOn) => !isOn).length;
  const filtered = filteredTypes(filters).length;
  const told = [off > 0 ? `${off} off` : '', filtered > 0 ? `${filtered} filtered` : ''];
  return (
    <DropDown
      menu="layers"
      title="What is laid over the candles"
      label={
        <>
          <IconStack2 size={15} aria-hidden /> Layers
          {off + filtered > 0 && (
            <span className={toolbar.count}>{told.filter((text) => text !== '').join(', ')}</span>
          )}
        </>
      }
    >
      {() => <Sheet />}
    </DropDown>
  );
}

function Sheet() {
  const hasBreaks = useWorkbench((state) => state.settings.layers['day-breaks']);
  const toggle = useWorkbench((state) => state.settings.toggleLayer);
  const [unfolded, setUnfolded] = useState<Unfolded>(null);
  return (
    <div className={styles.sheet}>
      <h2 className={toolbar.menuTitle}>On the screen</h2>
      {layerNames.map((layer) => (
        <LayerSection key={layer.type} {...layer} unfolded={unfolded} onUnfold={setUnfolded} />
      ))}
      <label className={toolbar.choice}>
        <input type="checkbox" checked={hasBreaks} onChange={() => toggle('day-breaks')} />
        <span className={toolbar.choiceName}>Breaks between days</span>
      </label>
      <Summary />
    </div>
  );
}

/** What of the objects on the screen is drawn, and why the rest is not. */
function Summary() {
  const counts = useWorkbench((state) => state.chart.counts);
  const layers = useWorkbench((state) => state.settings.layers);
  const hasFilters = useWorkbench((state) => filteredTypes(state.settings.objectFilters).length > 0);
  const hasStyles = useWorkbench((state) => Object.keys(state.settings.objectStyles).length > 0);
  const clear = useWorkbench((state) => state.settings.clearFilter);
  const reset = useWorkbench((state) => state.settings.resetStyle);
  const all = sumOf(counts === null ? [] : objectTypes.map((type) => counts[type]));
  const on = sumOf(
    counts === null ? [] : objectTypes.filter((type) => layers[type]).map((type) => counts[type]),
  );
  const reasons = [
    { count: on.filtered, why: 'filtered out' },
    {
      count: on.total - on.shown - on.filtered - on.unpriced,
      why: 'over the limit of what is drawn at once',
    },
    { count: on.unpriced, why: 'without a price' },
    { count: all.total - on.total, why: 'in layers that are off' },
  ].filter(({ count }) => count > 0);
  return (
    <footer className={styles.summary}>
      <p role="status">
        Showing {formatCount(on.shown)} of {formatCount(all.total)} objects
        {reasons.length > 0 &&
          `: ${reasons.map(({ count, why }) => `${formatCount(count)} ${why}`).join(', ')}`}
      </p>
      <div className={styles.actions}>
        <TextButton look="outlined" disabled={!hasFilters} onClick={() => clear()}>
          Clear filters
        </TextButton>
        <TextButton look="outlined" disabled={!hasStyles} onClick={() => reset()}>
          Usual styles
        </TextButton>
      </div>
    </footer>
  );
}
