import { IconStack2 } from '@tabler/icons-react';
import { formatCount } from '../format/count.ts';
import type { LayerId } from '../state/settings-slice.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { DropDown } from './drop-down.tsx';
import styles from './toolbar.module.css';

const layerNames: readonly { readonly layer: LayerId; readonly name: string }[] = [
  { layer: 'zone', name: 'Zones' },
  { layer: 'level', name: 'Levels' },
  { layer: 'flag', name: 'Flags' },
  { layer: 'marker', name: 'Markers' },
  { layer: 'day-breaks', name: 'Breaks between days' },
];

/** Switches layers of the chart on and off, and says how much of each is on the screen. */
export function LayersMenu() {
  const layers = useWorkbench((state) => state.settings.layers);
  const counts = useWorkbench((state) => state.chart.counts);
  const toggle = useWorkbench((state) => state.settings.toggleLayer);
  const off = layerNames.filter(({ layer }) => !layers[layer]).length;

  const countOf = (layer: LayerId): string => {
    if (layer === 'day-breaks' || counts === null) return '';
    const { shown, total } = counts[layer];
    return !layers[layer] || shown === total
      ? formatCount(total)
      : `${formatCount(shown)} of ${formatCount(total)}`;
  };

  return (
    <DropDown
      title="What is laid over the candles"
      label={
        <>
          <IconStack2 size={15} aria-hidden /> Layers
          {off > 0 && <span className={styles.count}>{off} off</span>}
        </>
      }
    >
      {() => (
        <fieldset className={styles.menu}>
          <legend className={styles.menuTitle}>On the screen</legend>
          {layerNames.map(({ layer, name }) => (
            <label key={layer} className={styles.choice}>
              <input type="checkbox" checked={layers[layer]} onChange={() => toggle(layer)} />
              <span className={styles.choiceName}>{name}</span>
              <span className={styles.count}>{countOf(layer)}</span>
            </label>
          ))}
        </fieldset>
      )}
    </DropDown>
  );
}
