import { IconMoon, IconPalette, IconSun } from '@tabler/icons-react';
import { CommandButton } from '../panels/command-button.tsx';
import { otherTheme, presetCommands } from '../state/commands/colour-commands.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { CommandChoice } from './command-choice.tsx';
import { DropDown } from './drop-down.tsx';
import styles from './toolbar.module.css';

/** Dark or light, and how candles are coloured. */
export function AppearanceMenu() {
  const theme = useWorkbench((state) => state.settings.theme);
  return (
    <>
      <DropDown
        menu="candles"
        title="Colours of the candles"
        label={<IconPalette size={16} aria-label="Candle colours" />}
      >
        {() => (
          <fieldset className={styles.menu}>
            <legend className={styles.menuTitle}>Candles</legend>
            {presetCommands.map((command) => (
              <CommandChoice key={command.id} command={command} group="candles" />
            ))}
          </fieldset>
        )}
      </DropDown>
      <CommandButton
        command={otherTheme}
        aria-label={`Change to the ${theme === 'dark' ? 'light' : 'dark'} theme`}
      >
        {theme === 'dark' ? <IconSun size={16} /> : <IconMoon size={16} />}
      </CommandButton>
    </>
  );
}
