import { indicatorOf } from '#shared/math/indicator-parameters';
import type { Indicator } from '#shared/math/indicator-set';
import {
  IconAdjustmentsHorizontal,
  IconChartLine,
  IconEye,
  IconEyeOff,
  IconPlus,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import {
  indicatorName,
  indicatorPlaces,
  indicatorTitles,
  mostIndicators,
  type IndicatorSetting,
} from '../data/indicator-setting.ts';
import { IndicatorEditor } from '../panels/chart/indicator-editor.tsx';
import { otherIndicators, usualAverages } from '../state/commands/study-commands.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { cssLineColour } from '../ui/line-colour.ts';
import { TextButton } from '../ui/text-button.tsx';
import { DropDown } from './drop-down.tsx';
import rows from './added-rows.module.css';
import styles from './indicators-menu.module.css';
import toolbar from './toolbar.module.css';

/** Puts indicators on the chart, changes and removes them. */
export function IndicatorsMenu() {
  const count = useWorkbench((state) => state.settings.indicators.length);
  return (
    <DropDown
      menu="indicators"
      title="Indicators"
      label={
        <>
          <IconChartLine size={15} aria-hidden /> <span className={toolbar.word}>Indicators</span>
          {count > 0 && <span className={toolbar.count}>{count}</span>}
        </>
      }
    >
      {() => <Sheet />}
    </DropDown>
  );
}

function Sheet() {
  const indicators = useWorkbench((state) => state.settings.indicators);
  const hasVolume = useWorkbench((state) => state.settings.hasVolume);
  const change = useWorkbench((state) => state.settings.change);
  const [edited, setEdited] = useState<string | null>(null);
  return (
    <div className={styles.sheet}>
      <AddIndicators onAdded={setEdited} />
      <section aria-label="On the chart">
        <h2 className={toolbar.menuTitle}>On the chart</h2>
        <label className={toolbar.choice}>
          <input type="checkbox" checked={hasVolume} onChange={() => change({ hasVolume: !hasVolume })} />
          <span className={toolbar.choiceName}>Volume</span>
        </label>
        <ul>
          {indicators.map((setting) => (
            <Row
              key={setting.id}
              setting={setting}
              isEdited={setting.id === edited}
              onEdit={() => setEdited(setting.id === edited ? null : setting.id)}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}

interface RowProps {
  readonly setting: IndicatorSetting;
  readonly isEdited: boolean;
  readonly onEdit: () => void;
}

function Row({ setting, isEdited, onEdit }: RowProps) {
  const { id, indicator, colour, isHidden } = setting;
  const change = useWorkbench((state) => state.settings.changeIndicator);
  const remove = useWorkbench((state) => state.settings.removeIndicator);
  const name = indicatorName(indicator);
  const isRibbon = indicatorPlaces[indicator.kind] === 'ribbon';
  return (
    <li>
      <div className={rows.row}>
        <span
          className={rows.swatch}
          style={isRibbon ? undefined : { background: cssLineColour(colour) }}
          aria-hidden
        />
        <span className={isHidden ? styles.hidden : styles.name}>{name}</span>
        <IconButton
          label={isHidden ? `Show ${name}` : `Hide ${name}`}
          onClick={() => change(id, { isHidden: !isHidden })}
        >
          {isHidden ? <IconEyeOff size={15} /> : <IconEye size={15} />}
        </IconButton>
        {!isRibbon && (
          <IconButton label={`Change ${name}`} aria-expanded={isEdited} onClick={onEdit}>
            <IconAdjustmentsHorizontal size={15} />
          </IconButton>
        )}
        <IconButton label={`Remove ${name}`} onClick={() => remove(id)}>
          <IconX size={15} />
        </IconButton>
      </div>
      {isEdited && !isRibbon && <IndicatorEditor setting={setting} />}
    </li>
  );
}

function AddIndicators({ onAdded }: { readonly onAdded: (id: string) => void }) {
  const indicators = useWorkbench((state) => state.settings.indicators);
  const add = useWorkbench((state) => state.settings.addIndicator);
  const isFull = indicators.length >= mostIndicators;
  return (
    <section aria-label="Add">
      <h2 className={toolbar.menuTitle}>Add</h2>
      <div className={styles.averages}>
        {usualAverages.map((indicator) => (
          <TextButton
            key={indicatorName(indicator)}
            look="outlined"
            disabled={isFull}
            onClick={() => add(indicator)}
          >
            {indicatorName(indicator)}
          </TextButton>
        ))}
        <TextButton
          look="outlined"
          disabled={isFull}
          title="An exponential average over any number of bars"
          onClick={() => {
            const id = add(freshAverage(indicators));
            if (id !== null) onAdded(id);
          }}
        >
          EMA…
        </TextButton>
      </div>
      {otherIndicators.map((indicator) => (
        <button
          key={indicator.kind}
          type="button"
          className={rows.add}
          disabled={isFull}
          onClick={() => add(indicator)}
        >
          <IconPlus size={13} aria-hidden />
          <span className={toolbar.choiceName}>{indicatorTitles[indicator.kind]}</span>
          <span className={toolbar.count}>{indicatorName(indicator).replace(/^\D+/, '')}</span>
        </button>
      ))}
      {isFull && <p className={styles.full}>No more than {mostIndicators} at once: remove one first.</p>}
    </section>
  );
}

/** Twice the longest average there is, so that it can be told from the others before it is changed. */
function freshAverage(indicators: readonly IndicatorSetting[]): Indicator {
  const periods = indicators.flatMap(({ indicator }) => (indicator.kind === 'ema' ? [indicator.period] : []));
  return indicatorOf('ema', { period: Math.min(500, Math.max(50, ...periods) * 2) });
}
