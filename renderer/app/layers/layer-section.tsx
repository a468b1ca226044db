import type { ObjectType } from '#shared/domain/chart-object';
import { IconFilter, IconFilterFilled } from '@tabler/icons-react';
import type { ObjectCount } from '../../data/object-counts.ts';
import { isFiltering } from '../../data/object-filter.ts';
import { styleKinds, type StyleId } from '../../data/object-style.ts';
import { formatCount } from '../../format/count.ts';
import type { Command } from '../../state/commands/command.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { CommandChoice } from '../command-choice.tsx';
import { LayerFilter } from './layer-filter.tsx';
import styles from './layers.module.css';
import { StyleEditor } from './style-editor.tsx';
import { StyleSwatch } from './style-swatch.tsx';

/** What of the sheet is unfolded: the filter of a layer, or the editor of a style. */
export type Unfolded = { readonly filter: ObjectType } | { readonly style: StyleId } | null;

export interface LayerSectionProps {
  readonly type: ObjectType;
  /** Switches the layer on and off. */
  readonly command: Command;
  readonly unfolded: Unfolded;
  readonly onUnfold: (unfolded: Unfolded) => void;
}

/** One layer: whether it is on, how much of it there is, what is left out of it, and the legend of its styles. */
export function LayerSection({ type, command, unfolded, onUnfold }: LayerSectionProps) {
  const isOn = useWorkbench((state) => state.settings.layers[type]);
  const count = useWorkbench((state) => state.chart.counts?.[type] ?? null);
  const hasFilter = useWorkbench((state) => isFiltering(state.settings.objectFilters[type]));
  const all = useWorkbench((state) => state.settings.objectStyles);
  const name = command.title;
  const isFilterOpen = unfolded !== null && 'filter' in unfolded && unfolded.filter === type;
  const edited = unfolded !== null && 'style' in unfolded ? unfolded.style : null;
  const kind = styleKinds[type].find(({ id }) => id === edited);
  return (
    <section className={styles.layer} aria-label={name}>
      <div className={styles.head}>
        <CommandChoice command={command} {...(count === null ? {} : { count: countText(count, isOn) })} />
        <IconButton
          label={hasFilter ? `Filter ${name.toLowerCase()} (on)` : `Filter ${name.toLowerCase()}`}
          className={hasFilter ? styles.filtering : undefined}
          aria-expanded={isFilterOpen}
          onClick={() => onUnfold(isFilterOpen ? null : { filter: type })}
        >
          {hasFilter ? <IconFilterFilled size={15} /> : <IconFilter size={15} />}
        </IconButton>
      </div>
      {isFilterOpen && <LayerFilter type={type} name={name} />}
      <div className={styles.legend} role="group" aria-label={`Styles of ${name.toLowerCase()}`}>
        {styleKinds[type].map(({ id, name: kindName }) => (
          <button
            key={id}
            type="button"
            className={styles.kind}
            title={`Change how ${kindName.toLowerCase()} ${name.toLowerCase()} look`}
            aria-expanded={id === edited}
            onClick={() => onUnfold(id === edited ? null : { style: id })}
          >
            <StyleSwatch id={id} all={all} />
            {kindName}
          </button>
        ))}
      </div>
      {kind !== undefined && <StyleEditor key={kind.id} id={kind.id} name={`${name}: ${kind.name}`} />}
    </section>
  );
}

function countText({ shown, total }: ObjectCount, isOn: boolean): string {
  return !isOn || shown === total ? formatCount(total) : `${formatCount(shown)} of ${formatCount(total)}`;
}
