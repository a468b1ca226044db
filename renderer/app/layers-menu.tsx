import { counted } from '#shared/counted';
import { objectTypes } from '#shared/domain/chart-object';
import { IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { filteredTypes } from '../data/object-filter.ts';
import { sumOf } from '../data/object-counts.ts';
import { formatCount } from '../format/count.ts';
import type { Command } from '../state/commands/command.ts';
import { clearFilters, objectLayers, usualStyles } from '../state/commands/layer-commands.ts';
import { useWorkbench, useWorkbenchStore } from '../state/use-workbench.ts';
import { TextButton } from '../ui/text-button.tsx';
import { DropDown } from './drop-down.tsx';
import { LayerSection, type Unfolded } from './layers/layer-section.tsx';
import styles from './layers/layers.module.css';
import toolbar from './toolbar.module.css';

/** Switches layers of the chart on and off, filters and styles them, and says how much of each is on the screen. */
export function LayersMenu() {
  const layers = useWorkbench((state) => state.settings.layers);
  const filters = useWorkbench((state) => state.settings.objectFilters);
  const off = objectTypes.filter((type) => !layers[type]).length;
  const filtered = filteredTypes(filters).length;
  const told = [off > 0 ? `${off} off` : '', filtered > 0 ? `${filtered} filtered` : ''];
  return (
    <DropDown
      menu="layers"
      title="What is laid over the candles"
      label={
        <>
          <IconStack2 size={15} aria-hidden /> <span className={toolbar.lastWord}>Layers</span>
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
  const [unfolded, setUnfolded] = useState<Unfolded>(null);
  return (
    <div className={styles.sheet}>
      <h2 className={toolbar.menuTitle}>On the screen</h2>
      {objectLayers.map(({ layer, command }) => (
        <LayerSection key={layer} type={layer} command={command} unfolded={unfolded} onUnfold={setUnfolded} />
      ))}
      <Summary />
    </div>
  );
}

/** What of the objects on the screen is drawn, and why the rest is not. */
function Summary() {
  const counts = useWorkbench((state) => state.chart.counts);
  const layers = useWorkbench((state) => state.settings.layers);
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
        Showing {formatCount(on.shown)} of {counted(all.total, 'object')}
        {reasons.length > 0 &&
          `: ${reasons.map(({ count, why }) => `${formatCount(count)} ${why}`).join(', ')}`}
      </p>
      <div className={styles.actions}>
        <CommandButton command={clearFilters} />
        <CommandButton command={usualStyles} />
      </div>
    </footer>
  );
}

function CommandButton({ command }: { readonly command: Command }) {
  const store = useWorkbenchStore();
  const isEnabled = useWorkbench((state) => command.isEnabled?.(state) ?? true);
  return (
    <TextButton
      look="outlined"
      title={command.hint}
      disabled={!isEnabled}
      onClick={() => void command.run(store, '')}
    >
      {command.title}
    </TextButton>
  );
}
