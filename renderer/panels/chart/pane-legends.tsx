import { IconX } from '@tabler/icons-react';
import type { PanePlace } from '../../chart/studies/study-setting.ts';
import { formatShortCount } from '../../format/count.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { IndicatorRow } from './indicator-row.tsx';
import { StudyRow } from './study-row.tsx';
import styles from './pane-legends.module.css';
import { useShownStudies } from './use-shown-studies.ts';

/** The small legend at the top of each pane below the candles. */
export function PaneLegends({ places }: { readonly places: readonly PanePlace[] }) {
  const shown = useShownStudies();
  const indicators = useWorkbench((state) => state.settings.indicators);
  const change = useWorkbench((state) => state.settings.change);
  if (shown === null) return null;
  return places.map(({ id, top }) => {
    const setting = indicators.find((each) => each.id === id);
    const volume = shown.window.bars.volume[shown.bar];
    if (setting === undefined && id !== 'volume') return null;
    return (
      <div key={id} className={styles.legend} style={{ top: top + 3 }}>
        {setting === undefined ? (
          <StudyRow
            name="Volume"
            colour={null}
            values={<span className="figure">{volume === undefined ? '' : formatShortCount(volume)}</span>}
            buttons={
              <IconButton label="Close the volume pane" onClick={() => change({ hasVolume: false })}>
                <IconX size={14} />
              </IconButton>
            }
          />
        ) : (
          <IndicatorRow setting={setting} {...shown} />
        )}
      </div>
    );
  });
}
