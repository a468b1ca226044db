import { IconMoon, IconPalette, IconSun } from '@tabler/icons-react';
import { candlePresets, type CandlePreset } from '../state/settings-slice.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { TextButton } from '../ui/text-button.tsx';
import { DropDown } from './drop-down.tsx';
import styles from './toolbar.module.css';

const presetNames: Readonly<Record<CandlePreset, string>> = {
  default: 'Usual colours',
  'colour-blind': 'Colour-blind safe: blue and orange',
  'red-up': 'Red up, green down',
  hollow: 'Hollow when up',
};

/** Dark or light, and how candles are coloured. */
export function AppearanceMenu() {
  const theme = useWorkbench((state) => state.settings.theme);
  const candles = useWorkbench((state) => state.settings.candles);
  const change = useWorkbench((state) => state.settings.change);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <>
      <DropDown title="Colours of the candles" label={<IconPalette size={16} aria-label="Candle colours" />}>
        {(close) => (
          <fieldset className={styles.menu}>
            <legend className={styles.menuTitle}>Candles</legend>
            {candlePresets.map((preset) => (
              <label key={preset} className={styles.choice}>
                <input
                  type="radio"
                  name="candles"
                  checked={preset === candles}
                  onChange={() => {
                    change({ candles: preset });
                    close();
                  }}
                />
                <span className={styles.choiceName}>{presetNames[preset]}</span>
              </label>
            ))}
          </fieldset>
        )}
      </DropDown>
      <TextButton
        title={`Change to the ${other} theme`}
        aria-label={`Change to the ${other} theme`}
        onClick={() => change({ theme: other })}
      >
        {theme === 'dark' ? <IconSun size={16} /> : <IconMoon size={16} />}
      </TextButton>
    </>
  );
}
