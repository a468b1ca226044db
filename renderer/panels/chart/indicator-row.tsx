import { IconAdjustmentsHorizontal, IconEye, IconEyeOff, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComputedIndicator } from '../../data/computed-indicators.ts';
import { indicatorName, indicatorPlaces, type IndicatorSetting } from '../../data/indicator-setting.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { IndicatorEditor } from './indicator-editor.tsx';
import styles from './indicator-row.module.css';
import { indicatorReading } from './indicator-reading.ts';
import { ReadValues, StudyRow } from './study-row.tsx';

export interface IndicatorRowProps {
  readonly setting: IndicatorSetting;
  readonly computed: readonly ComputedIndicator[];
  readonly bar: number;
  readonly decimals: number;
}

/** An indicator in a legend: its values at a bar, and buttons to hide, change and remove it. */
export function IndicatorRow({ setting, computed, bar, decimals }: IndicatorRowProps) {
  const { id, indicator, colour, isHidden } = setting;
  const change = useWorkbench((state) => state.settings.changeIndicator);
  const remove = useWorkbench((state) => state.settings.removeIndicator);
  const name = indicatorName(indicator);
  const series = computed.find((each) => each.setting.id === id)?.series;
  return (
    <StudyRow
      name={name}
      colour={indicatorPlaces[indicator.kind] === 'ribbon' ? null : colour}
      isHidden={isHidden}
      values={
        isHidden ? (
          <span className={styles.hidden}>hidden</span>
        ) : (
          series !== undefined && <ReadValues values={indicatorReading(setting, series, bar, decimals)} />
        )
      }
      buttons={
        <>
          <IconButton
            label={isHidden ? `Show ${name}` : `Hide ${name}`}
            onClick={() => change(id, { isHidden: !isHidden })}
          >
            {isHidden ? <IconEyeOff size={14} /> : <IconEye size={14} />}
          </IconButton>
          <EditButton setting={setting} />
          <IconButton label={`Remove ${name}`} onClick={() => remove(id)}>
            <IconX size={14} />
          </IconButton>
        </>
      }
    />
  );
}

function EditButton({ setting }: { readonly setting: IndicatorSetting }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Sheet
      isOpen={isOpen}
      onChange={setOpen}
      target={
        <IconButton
          label={`Change ${indicatorName(setting.indicator)}`}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconAdjustmentsHorizontal size={14} />
        </IconButton>
      }
    >
      <IndicatorEditor setting={setting} />
    </Sheet>
  );
}
