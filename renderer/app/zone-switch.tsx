import { CommandButton } from '../panels/command-button.tsx';
import { zoneCommand } from '../state/commands/time-commands.ts';
import { TimeMenu } from './time-menu.tsx';
import styles from './toolbar.module.css';

const atHand = [
  { command: zoneCommand('America/New_York'), name: 'NY' },
  { command: zoneCommand('UTC'), name: 'UTC' },
] as const;

/** In which zone times are read, on the axis and everywhere else: two at hand, all others in the menu. */
export function ZoneSwitch() {
  return (
    <div role="group" aria-label="Time zone" className={styles.group}>
      {atHand.map(({ command, name }) => (
        <CommandButton key={name} command={command}>
          {name}
        </CommandButton>
      ))}
      <TimeMenu />
    </div>
  );
}
