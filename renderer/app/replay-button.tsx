import { IconHistory } from '@tabler/icons-react';
import { CommandButton } from '../panels/command-button.tsx';
import { replayToggle } from '../state/commands/replay-commands.ts';
import styles from './toolbar.module.css';

/** Shows the chart as it was known at an instant, and back. */
export function ReplayButton() {
  return (
    <CommandButton command={replayToggle}>
      <IconHistory size={15} aria-hidden /> <span className={styles.lastWord}>As of</span>
    </CommandButton>
  );
}
